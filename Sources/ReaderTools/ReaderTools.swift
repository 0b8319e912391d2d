import ArgumentParser
import Datasets
import DigitRecognition
import Foundation

/// What the shipped reader is made with and judged by: for whoever changes it, not for users.
@main struct ReaderTools: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reader-tools", abstract: "Makes and judges the networks of the reader of pictures.",
        subcommands: [TrainNumbers.self, ScoreNumbers.self, JudgeDigits.self, JudgeConfidence.self])
}

/// What every tool is told.
struct ToolOptions: ParsableArguments {
    @Argument(help: "The folder of MNIST's four files.") var data: String
    @Option(help: "Threads to compute with.") var threads = Model.processorCount

    func validate() throws {
        if threads < 1 { throw ValidationError("--threads is \(threads), but must be at least 1.") }
    }

    /// Images of MNIST.
    func load(_ split: DatasetSplit) async throws -> LabeledImages {
        try await DatasetStore(directory: URL(fileURLWithPath: data)).load(split, of: .mnist).images
    }
}
