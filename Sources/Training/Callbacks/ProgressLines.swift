import PlainText

/// Tells how training goes: a line for each epoch.
///
///     try model.fit(mnist.train, epochs: 5, callbacks: [.progress])
///     // Epoch 1/5  4.12 s  loss 0.1912  accuracy 94.05%
public final class ProgressLines: TrainingCallback {
    private let write: (String) -> Void
    private var epochs = 0

    /// - Parameter write: Gets each line, without its end; prints it on standard output unless given.
    public init(_ write: @escaping (String) -> Void = { print($0) }) {
        self.write = write
    }

    /// Notes how many epochs there are.
    public func batchEnded(_ progress: TrainingProgress) -> TrainingDecision {
        epochs = progress.epochs
        return .goOn
    }

    /// Writes the epoch's line: seconds, loss and metrics, then those of the validation.
    public func epochEnded(_ result: EpochResult) -> TrainingDecision {
        var parts = ["Epoch \(result.epoch)/\(epochs)", NumberText.duration(result.seconds)]
        parts += Self.scores(loss: result.loss, result.metrics)
        if let loss = result.validationLoss {
            parts += Self.scores(loss: loss, result.validationMetrics).map { "val_\($0)" }
        }
        write(parts.joined(separator: "  "))
        return .goOn
    }

    private static func scores(loss: Double, _ metrics: [String: Double]) -> [String] {
        ["loss \(NumberText.fixed(loss, decimals: 4))"]
            + metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(NumberText.percent($0.value))" }
    }
}

extension TrainingCallback where Self == ProgressLines {
    /// A line for each epoch on standard output.
    public static var progress: ProgressLines { ProgressLines() }
}
