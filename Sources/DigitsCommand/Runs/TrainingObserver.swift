import DigitRecognition
import DurableFiles

/// Watches a training run: shows how far it is, writes the models and the history after each epoch, and stops it at
/// Ctrl-C.
final class TrainingObserver: TrainingCallback {
    /// What went wrong while an epoch was shown or saved; training was stopped for it.
    private(set) var failure: (any Error)?
    /// Every whole epoch.
    private(set) var epochs: [EpochResult] = []
    /// The epoch whose model is in `best.safetensors`.
    private(set) var bestEpoch: EpochResult?

    private let model: Model
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
        _ model: Model, directory: RunDirectory, bar: ProgressBar?, printsEvents: Bool, validationCount: Int
    ) {
        self.model = model
        self.directory = directory
        self.bar = bar
        self.printsEvents = printsEvents
        self.validationCount = validationCount
    }

    func batchEnded(_ progress: TrainingProgress) -> TrainingDecision {
        bar?.update(
            epoch: progress.epoch, images: progress.images, loss: progress.loss,
            accuracy: progress.metrics[Metric.accuracy.name] ?? 0)
        return Interrupts.isRequested ? .stop : .goOn
    }

    func epochEnded(_ result: EpochResult) -> TrainingDecision {
        epochs.append(result)
        bar?.finish(
            epoch: result.epoch,
            .init(
                seconds: result.seconds, imagesPerSecond: result.imagesPerSecond, loss: result.loss,
                accuracy: result.accuracy, validation: result.validation))
        do {
            if printsEvents { try TerminalStream.standardOutput.print(result.json.text) }
            try save(result)
        } catch {
            failure = error
            return .stop
        }
        return Interrupts.isRequested ? .stop : .goOn
    }

    /// Takes an unfinished bar away, before a message.
    func clear() { bar?.clear() }

    /// Writes the models and the history after an epoch, so that a crash loses one epoch at most.
    private func save(_ result: EpochResult) throws {
        if let validation = result.validation {
            model.information.accuracy = .init(
                split: "validation", correct: Int((validation.accuracy * Double(validationCount)).rounded()),
                count: validationCount)
            if validation.loss < bestEpoch?.validationLoss ?? .infinity {
                bestEpoch = result
                try model.save(to: directory.bestModel)
            }
        }
        try saveLast()
        // The parameters of this score change with the next batch.
        model.information.accuracy = nil
    }

    /// Writes the model as it is now, and the history so far.
    func saveLast() throws {
        try model.save(to: directory.model)
        try DurableFile.write(Array(History(epochs: epochs).csv.utf8), to: directory.history, replacing: true)
    }
}

extension EpochResult {
    /// Share of right training images, 0…1.
    var accuracy: Double { metrics[Metric.accuracy.name] ?? 0 }

    /// Loss and accuracy on the validation images; nil where there are none.
    var validation: (loss: Double, accuracy: Double)? {
        validationLoss.map { ($0, validationMetrics[Metric.accuracy.name] ?? 0) }
    }

    /// `{"event":"epoch","epoch":1,"loss":0.2,…}`.
    var json: JSONText {
        var members: [(String, JSONText)] = [
            ("event", "epoch"), ("epoch", .integer(epoch)), ("loss", .number(loss)),
            ("accuracy", .number(accuracy)),
        ]
        if let validation {
            members.append(("val_loss", .number(validation.loss)))
            members.append(("val_accuracy", .number(validation.accuracy)))
        }
        members.append(("seconds", .number(seconds)))
        members.append(("images_per_second", .number(imagesPerSecond)))
        return .object(members)
    }
}
