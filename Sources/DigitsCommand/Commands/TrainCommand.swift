import ArgumentParser
import DigitDatasets
import DigitRecognition

/// `digits train`: trains a recipe and keeps everything about the run in a folder of its own.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains a model; each run gets a folder of its own under runs.",
        discussion: """
            EXAMPLES:
              digits train                             the notebook's CNN on MNIST
              digits train --recipe lenet5 --epochs 3
              digits train --validation-split 0.1      keep the best epoch, too
              digits train --output ~/models/first --json

            Ctrl-C stops after the batch and keeps what there is; a second one forces.
            """)

    @Option(
        help: "Network and settings: \(Recipe.names.joined(separator: ", ")).",
        completion: .list(Recipe.names))
    var recipe = Recipe.notebook.name

    @OptionGroup var options: DatasetOptions<MNISTDataset>

    @Option(
        parsing: .unconditional,
        help: "Passes over the training images. (default: \(Recipe.texts { "\($0.epochs)" }))",
        transform: TypedValue.wholeNumber)
    var epochs: Int?

    @Option(
        parsing: .unconditional,
        help: "Images in a step. (default: \(Recipe.texts { "\($0.batchSize)" }))",
        transform: TypedValue.wholeNumber)
    var batchSize: Int?

    @Option(
        parsing: .unconditional,
        help: "Step size of the optimiser. (default: \(Recipe.texts { "\($0.optimizer.learningRate)" }))",
        transform: TypedValue.number)
    var learningRate: Float?

    @Option(
        parsing: .unconditional,
        help: "Share of the training images, the last ones, that only score each epoch. (default: 0)",
        transform: TypedValue.number)
    var validationSplit = 0.0

    @Option(
        help: ArgumentHelp(
            "How bytes become inputs: \(Normalization.textForms.joined(separator: ", ")). "
                + "(default: \(Recipe.texts { "\($0.normalization)" }))"),
        completion: .list(Normalization.textForms), transform: TypedValue.normalization)
    var normalization: Normalization?

    @Option(
        parsing: .unconditional, help: "Equal seeds give equal models, to the bit. (default: 1)",
        transform: TypedValue.seed)
    var seed: UInt64 = 1

    @OptionGroup var threads: ThreadOptions

    @Option(
        help: ArgumentHelp(
            "The folder of the run; empty or new. (default: the next under runs)", valueName: "dir"),
        completion: .directory)
    var output: String?

    @Flag(help: "Print the result and nothing else.")
    var quiet = false

    @Flag(help: "Print a JSON object for each epoch and one for the result.")
    var json = false

    func validate() throws {
        _ = try settings()
        if output == "" {
            throw ValidationError("--output is empty. Name a folder, or leave the option out.")
        }
    }

    func run() async throws {
        let settings = try settings()
        let directory = try RunDirectory.make(output: output, name: settings.recipe.name)
        defer { directory.discardIfEmpty() }
        let notes = TerminalStream.standardError
        if json {
            if !quiet { notes.note(settings.text.wrappedAtSemicolons(to: notes.columns)) }
        } else if !quiet {
            let screen = TerminalStream.standardOutput
            try screen.print("Settings: \(settings.text)".wrappedAtSemicolons(to: screen.columns))
        }
        let data = try await options.load()
        let outcome = try TrainingJob(
            settings: settings, directory: directory, showsProgress: !quiet, printsEvents: json,
            dataArguments: options.arguments
        ).run(on: data)

        let report = TrainingReport(outcome: outcome, directory: directory)
        if json {
            try TerminalStream.standardOutput.print(report.json.text)
        } else {
            try TerminalStream.standardOutput.print(lines: report.lines)
            if !quiet { notes.note(report.suggestions(options.arguments)) }
        }
    }

    private func settings() throws -> TrainingSettings {
        try TrainingSettings(
            recipe: Recipe.typed(recipe), dataset: options.description(), epochs: epochs,
            batchSize: batchSize,
            learningRate: learningRate, validationSplit: validationSplit, normalization: normalization,
            seed: seed,
            threads: threads.count)
    }
}
