import Foundation

/// A server that is tried, on a port of this machine.
protocol TriedServer {
    var port: Int { get }
    /// The process, by which the system knows it; nil where it is not known.
    var number: Int32? { get }
    /// Whether it has ended by itself.
    var hasEnded: Bool { get }
    /// How it ended, as a sentence.
    var wayItEnded: String { get }

    /// Nothing more is sent to it.
    func stop()
}

/// One that somebody else has started and goes on.
struct RunningServer: TriedServer {
    let port: Int
    let number: Int32? = nil
    let hasEnded = false
    let wayItEnded = "The server has ended."

    func stop() {}
}

/// One that is started for it.
final class ServerProcess: TriedServer {
    let port: Int
    private let process = Process()
    private let output = Pipe()
    /// For what it keeps and says.
    private let folder: URL

    /// Limits of digits-server that are reached with little, so that cases can go beyond them.
    private static let limits = """
        --body-limit 64KiB --header-limit 8KiB --header-fields 50 --json-depth 8 --request-images 16 --picture-pixels 100000 \
        --collect-count 50 --idle-timeout 5 --receive-deadline 5 --send-deadline 5
        """

    /// Where one process keeps what it keeps.
    static var newFolder: URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("digits-fuzz-\(UUID().uuidString)")
    }

    /// Starts digits-server.
    convenience init(digitsServer program: URL) throws {
        let folder = Self.newFolder
        let arguments = "--port 0 --log-level error \(Self.limits)".split(separator: " ").map { String($0) }
        try self.init(program, arguments + ["--collect", folder.path], folder: folder)
    }

    /// Starts a program, and waits until it says where it answers.
    /// - Parameter folder: A new one, that is removed with the process.
    init(_ program: URL, _ arguments: [String], folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let messages = folder.appendingPathComponent("messages")
        _ = FileManager.default.createFile(atPath: messages.path, contents: nil)
        process.executableURL = program
        process.arguments = arguments
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

    // It is known a moment after its connections are closed.
    var hasEnded: Bool {
        for _ in 0..<20 where process.isRunning { Thread.sleep(forTimeInterval: 0.1) }
        return !process.isRunning
    }

    var wayItEnded: String {
        process.waitUntilExit()
        let way = process.terminationReason == .exit ? "with the exit code" : "by the signal"
        return
            "The server ended \(way) \(process.terminationStatus).\(firstError(in: folder.appendingPathComponent("messages")))"
    }

    var number: Int32? { process.processIdentifier }

    /// Ends it at once, and removes what it kept.
    func stop() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
