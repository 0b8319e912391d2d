import DigitRecognition
import Figures
import Files
import ModelReports
import PlainText
import TerminalGraphics

/// Watches a training run: shows how far it is, writes the models, the history and its curves after each epoch, and stops it at
/// Ctrl-C.
final class TrainingObserver: TrainingCallback {
    /// What went wrong while an epoch was shown or saved; training was stopped for it.
    private(set) var failure: (any Error)?
    /// Every whole epoch.
    private(set) var epochs: [EpochResult] = []
    /// The epoch whose model is in `best.safetensors`.
    private(set) var bestEpoch: EpochResult?
    /// The epoch that is being trained; nil between epochs.
    private(set) var unfinishedEpoch: Int?

    /// The model as it is in training.
    private var model: Model
    private let settings: RunSettings
    private let directory: RunDirectory
    private let bar: ProgressBar?
    private let printsEvents: Bool
    private let validationCount: Int

    /// Makes an observer.
    /// - Parameters:
    ///   - bar: Shows the progress; nil for none.
    ///   - printsEvents: Whether each epoch is printed as JSON.
    ///   - validationCount: Pictures that each epoch is scored on; 0 for none.
    init(
        _ model: Model, _ settings: RunSettings, directory: RunDirectory, bar: ProgressBar?,
        printsEvents: Bool,
        validationCount: Int
    ) {
        self.model = model
        self.directory = directory
        self.settings = settings
        self.bar = bar
        self.printsEvents = printsEvents
        self.validationCount = validationCount
    }

    func trainingBegan(_ network: Network) {
        model = model.trained(
            network, normalization: settings.normalization, configuration: settings.configuration)
    }

    func batchEnded(_ progress: TrainingProgress) -> TrainingDecision {
        unfinishedEpoch = progress.epoch
        bar?.update(
            epoch: progress.epoch, images: progress.images, loss: progress.loss,
            accuracy: progress.metrics[Metric.accuracy.name] ?? 0)
        return Interrupts.isRequested ? .stop : .goOn
    }

    func epochEnded(_ result: EpochResult) -> TrainingDecision {
        epochs.append(result)
        unfinishedEpoch = nil
        bar?.finish(
            epoch: result.epoch,
            .init(
                seconds: result.seconds, imagesPerSecond: result.imagesPerSecond, loss: result.loss,
                accuracy: result.accuracy, validation: result.validation))
        do {
            // First what would be lost, then what can be printed again.
            try save(result)
            if printsEvents { try TerminalStream.standardOutput.print(result.json.text) }
        } catch let error as OutputFailure {
            failure = CommandFailure.failure("\(error) \(place)")
            return .stop
        } catch {
            failure = error
            return .stop
        }
        return Interrupts.isRequested ? .stop : .goOn
    }

    /// Takes an unfinished bar away; a chart stays.
    func endProgress() { bar?.end() }

    /// Writes the models, the history and its curves after an epoch, so that a crash loses one epoch at most.
    private func save(_ result: EpochResult) throws(CommandFailure) {
        var isBest = false
        if let validation = result.validation {
            model.record(
                accuracy: .init(
                    split: "validation",
                    correct: Int((validation.accuracy * Double(validationCount)).rounded()),
                    count: validationCount))
            isBest = validation.loss < bestEpoch?.validationLoss ?? .infinity
        }
        try saveLast(isBest: isBest)
        // The parameters of this score change with the next batch.
        model.record(accuracy: nil)
    }

    /// Writes the history so far, the model as it is now and the curves. A file that cannot be written keeps no other from being
    /// written; the history comes first, because a full disk may still have room for it, and the curves last, because they tell
    /// which epoch was kept as the best.
    /// - Parameter isBest: Whether the model is also written as the best one.
    /// - Throws: `CommandFailure` that names every file that could not be written.
    func saveLast(isBest: Bool = false) throws(CommandFailure) {
        var problems: [String] = []
        func attempt(_ write: () throws -> Void) -> Bool {
            do {
                try write()
                return true
            } catch {
                problems.append("\(error)")
                return false
            }
        }
        _ = attempt {
            try DurableFile.write(
                Array(History(epochs: epochs).csv.utf8), to: directory.history, replacing: true)
        }
        let isModelSaved = attempt { try model.save(to: directory.model) }
        if isBest, attempt({ try model.save(to: directory.bestModel) }) { bestEpoch = epochs.last }
        if !epochs.isEmpty {
            _ = attempt {
                try Figure.trainingCurves(TrainingCurves(epochs, best: bestEpoch), title: settings.title)
                    .write(to: directory.curves)
            }
        }
        if !problems.isEmpty {
            problems.append("Training stopped. \(isModelSaved ? place : "The model could not be saved.")")
            throw .failure(problems.joined(separator: "\n"))
        }
    }

    /// Where the model is that was saved last.
    private var place: String {
        let state = unfinishedEpoch == nil ? "after epoch \(epochs.count)" : "as it was then"
        return "The model \(state) is in \(directory.model)."
    }
}
