import ArgumentParser
import Assessment
import Datasets
import DigitRecognition
import Evaluation
import ModelReports
import PlainText
import TerminalGraphics

/// `digits compare`: two models on the same pictures.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares two models on the same pictures.",
        usage: "digits compare <first> <second> [<options>]",
        discussion: """
            EXAMPLES:
              digits compare runs/a runs/b
              digits compare runs/a accurate
              digits compare a.safetensors b.safetensors --split train --json
            """)

    @Argument(
        help: ArgumentHelp("A model, \(NamedModel.forms)."), completion: .file(extensions: ["safetensors"]),
        transform: NamedModel.init)
    var first: NamedModel

    @Argument(
        help: "Another, compared with the first.", completion: .file(extensions: ["safetensors"]),
        transform: NamedModel.init)
    var second: NamedModel

    @OptionGroup var changes: ChangeOptions
    @OptionGroup var part: SplitOption

    @Flag(help: "Print one JSON object instead of text, with every picture on which they disagree.")
    var json = false

    @OptionGroup var options: DatasetOptions<ModelsDataset>
    @OptionGroup var threads: ThreadOptions

    func run() async throws {
        let models = try [first, second].map { named in
            let model = try named.load(changes)
            model.threads = threads.count
            return (path: named.name, model: model)
        }
        let source = options.source(trainedOn: models[0].model.information.dataset?.name)
        let dataset = source.description
        let images = try await options.load(part.split, of: source)
        let predictions = try models.map { path, model in
            do throws(CommandFailure) {
                try model.check(fits: images, of: dataset)
            } catch {
                throw CommandFailure.failure("\(path): \(error.message)")
            }
            return try ModelAssessment(of: model, on: images).predictions
        }
        let report = ComparisonReport(
            comparison: try ModelComparison(
                truths: images.labels, first: predictions[0], second: predictions[1],
                classCount: images.classNames.count),
            paths: (first.name, second.name), dataset: dataset, split: part.split)
        let output = TerminalStream.standardOutput
        if json { try output.print(report.json.text) } else { try output.print(lines: report.lines) }
    }
}
