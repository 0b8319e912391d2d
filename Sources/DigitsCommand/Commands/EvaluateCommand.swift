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

    @OptionGroup var part: SplitOption

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @OptionGroup var options: DatasetOptions<ModelsDataset>
    @OptionGroup var threads: ThreadOptions

    func run() async throws {
        let model = try file.load()
        model.threads = threads.count
        let dataset = options.description(trainedOn: model.information.dataset?.name)
        let images = try await options.load(part.split, of: dataset)
        try model.check(fits: images, of: dataset)

        let report = EvaluationReport(score: try model.score(on: images), dataset: dataset, split: part.split)
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
