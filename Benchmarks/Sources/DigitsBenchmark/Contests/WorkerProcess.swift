import Foundation

/// A program that stays and does its work once for each line "run".
final class WorkerProcess {
    /// What it says of itself when it is ready.
    struct Description: Codable, Sendable {
        /// Name and version.
        let name: String
        /// How it runs.
        let settings: String
    }

    let description: Description
    private let process = Process()
    private let input = Pipe()
    private let answers: LineReader

    /// Starts a program and waits until it has warmed up.
    init(_ command: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        answers = LineReader(file: output.fileHandleForReading)
        guard let line = answers.next() else {
            throw BenchmarkFailure(
                "It ended instead of warming up. To see why:\n"
                    + command.map { $0.contains("{") ? "'\($0)'" : $0 }.joined(separator: " "))
        }
        description = try JSONDecoder().decode(Description.self, from: line)
    }

    /// Does the work once.
    /// - Parameter line: What the program is told.
    /// - Returns: What was measured, by name; `others` is how many cores somebody else used meanwhile.
    func run(_ line: String = "run") throws -> [String: Double] {
        let start = ContinuousClock.now
        let (all, own) = (ProcessorTime.now(), ProcessorTime.busy(process: process.processIdentifier))
        try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
        guard let answer = answers.next() else {
            throw BenchmarkFailure("\(description.name) ended instead of answering.")
        }
        var values = try JSONDecoder().decode([String: Double].self, from: answer)
        if let all, let allNow = ProcessorTime.now() {
            let ownNow = ProcessorTime.busy(process: process.processIdentifier)
            let seconds = (ContinuousClock.now - start).seconds
            values["others"] = max(0, (allNow.busy - all.busy - (ownNow - own)) / seconds)
        }
        return values
    }

    /// Lets it end, and waits for that.
    func end() throws {
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

/// Lines of a file that is still being written.
private final class LineReader {
    private let file: FileHandle
    private var pending = Data()

    init(file: FileHandle) {
        self.file = file
    }

    /// The next line without its end; nil where the file ends first.
    func next() -> Data? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending = Data(pending[(end + 1)...]) }
                return Data(pending[..<end])
            }
            let more = file.availableData
            if more.isEmpty { return nil }
            pending += more
        }
    }
}
