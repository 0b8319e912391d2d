import ArgumentParser
import Datasets
import DigitRecognition
import ModelReports
import PlainText
import TerminalGraphics

/// `digits explain`: which pixels of a picture speak for a class, and where a model looks.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows which pixels of a picture speak for a class.",
        usage: "digits explain [<model>] --index <index> [<options>]",
        discussion: """
            EXAMPLES:
              digits explain --index 7
              digits explain model.safetensors --index 7
              digits explain model.safetensors --index 7 --class 3
              digits explain model.safetensors --index 7 --output why.png
            """)

    @OptionGroup var file: ModelArgument

    @Option(help: "The picture's number, from 0.", transform: TypedValue.index)
    var index: Int?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp("The class to explain. (default: the one that is read)", valueName: "class"))
    var className: String?

    @OptionGroup var part: SplitOption

    @OptionGroup var output: FigureOutput
    @OptionGroup var options: DatasetOptions<ModelsDataset>

    func run() async throws {
        guard let index else {
            throw CommandFailure.misuse(
                file.indexSuggestion ?? "No picture is named. Give its number, as in --index 7.",
                of: Self.self)
        }
        try output.check()
        let model = try file.load()
        let label = try className.map { try ClassName.number(of: $0, among: model.information.classNames) }
        let source = options.source(trainedOn: model.information.dataset?.name)
        let dataset = source.description
        try dataset.check([index...index], of: part.split)
        let images = try await options.load(part.split, of: source, first: index + 1)
        try model.check(fits: images, of: dataset)

        let shown = ImageReport(
            dataset: dataset, split: part.split, images: images, normalization: model.normalization)
        let report = try ExplanationReport(model, index, of: shown, class: label)
        if try output.write(report.figure()) { return }
        try TerminalStream.standardOutput.print(lines: report.lines(on: .standardOutput))
        TerminalStream.standardError.note(
            "Next: digits explain \(ShellText.quoted(file.model.name)) --index \(index)\(file.changes.arguments) --output why.png"
                + options.arguments)
    }
}
