import ArgumentParser
import Assessment
import Datasets
import DigitRecognition
import Files
import ModelReports
import PlainText
import TerminalGraphics

/// `digits evaluate`: scores a model on a split of a data set.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Scores a model on images that it was not trained on.",
        usage: "digits evaluate [<model>] [<options>]",
        discussion: """
            EXAMPLES:
              digits evaluate                           a model that is shipped
              digits evaluate runs/notebook-0001        the model in a run's folder
              digits evaluate model.safetensors --split train
              digits evaluate model.safetensors --json
              digits evaluate accurate --mnist-c        under fifteen corruptions, too
              digits evaluate accurate --report report  a page with all results
            """)

    @OptionGroup var file: ModelArgument

    @OptionGroup var part: SplitOption

    @Option(
        help: ArgumentHelp(
            "Write \(ReportFolder.pageName), a page with figures of everything, and \(ReportFolder.numbersName) into this "
                + "folder; empty or new.",
            valueName: "dir"),
        completion: .directory)
    var report: String?

    @OptionGroup var replacement: ReplacementOption

    @Flag(
        name: .customLong("mnist-c"),
        help:
            "Score the model under the fifteen corruptions of MNIST-C, too: noise, blur, fog, lines and others."
    )
    var underCorruptions = false

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @OptionGroup var options: DatasetOptions<ModelsDataset>
    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        if report == "" {
            throw ValidationError("--report is empty. Name a folder, or leave the option out.")
        }
    }

    func run() async throws {
        // First, because nobody wants to wait for a refusal.
        let folder = try report.map {
            try OutputFolder.named($0, for: "a report", replacing: replacement.force)
        }
        defer { folder?.discardIfEmpty() }
        let model = try file.load()
        model.threads = threads.count
        let source = options.source(trainedOn: model.information.dataset?.name)
        let dataset = source.description
        let data = try await options.loadSplit(part.split, of: source)
        try model.check(fits: data.images, of: dataset)

        if underCorruptions { try CommonCorruption.check(data.images) }

        let assessment = try ModelAssessment(of: model, on: data.images)
        let scores = try underCorruptions ? scores(of: model, on: data.images) : nil
        let evaluation = EvaluationReport(
            assessment: assessment, corruptionScores: scores, dataset: dataset, split: part.split)
        let output = TerminalStream.standardOutput
        try json ? output.print(evaluation.json.text) : output.print(lines: evaluation.lines)
        if let folder {
            try write(to: ReportFolder(path: folder.path), model, assessment, scores, data, of: dataset)
        } else if !json {
            TerminalStream.standardError.note(
                "Next: digits predict \(ShellText.quoted(file.model.name)) --index 7\(file.changes.arguments)\(options.arguments)"
            )
        }
    }

    private func scores(of model: Model, on images: LabeledImages) throws -> CorruptionScores {
        let line = LiveLines(stream: .standardError)
        defer { line.clear() }
        line.update("Reading corrupted pictures…")
        return try Predictor(model, threads: model.threads).corruptionScores(on: images)
    }

    private func write(
        to folder: ReportFolder, _ model: Model, _ assessment: ModelAssessment, _ scores: CorruptionScores?,
        _ data: LoadedSplit, of dataset: DatasetDescription
    ) throws {
        let line = LiveLines(stream: .standardError)
        defer { line.clear() }
        let subject = ReportSubject(
            model, path: file.model.name, dataset: dataset, split: part.split, images: data.images,
            fileHashes: data.fileHashes, history: file.model.history,
            command: ReportFolder.command(path: file.model.name, dataset: dataset, split: part.split))
        try ModelReport(
            on: subject, assessment: assessment, corruptionScores: scores, progress: { line.update($0) }
        ).write(to: folder, replacing: replacement.force)
        line.finish(with: [folder.note])
    }
}
