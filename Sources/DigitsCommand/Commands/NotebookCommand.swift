import ArgumentParser
import Datasets
import DigitRecognition
import ModelReports
import PlainText
import TerminalGraphics
import TrainingRuns

/// `digits notebook`: the classic notebook from its first cell to its last.
struct NotebookCommand: AsyncParsableCommand {
    /// The first pictures, before and after.
    private static let grid = GridSize(rows: 1, columns: 8)
    /// Test pictures that are read at the end.
    private static let indices = [7, 42, 1984]

    static let configuration = CommandConfiguration(
        commandName: "notebook",
        abstract: "The classic notebook in one command, from data to prediction.",
        usage: "digits notebook [<options>]",
        discussion: """
            EXAMPLES:
              digits notebook
              digits notebook --epochs 1 --dataset fashion-mnist

            Where MNIST is neither here nor to be had, and no data set was named, synthetic digits take its place.
            """)

    @OptionGroup var options: RunOptions

    func validate() throws {
        _ = try settings(options)
    }

    func run() async throws {
        var options = options
        let folder = try RunFolder.make(
            output: options.output, name: Recipe.notebook.name, replacing: options.replacement.force)
        defer { folder.discardIfEmpty() }
        let data = try await load(&options.dataset)
        let settings = try settings(options)
        let screen = TerminalStream.standardOutput
        try screen.print("1. The data: \(settings.dataset.title)")
        try screen.print(
            "\(NumberText.grouped(data.train.count)) training and \(NumberText.grouped(data.test.count)) test images.\n"
        )
        try screen.print(
            lines: ImageReport(
                dataset: settings.dataset, split: .train, images: data.train,
                normalization: settings.normalization
            ).grid(Array(0..<Self.grid.count), columns: Self.grid.columns, on: screen))

        try screen.print("2. The network: \(settings.recipe.summary)\n")
        try screen.print(
            lines: Network(
                settings.recipe.network, input: Shape(settings.dataset.imageShape), seed: settings.seed
            ).summaryLines)

        try screen.print(
            "\n" + "3. Training: \(settings.text)".wrappedAtSemicolons(to: screen.columns))
        let report = try options.train(settings, on: data, in: folder)
        let outcome = report.outcome

        try screen.print("\n4. Evaluation")
        try screen.print(
            lines: EvaluationReport(assessment: outcome.test, dataset: settings.dataset, split: .test).lines)

        try screen.print("\n5. Prediction\n")
        let images = ImageReport(
            dataset: settings.dataset, split: .test, images: data.test, normalization: settings.normalization)
        for report in try PredictionReport.reports(outcome.model, Self.indices, of: images) {
            try screen.print(lines: report.lines(on: screen))
        }

        try screen.print(lines: report.lines(columns: screen.columns))
        TerminalStream.standardError.note(report.suggestions(options.dataset.arguments))
        if let warning = report.warning {
            TerminalStream.standardError.note("digits: warning: \(warning)")
        }
    }

    /// Loads the data set that was named, else MNIST; where that is not to be had, synthetic digits.
    /// - Parameter dataset: Names the data set; it is changed to name synthetic digits where they take MNIST's place.
    private func load(_ dataset: inout DatasetOptions<MNISTDataset>) async throws -> ImageDataset {
        do {
            return try await dataset.load()
        } catch let error as DatasetError
            where error.isFailedDownload && dataset.dataset == nil && dataset.directory == nil
        {
            dataset.dataset = SyntheticSource.name
            TerminalStream.standardError.note(
                "digits: warning: MNIST is not on this machine and could not be downloaded; synthetic digits take its place."
            )
            return try await dataset.load()
        }
    }

    private func settings(_ options: RunOptions) throws -> RunSettings {
        var settings = RunSettings(
            recipe: .notebook, dataset: options.dataset.description(), seed: options.seed,
            threads: options.threads.count)
        for edit in options.edits { edit.apply(to: &settings.configuration) }
        try settings.check()
        return settings
    }
}
