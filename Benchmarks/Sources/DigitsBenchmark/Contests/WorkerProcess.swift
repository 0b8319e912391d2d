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
    private let output = Pipe()
    private var pending = Data()

    /// Starts a program and waits until it has warmed up.
    init(_ command: [String]) throws {
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        description = try JSONDecoder().decode(
            Description.self,
            from: Self.line(of: output.fileHandleForReading, pending: &pending, of: command))
    }

    /// Does the work once.
    /// - Returns: What was measured, by name.
    func run() throws -> [String: Double] {
        try input.fileHandleForWriting.write(contentsOf: Data("run\n".utf8))
        let line = try Self.line(
            of: output.fileHandleForReading, pending: &pending,
            of: [description.name])
        return try JSONDecoder().decode([String: Double].self, from: line)
    }

    /// Lets it end, and waits for that.
    func end() throws {
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static func line(of file: FileHandle, pending: inout Data, of command: [String]) throws -> Data {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending = Data(pending[(end + 1)...]) }
                return Data(pending[..<end])
            }
            let more = file.availableData
            guard !more.isEmpty else {
                throw BenchmarkFailure(
                    "A worker ended instead of answering. Run it by hand to see why:\n"
                        + command.map { $0.contains("{") ? "'\($0)'" : $0 }.joined(separator: " "))
            }
            pending += more
        }
    }
}
