import ArgumentParser
import DigitDatasets
import DigitRecognition

/// `digits evaluate`: scores a model on a split of a data set.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Scores a model on images that it was not trained on.",
        usage: "digits evaluate <model> [<options>]",
        discussion: """
            EXAMPLES:
              digits evaluate runs/notebook-0001/model.safetensors
              digits evaluate model.safetensors --split train
              digits evaluate model.safetensors --json
            """)

    @OptionGroup var file: ModelArgument

    @Option(
        help: "The part of the data set: \(TypedValue.splitNames.joined(separator: " or ")). (default: test)",
        completion: .list(TypedValue.splitNames), transform: TypedValue.split)
    var split = DatasetSplit.test

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @OptionGroup var options: DatasetOptions<ModelsDataset>
    @OptionGroup var threads: ThreadOptions

    func run() async throws {
        let model = try file.load()
        model.threads = threads.count
        let dataset = options.description(trainedOn: model.information.dataset?.name)
        let images = try await options.load(split, of: dataset)
        try model.check(fits: images, of: dataset)

        let report = EvaluationReport(score: try model.score(on: images), dataset: dataset, split: split)
        let output = TerminalStream.standardOutput
        if json {
            try output.print(report.json.text)
        } else {
            try output.print(lines: report.lines)
            TerminalStream.standardError.note(
                "Next: digits predict \(ShellText.quoted(file.model)) --index 7\(options.arguments)")
        }
    }
}
