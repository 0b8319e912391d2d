import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A process that tries cases.
final class Worker {
    private let process = Process()
    private let output = Pipe()
    private let messages: URL
    private let limits: Limits
    private var pending = Data()

    /// What is heard next.
    enum News {
        case line(WorkerLine)
        /// Nothing was heard in time.
        case silence
        case end
    }

    /// Starts it.
    /// - Parameter messages: A file for what the system says of its end.
    init(_ arguments: [String], limits: Limits, messages: URL) throws {
        self.messages = messages
        self.limits = limits
        _ = FileManager.default.createFile(atPath: messages.path, contents: nil)
        process.executableURL = Bundle.main.executableURL
        process.arguments = arguments + limits.arguments
        // A backtrace takes longer than a case, and a debugger shows more.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) {
            $1
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
    }

    /// Waits for its next line, as long as is given.
    func next(within seconds: Double) -> News {
        let deadline = ContinuousClock.now + .seconds(seconds)
        let file = output.fileHandleForReading
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                if let line = WorkerLine(line) { return .line(line) }
                continue
            }
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { return .silence }
            var descriptor = pollfd(fd: file.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, Int32(min(left.rounded(.up), 1e9))) > 0 else { continue }
            let more = file.availableData
            if more.isEmpty { return .end }
            pending += more
        }
    }

    /// Ends it at once.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// How it ended by itself, as a sentence; nil where it ended well.
    func wayItEnded() -> String? {
        process.waitUntilExit()
        let said = firstError(in: messages)
        switch (process.terminationReason, process.terminationStatus) {
        case (.exit, 0): return nil
        case (.exit, let code): return "The process ended with the exit code \(code).\(said)"
        case (_, let signal): return limits.sentence(signal: signal) + said
        }
    }
}

/// What a process said of its end, as a sentence behind others; empty where it said nothing.
func firstError(in messages: URL) -> String {
    let text = (try? String(contentsOf: messages, encoding: .utf8)) ?? ""
    let lines = text.split(whereSeparator: \.isNewline)
    return (lines.first { $0.contains("rror") } ?? lines.first).map { " It said: \($0)" } ?? ""
}
