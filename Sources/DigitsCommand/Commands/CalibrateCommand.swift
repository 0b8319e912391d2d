import ArgumentParser
import Assessment
import Datasets
import DigitRecognition
import Evaluation
import FoundationBasics
import ModelReports
import PlainText
import TerminalGraphics

/// `digits calibrate`: makes a model as sure as it is right, by one temperature that its file keeps.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Makes a model as sure as it is right.",
        usage: "digits calibrate <model> [<options>]",
        discussion: """
            EXAMPLES:
              digits train --validation-split 0.1 --output runs/first
              digits calibrate runs/first
              digits calibrate model.safetensors --output calibrated.safetensors

            Fits one temperature on the training images that the model was not trained
            on, and keeps it in the model's file. Predictions divide logits by it: the
            digit that is read stays the same, its probability changes.
            """)

    @Argument(
        help: ArgumentHelp(
            "The model, \(NamedModel.forms). A shipped one needs --output: it is part of the program."),
        completion: .file(extensions: ["safetensors"]), transform: NamedModel.init)
    var model: NamedModel?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the calibrated model to this file. (default: the model's own)",
            valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var output: String?

    @OptionGroup var replacement: ReplacementOption
    @OptionGroup var changes: ChangeOptions

    @Option(
        parsing: .unconditional,
        help:
            "Share of the training images, the last ones, to fit on. (default: what the model was trained with)",
        transform: TypedValue.number)
    var validationSplit: Double?

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @OptionGroup var options: DatasetOptions<ModelsDataset>
    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        if output == "" {
            throw ValidationError("--output is empty. Name a file, or leave the option out.")
        }
        if let validationSplit, !(validationSplit > 0 && validationSplit < 1) {
            throw ValidationError(
                "--validation-split is \(validationSplit), but must be above 0 and below 1.")
        }
    }

    func run() async throws {
        let (named, target) = try subject()
        if let output { try replacement.check(output) }
        let model = try named.load(changes)
        model.threads = threads.count
        let share = try heldOutShare(of: model)
        let record = model.information.dataset
        let dataset = options.description(trainedOn: record?.name)
        if let record, record.name != dataset.name {
            throw CommandFailure.failure(
                "The model was trained on \(record.name), not on \(dataset.name). "
                    + "It can be calibrated on images of the data set that it was trained on.")
        }
        let data = try await options.load(trainedOn: record?.name)
        try model.check(fits: data.train, of: dataset)
        try Self.check(data, isThatOf: record)

        let former = model.information.temperature
        let test = try ModelAssessment(of: model, on: data.test).withTemperature(nil).labeledPredictions()
        let fit = try model.calibrate(on: data.train.split(validationFraction: share).validation)
        guard share <= newShare(to: model) || fit.temperature.value >= 1 else {
            throw CommandFailure.failure(
                "The model reads images that it was trained on so well that it would become surer still "
                    + "(temperature \(NumberText.fixed(fit.temperature.value, decimals: 4))), which says nothing of others; "
                    + "nothing was written. Train one with --validation-split 0.1 and calibrate that.")
        }
        try model.save(to: output ?? Self.withoutLinks(target), replacing: output == nil || replacement.force)

        let report = CalibrationReport(
            fit: fit, test: (Reliability(test), Reliability(fit.temperature.applied(to: test))),
            formerTemperature: former, dataset: dataset, trainingCount: data.train.count, model: target)
        let screen = TerminalStream.standardOutput
        if json {
            try screen.print(report.json.text)
        } else {
            try screen.print(lines: report.lines)
            TerminalStream.standardError.note(
                "Next: digits evaluate \(ShellText.quoted(target))\(options.arguments)")
        }
    }

    /// The model, and the file to write: what somebody typed, else the model's own.
    private func subject() throws(CommandFailure) -> (model: NamedModel, target: String) {
        // Not in validate(), which comes before an unknown option is told.
        guard let model else {
            throw .misuse(
                "No model is named. Name a model file or a run's folder, such as runs/first.", of: Self.self)
        }
        if let output { return (model, output) }
        guard case .file(let path) = model else {
            throw .misuse(
                "The model \(model) is part of the program and cannot be changed. "
                    + "Name a model file, or a new one with --output.", of: Self.self)
        }
        return (model, path)
    }

    /// The share of the training images that are known to be new to a model.
    private func newShare(to model: Model) -> Double { model.information.settings[\.validationSplit] ?? 0 }

    /// The share of the training images to fit on: what somebody typed, else what the model was trained with.
    private func heldOutShare(of model: Model) throws(CommandFailure) -> Double {
        let recorded = model.information.settings[\.validationSplit]
        if let validationSplit {
            if validationSplit > newShare(to: model) {
                let training =
                    switch recorded {
                    case nil: "may have been trained on these images"
                    case 0: "was trained on these images"
                    default: "was trained on some of these images"
                    }
                TerminalStream.standardError.note(
                    "digits: warning: The model \(training); after a fit on images that it knows by heart it stays "
                        + "too sure.")
            }
            return validationSplit
        }
        if let recorded, recorded > 0 { return recorded }
        throw .failure(
            (recorded == nil
                ? "The file does not say which training images the model was not trained on. "
                : "The model was trained on every training image, so that none is left to calibrate it on. ")
                + "Train one with --validation-split 0.1, or calibrate this one with --validation-split 0.1 on images "
                + "that it may know by heart.")
    }

    /// Refuses other data than those of the model's training: which of their images are new to the model, nobody knows.
    private static func check(
        _ data: ImageDataset, isThatOf record: ModelInformation.DatasetRecord?
    ) throws(CommandFailure) {
        guard let record else {
            TerminalStream.standardError.note(
                "digits: warning: The file does not say which data the model was trained on; it is taken for "
                    + "\(data.name).")
            return
        }
        guard record.sha256 == data.sha256 else {
            throw .failure(
                "The model was trained on other data of the name \(data.name): its file says SHA-256 "
                    + "\(record.sha256.prefix(12))…, but the data here have \(data.sha256.prefix(12))…. "
                    + "Name the folder with the data that it was trained on with --data.")
        }
    }

    /// Where a file really is, so that a link to it stays a link.
    private static func withoutLinks(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
