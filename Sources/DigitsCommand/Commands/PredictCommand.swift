import ArgumentParser
import Datasets
import DigitRecognition
import ModelReports
import PlainText
import TerminalGraphics

/// `digits predict`: what a model makes of pictures of a data set.
struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Reads pictures of a data set and compares with their labels.",
        usage: "digits predict [<model>] --index <index> ... [<options>]",
        discussion: """
            EXAMPLES:
              digits predict --index 7                  with a model that is shipped
              digits predict runs/notebook-0001/model.safetensors --index 7
              digits predict model.safetensors --index 7 --index 42 --json
            """)

    @OptionGroup var file: ModelArgument

    @Option(
        name: .customLong("index"), parsing: .unconditionalSingleValue,
        help: "A picture's number, from 0. May be given several times.",
        transform: TypedValue.index)
    var indices: [Int] = []

    @OptionGroup var part: SplitOption

    @Flag(help: "Print one JSON array instead of pictures and bars.")
    var json = false

    @OptionGroup var options: DatasetOptions<ModelsDataset>

    func run() async throws {
        // Not in validate(), which comes before an unknown option is told, such as a mistyped --index.
        if indices.isEmpty {
            throw CommandFailure.misuse(
                file.indexSuggestion ?? "No picture is named. Give its number, as in --index 7.",
                of: Self.self)
        }
        let model = try file.load()
        let source = options.source(trainedOn: model.information.dataset?.name)
        let dataset = source.description
        try dataset.check(indices, of: part.split)
        let images = try await options.load(part.split, of: source, first: (indices.max() ?? 0) + 1)
        try model.check(fits: images, of: dataset)

        let shown = ImageReport(
            dataset: dataset, split: part.split, images: images, normalization: model.normalization)
        let reports = try indices.map { try PredictionReport(model, $0, of: shown) }
        let output = TerminalStream.standardOutput
        if json {
            try output.print(JSONText.array(reports.map(\.json)).text)
        } else {
            for report in reports { try output.print(lines: report.lines(on: output)) }
            TerminalStream.standardError.note(
                "Next: digits evaluate \(ShellText.quoted(file.model))\(options.arguments)")
        }
    }
}
