import DigitRecognition
import ModelReports
import PlainText
import TerminalGraphics
import TrainingRuns

/// Shows how far a training run is: a bar and notes on standard error, JSON for events on standard output.
final class RunProgress {
    /// Which events are printed as JSON.
    enum PrintedEvents {
        case none
        /// What the run came to.
        case result
        case all
    }

    private let settings: RunSettings
    /// Whether anything is shown on standard error.
    private let isShown: Bool
    /// Whether the bar has a chart.
    private let showsChart: Bool
    private let printedEvents: PrintedEvents

    /// Where the files of what is being trained are: the run's folder, or one member's.
    private var folder: RunFolder
    private var bar: ProgressBar?
    private var note: LiveLines?

    init(
        of settings: RunSettings, in folder: RunFolder, isShown: Bool, showsChart: Bool,
        printedEvents: PrintedEvents
    ) {
        self.settings = settings
        self.folder = folder
        self.isShown = isShown
        self.showsChart = showsChart
        self.printedEvents = printedEvents
    }

    /// Shows an event.
    /// - Throws: `OutputFailure`, or `CommandFailure` that says where the model is.
    func show(_ event: RunEvent) throws {
        switch event {
        case .memberBegan(let number, let seed, let folder):
            self.folder = folder
            try print(
                .object([
                    ("event", "member"), ("member", .integer(number)),
                    ("members", .integer(settings.members)), ("seed", .string("\(seed)")),
                ]))
            if isShown {
                TerminalStream.standardError.note("Member \(number) of \(settings.members), seed \(seed)")
            }
        case .trainingBegan(let imageCount, let epochs):
            guard isShown else { return }
            bar = ProgressBar(
                stream: .standardError, epochs: epochs, imagesPerEpoch: imageCount, showsChart: showsChart)
        case .batchEnded(let progress):
            bar?.update(
                epoch: progress.epoch, images: progress.images, loss: progress.loss,
                accuracy: progress.metrics[Metric.accuracy.name] ?? 0)
        case .epochEnded(let result):
            bar?.finish(
                epoch: result.epoch,
                .init(
                    seconds: result.seconds, imagesPerSecond: result.imagesPerSecond, loss: result.loss,
                    accuracy: result.accuracy, validation: result.validation))
        case .epochSaved(let result):
            do {
                try print(result.json)
            } catch {
                throw CommandFailure.failure(
                    "\(error) The model after epoch \(result.epoch) is in \(folder.model).")
            }
        case .trainingEnded:
            // A chart stays.
            bar?.end()
        case .scoringBegan(let trainingCount, let testCount):
            guard isShown else { return }
            let note = LiveLines(stream: .standardError)
            note.update(
                "Scoring \(NumberText.grouped(trainingCount)) training and "
                    + "\(NumberText.grouped(testCount)) test images…")
            self.note = note
        }
    }

    /// Tells that a signal ended the run.
    /// - Throws: `OutputFailure`.
    func show(_ interruption: RunInterruption) throws {
        // An ensemble whose members are all trained has no epochs of its own.
        guard interruption.settings.members == 1, printedEvents != .none else { return }
        let event = JSONText.object([
            ("event", "interrupted"), ("model", .string(interruption.folder.model)),
            ("epochs", .integer(interruption.epochs.count)),
        ])
        try TerminalStream.standardOutput.print(event.text)
    }

    /// Takes away what is not to stay.
    func clear() { note?.clear() }

    /// Prints an event on the way as JSON, where that is wanted.
    private func print(_ event: JSONText) throws(OutputFailure) {
        if printedEvents == .all { try TerminalStream.standardOutput.print(event.text) }
    }
}
