import Foundation
import Testing

/// The built command, run in an empty folder with an empty home, an empty cache and no variable but those given.
struct BuiltCommand {
    /// What a run came to.
    struct Result {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    /// The folder in which the command runs.
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "digits-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    /// Takes the folder away.
    func remove() { try? FileManager.default.removeItem(at: directory) }

    /// Runs the command and waits for its end.
    /// - Parameters:
    ///   - outputPath: Where results go instead of into `Result.output`.
    ///   - sign: The text on standard error at which `interference` happens.
    ///   - interference: Something that happens while the command runs.
    func run(
        _ arguments: [String], environment: [String: String] = [:], outputPath: String? = nil,
        interferingAt sign: String? = nil, interference: (Process) -> Void = { _ in }
    ) throws -> Result {
        let output = directory.appending(path: ".output")
        let errors = directory.appending(path: ".errors")
        // Files, not pipes: a full pipe would stop the command while nobody reads.
        for file in [output, errors] { try Data().write(to: file) }

        let process = Process()
        process.executableURL = try Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment =
            ["HOME": directory.path, "XDG_CACHE_HOME": directory.appending(path: "cache").path]
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(
            forWritingTo: outputPath.map { URL(fileURLWithPath: $0) } ?? output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        if let sign {
            while process.isRunning, try !String(contentsOf: errors, encoding: .utf8).contains(sign) {
                Thread.sleep(forTimeInterval: 0.01)
            }
            interference(process)
        }
        process.waitUntilExit()
        #expect(process.terminationReason == .exit, "digits \(arguments) was ended by a signal")

        func text(_ file: URL) throws -> String {
            defer { try? FileManager.default.removeItem(at: file) }
            return try String(contentsOf: file, encoding: .utf8)
        }
        return Result(exitCode: process.terminationStatus, output: try text(output), errors: try text(errors))
    }

    /// The paths of everything in the folder, sorted.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory.path).sorted()
    }

    /// The command lies where the tests were built, in `.build/debug` and in `.build/release` alike.
    static var executable: URL {
        get throws {
            let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            var folder = tests.deletingLastPathComponent()
            while folder.path != "/" {
                let candidate = folder.appending(path: "digits")
                var isDirectory: ObjCBool = false
                if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isDirectory),
                    !isDirectory.boolValue
                {
                    return candidate
                }
                folder = folder.deletingLastPathComponent()
            }
            throw MissingCommand(tests: tests.path)
        }
    }

    /// The command was not built with the tests.
    private struct MissingCommand: Error, CustomStringConvertible {
        let tests: String
        var description: String { "No executable 'digits' beside or above \(tests)." }
    }
}
