package import Foundation

/// A program that is run to its end and whose output is kept.
package struct Program {
    /// What a run came to.
    package struct Result {
        package let exitCode: Int32
        /// Whether it ended by itself and no signal ended it.
        package let hasExited: Bool
        package let output: String
        package let errors: String
    }

    private let executable: URL
    private let folder: URL
    private let environment: [String: String]?

    /// - Parameters:
    ///   - folder: Where it runs.
    ///   - environment: Its variables; nil for those of the tests.
    package init(_ executable: URL, in folder: URL, environment: [String: String]? = nil) {
        self.executable = executable
        self.folder = folder
        self.environment = environment
    }

    /// Runs the program.
    /// - Parameters:
    ///   - inputPath: The file that it finds on standard input; nil for nothing.
    ///   - outputPath: Where standard output goes instead of into `Result.output`.
    ///   - sign: The text on standard error at which `interference` happens.
    ///   - interference: Something that happens while the program runs.
    package func run(
        _ arguments: [String], inputPath: String? = nil, outputPath: String? = nil,
        interferingAt sign: String? = nil,
        interference: (Process) -> Void = { _ in }
    ) throws -> Result {
        // Files, not pipes: a full pipe would stop the program while nobody reads.
        let files = try TemporaryFolder()
        let output = try files.write("", as: "output")
        let errors = try files.write("", as: "errors")

        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        if let environment { process.environment = environment }
        process.standardInput =
            try inputPath.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) }
            ?? FileHandle.nullDevice
        process.standardOutput = try FileHandle(
            forWritingTo: outputPath.map { URL(fileURLWithPath: $0) } ?? output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        if let sign {
            while process.isRunning, try !files.text("errors").contains(sign) {
                Thread.sleep(forTimeInterval: 0.01)
            }
            interference(process)
        }
        process.waitUntilExit()
        return Result(
            exitCode: process.terminationStatus, hasExited: process.terminationReason == .exit,
            output: try files.text("output"), errors: try files.text("errors"))
    }
}
