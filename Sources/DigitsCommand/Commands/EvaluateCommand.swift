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
              digits evaluate                           the model that comes with the program
              digits evaluate runs/notebook-0001/model.safetensors
              digits evaluate model.safetensors --split train
              digits evaluate model.safetensors --json
              digits evaluate model.safetensors --report report   a page with all results
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
        let folder = try report.map { try OutputFolder.named($0, for: "a report") }
        defer { folder?.discardIfEmpty() }
        let model = try file.load()
        model.threads = threads.count
        let source = options.source(trainedOn: model.information.dataset?.name)
        let dataset = source.description
        let data = try await options.loadSplit(part.split, of: source)
        try model.check(fits: data.images, of: dataset)

        let assessment = try ModelAssessment(of: model, on: data.images)
        let evaluation = EvaluationReport(assessment: assessment, dataset: dataset, split: part.split)
        let output = TerminalStream.standardOutput
        try json ? output.print(evaluation.json.text) : output.print(lines: evaluation.lines)
        if let folder {
            try write(to: ReportFolder(path: folder.path), model, assessment, data, of: dataset)
        } else if !json {
            TerminalStream.standardError.note(
                "Next: digits predict \(ShellText.quoted(file.model)) --index 7\(options.arguments)")
        }
    }

    private func write(
        to folder: ReportFolder, _ model: Model, _ assessment: ModelAssessment, _ data: LoadedSplit,
        of dataset: DatasetDescription
    ) throws {
        let line = LiveLines(stream: .standardError)
        defer { line.clear() }
        let subject = ReportSubject(
            model, path: file.model, dataset: dataset, split: part.split, images: data.images,
            fileHashes: data.fileHashes, history: file.history,
            command: ReportFolder.command(path: file.model, dataset: dataset, split: part.split))
        try ModelReport(on: subject, assessment: assessment, progress: { line.update($0) }).write(to: folder)
        line.finish(with: [folder.note])
    }
}
