import ArgumentParser
import Datasets
import DigitRecognition
import Files
import ModelReports
import TerminalGraphics
import TrainingRuns

/// What is trained on, how long, and where the run is kept. The same for every command that trains.
struct RunOptions: ParsableArguments {
    @OptionGroup var dataset: DatasetOptions<MNISTDataset>

    @Option(editing: \.epochs, default: Recipe.texts(\.epochs), letter: "e") var epochs: SettingEdit?

    @Option(
        parsing: .unconditional, help: "Equal seeds give equal models, to the bit. (default: 1)",
        transform: TypedValue.seed)
    var seed: UInt64 = 1

    @OptionGroup var threads: ThreadOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The folder of the run; empty or new. (default: the next under runs)", valueName: "dir"),
        completion: .directory)
    var output: String?

    @OptionGroup var replacement: ReplacementOption

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
    ///   - printedEvents: What is printed as JSON on standard output.
    func train(
        _ settings: RunSettings, on data: ImageDataset, in folder: RunFolder,
        showsProgress: Bool = true, printedEvents: RunProgress.PrintedEvents = .none
    ) throws -> TrainingReport {
        let outcome = try run(
            settings, on: data, in: folder,
            RunProgress(
                of: settings, in: folder, isShown: showsProgress, showsChart: plot,
                printedEvents: printedEvents))
        let page =
            report
            ? try writeReport(on: outcome, data, of: settings.dataset, showsProgress: showsProgress) : nil
        return TrainingReport(
            outcome: outcome, page: page, learningRate: settings.configuration.optimizer.learningRate)
    }

    /// Trains, and ends when a signal asks for it.
    private func run(
        _ settings: RunSettings, on data: ImageDataset, in folder: RunFolder, _ progress: RunProgress
    ) throws -> RunOutcome {
        Interrupts.install()
        defer { progress.clear() }
        do {
            return try TrainingRun(settings, in: folder, command: \.command).run(
                on: data, onEvent: progress.show, isStopRequested: { Interrupts.isRequested })
        } catch RunError.interrupted(let interruption) {
            try progress.show(interruption)
            throw CommandFailure.interrupted(
                "\(interruption)"
                    + interruption.suggestion(
                        run: folder, members: settings.members, lacksReport: report,
                        dataArguments: dataset.arguments))
        } catch let error as FileError {
            // A member's folder.
            throw error.refusal(by: "a run")
        }
    }

    /// Judges the trained model by the test images.
    private func writeReport(
        on outcome: RunOutcome, _ data: ImageDataset, of dataset: DatasetDescription, showsProgress: Bool
    ) throws -> ReportFolder {
        let line = LiveLines(stream: .standardError)
        defer { line.clear() }
        let path = outcome.folder.model
        let folder = ReportFolder(path: outcome.folder.path)
        let subject = ReportSubject(
            outcome.model, path: path, dataset: dataset, split: .test, images: data.test,
            fileHashes: data.testFileHashes,
            history: History(besideModel: path),
            command: ReportFolder.command(path: path, dataset: dataset, split: .test))
        try ModelReport(
            on: subject, assessment: outcome.test, progress: { if showsProgress { line.update($0) } }
        )
        .write(to: folder)
        return folder
    }
}
