import ArgumentParser
import Datasets
import DigitRecognition
import ModelReports
import TerminalGraphics

/// What is trained on, how long, and where the run is kept. The same for every command that trains.
struct RunOptions: ParsableArguments {
    @OptionGroup var dataset: DatasetOptions<MNISTDataset>

    @Option(editing: \.epochs, default: Recipe.texts(\.epochs)) var epochs: SettingEdit?

    @Option(
        parsing: .unconditional, help: "Equal seeds give equal models, to the bit. (default: 1)",
        transform: TypedValue.seed)
    var seed: UInt64 = 1

    @OptionGroup var threads: ThreadOptions

    @Option(
        help: ArgumentHelp(
            "The folder of the run; empty or new. (default: the next under runs)", valueName: "dir"),
        completion: .directory)
    var output: String?

    @Flag(
        help: "Draw loss and accuracy while training; at the end alone where nothing can be drawn over.")
    var plot = false

    @Flag(
        help: ArgumentHelp(
            "Write \(ReportFolder.pageName), a page with figures of everything, and \(ReportFolder.numbersName) into the "
                + "run's folder at the end."))
    var report = false

    func validate() throws {
        if output == "" {
            throw ValidationError("--output is empty. Name a folder, or leave the option out.")
        }
    }
}

extension RunOptions {
    /// Trains, in a folder of its own, and writes everything.
    /// - Parameters:
    ///   - showsProgress: Whether progress is shown on standard error.
    ///   - printsEvents: Whether each epoch is printed as JSON on standard output.
    func train(
        _ settings: RunSettings, on data: ImageDataset, in directory: RunDirectory,
        showsProgress: Bool = true, printsEvents: Bool = false
    ) throws -> TrainingReport {
        let outcome = try TrainingJob(
            settings: settings, directory: directory, showsProgress: showsProgress, showsChart: plot,
            printsEvents: printsEvents, dataArguments: dataset.arguments
        ).run(on: data)
        let page =
            report
            ? try writeReport(
                on: outcome, data, of: settings.dataset, in: directory, showsProgress: showsProgress) : nil
        return TrainingReport(outcome: outcome, directory: directory, page: page)
    }

    /// Judges the trained model by the test images.
    private func writeReport(
        on outcome: TrainingJob.Outcome, _ data: ImageDataset, of dataset: DatasetDescription,
        in directory: RunDirectory, showsProgress: Bool
    ) throws -> ReportFolder {
        let line = LiveLines(stream: .standardError)
        defer { line.clear() }
        let folder = ReportFolder(path: directory.path)
        let subject = ReportSubject(
            outcome.model, path: directory.model, dataset: dataset, split: .test, images: data.test,
            fileHashes: data.testFileHashes,
            history: History(besideModel: directory.model),
            command: ReportFolder.command(path: directory.model, dataset: dataset, split: .test))
        try ModelReport(
            on: subject, assessment: outcome.test, progress: { if showsProgress { line.update($0) } }
        )
        .write(to: folder)
        return folder
    }
}
