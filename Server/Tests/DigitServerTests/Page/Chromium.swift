import Foundation
import Testing

/// Chromium without a window, driven over a pipe by the DevTools protocol: with real input, and with ears for what it says.
actor Chromium {
    static let skipped: Comment = "Skipped: there is no Chromium."
    static let executable: URL? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = ["chromium", "chromium-browser", "google-chrome"].flatMap { name in
            folders.map { URL(fileURLWithPath: "\($0)/\(name)") }
        }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// What the browser did not do.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct Answer<Result: Decodable>: Decodable {
        let result: Result
    }

    /// What the console was told, by the page or by the browser.
    private(set) var console: [String] = []
    /// Addresses that were asked for, but for those of data that the page has already.
    private(set) var requests: [String] = []

    private let process = Process()
    private let commands = Pipe()
    private let profile: URL
    private var session: String?
    private var count = 0
    private var waiting: [Int: CheckedContinuation<Data, any Error>] = [:]

    /// Runs something with a browser that shows an empty page, and ends it.
    static func run(_ body: (Chromium) async throws -> Void) async throws {
        let browser = try Chromium()
        do {
            try await browser.open()
            try await body(browser)
        } catch {
            await browser.end()
            throw error
        }
        await browser.end()
    }

    private init() throws {
        profile = FileManager.default.temporaryDirectory.appending(path: "chromium-\(UUID().uuidString)")
        let messages = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // Chromium takes commands from descriptor 3 and writes to 4.
        process.arguments = [
            "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1",
            try #require(Self.executable).path,
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-pipe", "--user-data-dir=\(profile.path)", "about:blank",
        ]
        process.standardInput = commands
        process.standardOutput = messages
        try process.run()
        let (stream, continuation) = AsyncStream<Data>.makeStream()
        Thread.detachNewThread { Self.split(messages.fileHandleForReading, into: continuation) }
        Task { await listen(to: stream) }
    }

    private func listen(to messages: AsyncStream<Data>) async {
        for await message in messages { take(message) }
        close()
    }

    /// Messages end with a zero byte.
    private static func split(_ file: FileHandle, into continuation: AsyncStream<Data>.Continuation) {
        var rest = Data()
        while true {
            let data = file.availableData
            guard !data.isEmpty else { break }
            rest += data
            while let end = rest.firstIndex(of: 0) {
                continuation.yield(Data(rest[rest.startIndex..<end]))
                rest = Data(rest[(end + 1)...])
            }
        }
        continuation.finish()
    }

    private func open() async throws {
        struct Target: Decodable { let targetId: String }
        struct Session: Decodable { let sessionId: String }
        let target: Target = try await send("Target.createTarget", ["url": "about:blank"])
        let attached: Session = try await send(
            "Target.attachToTarget", ["targetId": target.targetId, "flatten": true])
        session = attached.sessionId
        for domain in ["Page", "Runtime", "Log", "Network", "Accessibility"] {
            try await send("\(domain).enable")
        }
    }

    private func end() {
        process.terminate()
        process.waitUntilExit()
        close()
        try? FileManager.default.removeItem(at: profile)
    }

    private func close() {
        for continuation in waiting.values {
            continuation.resume(throwing: Failure(description: "The browser ended."))
        }
        waiting = [:]
    }

    /// Sends a command and waits for what it comes to.
    func send<Result: Decodable>(
        _ method: String, _ parameters: sending [String: Any] = [:]
    ) async throws -> Result {
        try JSONDecoder().decode(Answer<Result>.self, from: await answer(method, parameters)).result
    }

    /// Sends a command and waits until it is done.
    func send(_ method: String, _ parameters: sending [String: Any] = [:]) async throws {
        _ = try await answer(method, parameters)
    }

    private func answer(_ method: String, _ parameters: [String: Any]) async throws -> Data {
        count += 1
        var message: [String: Any] = ["id": count, "method": method, "params": parameters]
        if let session { message["sessionId"] = session }
        let data = try JSONSerialization.data(withJSONObject: message)
        let id = count
        return try await withCheckedThrowingContinuation { continuation in
            waiting[id] = continuation
            do {
                try commands.fileHandleForWriting.write(contentsOf: data + [0])
            } catch {
                waiting.removeValue(forKey: id)?.resume(throwing: error)
            }
        }
    }

    private func take(_ data: Data) {
        guard let message = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else { return }
        if let id = message["id"] as? Int, let continuation = waiting.removeValue(forKey: id) {
            if let error = message["error"] {
                continuation.resume(throwing: Failure(description: "\(error)"))
            } else {
                continuation.resume(returning: data)
            }
        }
        switch message["method"] as? String {
        case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded":
            console.append(String(decoding: data, as: UTF8.self))
        case "Network.requestWillBeSent":
            let parameters = message["params"] as? [String: Any]
            let url = (parameters?["request"] as? [String: Any])?["url"] as? String ?? ""
            if !url.hasPrefix("data:") && !url.hasPrefix("blob:") { requests.append(url) }
        default: break
        }
    }
}
