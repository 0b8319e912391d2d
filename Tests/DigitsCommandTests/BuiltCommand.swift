import Foundation
import TestSupport
import Testing

/// The built command, run in an empty folder with an empty home, an empty cache and no variable but those given.
struct BuiltCommand {
    private let folder: TemporaryFolder

    /// The folder in which the command runs.
    var directory: URL { folder.url }

    init() throws { folder = try TemporaryFolder() }

    /// A command whose folder has files of the same contents.
    init(_ bytes: [UInt8], as names: [String]) throws {
        try self.init()
        for name in names { try write(bytes, as: name) }
    }

    /// Takes the folder away.
    func remove() { folder.remove() }

    /// Runs the command and waits for its end.
    /// - Parameters:
    ///   - inputPath: The file that it finds on standard input; nil for nothing.
    ///   - outputPath: Where results go instead of into `Program.Result.output`.
    ///   - sign: The text on standard error at which `interference` happens.
    ///   - interference: Something that happens while the command runs.
    func run(
        _ arguments: [String], environment: [String: String] = [:], inputPath: String? = nil,
        outputPath: String? = nil, interferingAt sign: String? = nil,
        interference: (Process) -> Void = { _ in }
    ) throws -> Program.Result {
        let environment =
            ["HOME": directory.path, "XDG_CACHE_HOME": directory.appending(path: "cache").path]
            .merging(environment) { $1 }
        let result = try Program(Self.executable, in: directory, environment: environment).run(
            arguments, inputPath: inputPath, outputPath: outputPath, interferingAt: sign,
            interference: interference)
        #expect(result.hasExited, "digits \(arguments) was ended by a signal")
        return result
    }

    /// Writes a file into the folder.
    func write(_ bytes: some Sequence<UInt8>, as name: String) throws { try folder.write(bytes, as: name) }

    /// Writes a file of text into the folder.
    func write(_ text: String, as name: String) throws { try folder.write(text, as: name) }

    /// The text of a file in the folder.
    func text(_ name: String) throws -> String { try folder.text(name) }

    /// The paths of everything in the folder, sorted.
    func files() throws -> [String] { try folder.paths }

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
