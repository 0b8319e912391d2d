import Foundation

/// A program that serves, on a port of this machine.
final class ServerProcess {
    let port: Int
    private let process = Process()
    private let output = Pipe()
    /// For what it keeps and says.
    private let folder: URL

    /// Limits that are reached with little, so that cases can go beyond them.
    static let arguments = [
        "--port", "0", "--body-limit", "64KiB", "--header-limit", "8KiB", "--header-fields", "50",
        "--json-depth", "8",
        "--request-images", "16", "--picture-pixels", "100000", "--collect-count", "50", "--log-level",
        "error",
    ]

    /// Starts it, and waits until it says where it answers.
    init(_ program: URL, _ arguments: [String], keepsCorrections: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "digits-fuzz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let messages = folder.appendingPathComponent("messages")
        _ = FileManager.default.createFile(atPath: messages.path, contents: nil)
        process.executableURL = program
        process.arguments = arguments + (keepsCorrections ? ["--collect", folder.path + "/corrections"] : [])
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) {
            $1
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: messages)
        do {
            try process.run()
        } catch {
            throw HuntFailure(
                "\(program.path) cannot be started. Give the path of digits-server: \(error.localizedDescription)"
            )
        }
        var said = Data()
        while !said.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            said += more
        }
        let line = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else {
            process.terminate()
            process.waitUntilExit()
            throw HuntFailure("\(program.path) did not say where it answers.\(firstError(in: messages))")
        }
        self.port = port
    }

    /// Whether it has ended by itself; it is known a moment after its connections are closed.
    var hasEnded: Bool {
        for _ in 0..<20 where process.isRunning { Thread.sleep(forTimeInterval: 0.1) }
        return !process.isRunning
    }

    /// How it ended by itself, as a sentence.
    var wayItEnded: String {
        process.waitUntilExit()
        let way = process.terminationReason == .exit ? "with the exit code" : "by the signal"
        return
            "The server ended \(way) \(process.terminationStatus).\(firstError(in: folder.appendingPathComponent("messages")))"
    }

    /// By which the system knows it.
    var number: Int32 { process.processIdentifier }

    /// Ends it at once, and removes what it kept.
    func stop() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
