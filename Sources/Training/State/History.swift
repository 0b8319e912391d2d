/// What one epoch came to.
public struct EpochResult: Sendable, Hashable, Codable {
    /// The epoch, from 1.
    public let epoch: Int
    /// Mean training loss over the epoch's images, each as its batch met it (while the weights were changing).
    public let loss: Double
    /// Training metrics by name, likewise: `["accuracy": 0.97]`.
    public let metrics: [String: Double]
    /// Mean loss over the validation images after the epoch; nil without validation.
    public let validationLoss: Double?
    /// Validation metrics by name; empty without validation.
    public let validationMetrics: [String: Double]
    /// Training images of the epoch; fewer than there are where a time limit ended it.
    public let images: Int
    /// Seconds of training alone, without validation.
    public let seconds: Double
    /// Training images per second.
    public let imagesPerSecond: Double

    /// What epochs are compared by: the validation loss; without validation, the training loss.
    var monitoredLoss: Double { validationLoss ?? loss }

    /// Whether the epoch is better than the best one before it.
    /// - Parameters:
    ///   - best: nil before the first epoch, which is always an improvement.
    ///   - delta: By how much its loss must be smaller (`TrainingConfiguration.minimumDelta`).
    package func improves(on best: EpochResult?, by delta: Double) -> Bool {
        guard let best else { return true }
        return monitoredLoss < best.monitoredLoss - delta
    }
}

/// The epochs of a training run, and how it ended.
public struct History: Sendable, Hashable {
    /// Why training ended.
    public enum Ending: String, Sendable, Hashable, Codable {
        /// All epochs were done.
        case finished
        /// A callback asked for it.
        case stopped
        /// The loss had not improved for as many epochs as `TrainingConfiguration.earlyStopping` says.
        case earlyStopping
        /// The time limit was reached; what there was of the last epoch counts as one.
        case timeLimit
    }

    /// One entry for each whole epoch, and one for the part of an epoch after which a time limit ended the run.
    public internal(set) var epochs: [EpochResult]
    /// Why training ended.
    public internal(set) var ending: Ending
    /// By how much a loss must be smaller to be an improvement, at least 0.
    public let minimumDelta: Double

    /// A history of these epochs.
    public init(epochs: [EpochResult] = [], ending: Ending = .finished, minimumDelta: Double = 0) {
        self.epochs = epochs
        self.ending = ending
        self.minimumDelta = minimumDelta
    }

    /// The last epoch whose validation loss (without validation, training loss) was an improvement on all before it, and thus,
    /// with a minimum delta of 0, the one with the smallest; nil before the first.
    public var bestEpoch: EpochResult? {
        epochs.reduce(nil) { best, epoch in epoch.improves(on: best, by: minimumDelta) ? epoch : best }
    }

    /// One quantity over the epochs, by the names that Keras uses: `loss`, `accuracy`, `val_loss`, `val_accuracy`.
    /// - Returns: Empty if there is no such quantity.
    public subscript(name: String) -> [Double] {
        epochs.compactMap { epoch in
            switch name {
            case "loss": epoch.loss
            case "val_loss": epoch.validationLoss
            default:
                name.hasPrefix("val_")
                    ? epoch.validationMetrics[String(name.dropFirst(4))] : epoch.metrics[name]
            }
        }
    }

    /// Comma-separated values: a line of names, then a line for each epoch.
    public var csv: String {
        guard let first = epochs.first else { return "epoch,loss\n" }
        let metrics = first.metrics.keys.sorted()
        let validation = first.validationLoss == nil ? [] : ["val_loss"] + metrics.map { "val_\($0)" }
        let names = ["loss"] + metrics + validation
        var text =
            (["epoch"] + names + ["images", "seconds", "images_per_second"]).joined(separator: ",") + "\n"
        for (index, epoch) in epochs.enumerated() {
            let values = names.map { "\(self[$0][index])" }
            text +=
                (["\(epoch.epoch)"] + values
                + ["\(epoch.images)", "\(epoch.seconds)", "\(epoch.imagesPerSecond)"])
                .joined(separator: ",") + "\n"
        }
        return text
    }
}

extension History {
    /// Reads what `csv` wrote; nil where a text is nothing of the kind.
    public init?(csv: String) {
        let lines = csv.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard let names = lines.first?.map(String.init), names.starts(with: ["epoch", "loss"]),
            Set(names).count == names.count
        else { return nil }
        var epochs: [EpochResult] = []
        for line in lines.dropFirst() {
            let numbers = line.compactMap { Double($0) }
            guard numbers.count == names.count else { return nil }
            var values = Dictionary(uniqueKeysWithValues: zip(names, numbers))
            // Epochs are numbered from 1 without a gap.
            guard values.removeValue(forKey: "epoch") == Double(epochs.count + 1),
                let loss = values.removeValue(forKey: "loss"),
                let seconds = values.removeValue(forKey: "seconds"),
                let speed = values.removeValue(forKey: "images_per_second")
            else { return nil }
            // Older files leave it to be computed.
            let count = values.removeValue(forKey: "images") ?? (seconds * speed).rounded()
            guard let images = Int(exactly: count) else { return nil }
            let validationLoss = values.removeValue(forKey: "val_loss")
            let validation = values.filter { $0.key.hasPrefix("val_") }
            epochs.append(
                EpochResult(
                    epoch: epochs.count + 1, loss: loss,
                    metrics: values.filter { !$0.key.hasPrefix("val_") }, validationLoss: validationLoss,
                    validationMetrics: Dictionary(
                        uniqueKeysWithValues: validation.map { (String($0.key.dropFirst(4)), $0.value) }),
                    images: images, seconds: seconds, imagesPerSecond: speed))
        }
        self.init(epochs: epochs)
    }
}
