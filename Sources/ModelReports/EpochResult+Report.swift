package import DigitRecognition
package import Figures
package import PlainText

extension TrainingCurves {
    /// The curves of a run.
    /// - Parameter labelSmoothing: That of the training loss, 0…1.
    /// - Precondition: There is an epoch.
    package init(_ epochs: [EpochResult], best: EpochResult?, labelSmoothing: Float) {
        self.init(
            trainingLoss: epochs.map(\.loss), trainingAccuracy: epochs.map(\.accuracy),
            validationLoss: epochs.compactMap { $0.validation?.loss },
            validationAccuracy: epochs.compactMap { $0.validation?.accuracy }, bestEpoch: best?.epoch)
        self.labelSmoothing = labelSmoothing
    }
}

extension EpochResult {
    /// Share of right training images, 0…1.
    package var accuracy: Double { metrics[Metric.accuracy.name] ?? 0 }

    /// Loss and accuracy on the validation images; nil where there are none.
    package var validation: (loss: Double, accuracy: Double)? {
        validationLoss.map { ($0, validationMetrics[Metric.accuracy.name] ?? 0) }
    }

    /// `{"event":"epoch","epoch":1,"loss":0.2,…}`.
    package var json: JSONText { .object([("event", "epoch")] + members) }

    /// The epoch's number, its losses, accuracies and speed.
    package var members: [(String, JSONText)] {
        var members: [(String, JSONText)] = [
            ("epoch", .integer(epoch)), ("loss", .number(loss)), ("accuracy", .number(accuracy)),
        ]
        if let validation {
            members.append(("val_loss", .number(validation.loss)))
            members.append(("val_accuracy", .number(validation.accuracy)))
        }
        members.append(("seconds", .number(seconds)))
        members.append(("images_per_second", .number(imagesPerSecond)))
        return members
    }
}
