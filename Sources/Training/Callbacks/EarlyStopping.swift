import Compute
public import NeuralNetworks

/// Stops when the validation loss (without validation, the training loss) gets no better, and puts the best epoch's
/// parameters back when training has ended, for whatever reason.
///
///     try model.fit(mnist.train, epochs: 50, validationSplit: 0.1, callbacks: [EarlyStopping(patience: 3)])
///
/// It is the callback of one run at a time. A run that throws keeps the parameters that it has.
public final class EarlyStopping: TrainingCallback {
    /// Epochs without improvement after which training stops, at least 1.
    public let patience: Int
    /// By how much a loss must be smaller to be an improvement, at least 0.
    public let minimumDelta: Double
    /// The epoch whose parameters are put back; nil before the first.
    public private(set) var bestEpoch: EpochResult?
    /// Whether it was this callback that asked for the end.
    public private(set) var hasStopped = false

    private var network: Network?
    private var best: FloatBuffer?

    /// - Precondition: Patience is at least 1, the delta at least 0.
    public init(patience: Int, minimumDelta: Double = 0) {
        precondition(patience >= 1, "The patience must be at least 1 epoch, not \(patience).")
        precondition(minimumDelta >= 0, "The smallest improvement must be at least 0, not \(minimumDelta).")
        self.patience = patience
        self.minimumDelta = minimumDelta
    }

    /// Forgets the run before.
    public func trainingBegan(_ network: Network) {
        self.network = network
        best = nil
        bestEpoch = nil
        hasStopped = false
    }

    /// Keeps the parameters of an epoch that is better than all before it.
    public func epochEnded(_ result: EpochResult) -> TrainingDecision {
        if let before = bestEpoch, result.monitoredLoss >= before.monitoredLoss - minimumDelta {
            hasStopped = result.epoch - before.epoch >= patience
            return hasStopped ? .stop : .goOn
        }
        bestEpoch = result
        best = network?.snapshot()
        return .goOn
    }

    /// Puts the best parameters back.
    public func trainingEnded() {
        if let best { network?.restore(best) }
        network = nil
        best = nil
    }
}
