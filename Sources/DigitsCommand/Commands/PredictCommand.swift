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
        usage: "digits predict [<model>] --index <index> ... | --all [<options>]",
        discussion: """
            EXAMPLES:
              digits predict --index 7                  with a model that is shipped
              digits predict runs/notebook-0001 --index 7
              digits predict model.safetensors --index 0-99,42 --json
              digits predict --all --json               every test picture
            """)

    @OptionGroup var file: ModelArgument

    @OptionGroup var index: IndexOption

    @Flag(help: "Read every picture of the split.")
    var all = false

    @OptionGroup var part: SplitOption

    @Flag(help: "Print one JSON array instead of pictures and bars.")
    var json = false

    @OptionGroup var options: DatasetOptions<ModelsDataset>
    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        if all && !index.ranges.isEmpty {
            throw ValidationError("--index and --all exclude each other. Give one of them.")
        }
    }

    func run() async throws {
        // Not in validate(), which comes before an unknown option is told, such as a mistyped --index.
        if index.ranges.isEmpty && !all {
            throw CommandFailure.misuse(
                file.indexSuggestion ?? "No picture is named. Give its number, as in --index 7, or --all.",
                of: Self.self)
        }
        let model = try file.load()
        model.threads = threads.count
        let source = options.source(trainedOn: model.information.dataset?.name)
        let dataset = source.description
        let ranges = all ? [0...max(dataset.count(of: part.split), 1) - 1] : index.ranges
        try dataset.check(ranges, of: part.split)
        let last = ranges.map(\.upperBound).max() ?? 0
        let images = try await options.load(part.split, of: source, first: all ? nil : last + 1)
        try model.check(fits: images, of: dataset)

        let shown = ImageReport(
            dataset: dataset, split: part.split, images: images, normalization: model.normalization)
        let reports = try PredictionReport.reports(model, Array(ranges.joined()), of: shown)
        let output = TerminalStream.standardOutput
        if json {
            try output.print(JSONText.array(reports.map(\.json)).text)
        } else {
            for report in reports { try output.print(lines: report.lines(on: output)) }
            TerminalStream.standardError.note(
                "Next: digits evaluate \(ShellText.quoted(file.model.name))\(file.changes.arguments)\(options.arguments)"
            )
        }
    }
}
