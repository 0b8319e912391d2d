public import NeuralNetworks

/// Whether training goes on.
public enum TrainingDecision: Sendable {
    /// The next batch or epoch follows.
    case goOn
    /// Training ends here, tidily: `fit` returns the history so far.
    case stop
}

/// How far an epoch is.
public struct TrainingProgress: Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// Epochs asked for.
    public let epochs: Int
    /// Images trained on in this epoch.
    public let images: Int
    /// Images in an epoch.
    public let imageCount: Int
    /// Mean loss over the epoch so far.
    public let loss: Double
    /// Metrics over the epoch so far.
    public let metrics: [String: Double]
    /// The learning rate of the step that was just done.
    public let learningRate: Float
    /// Seconds since the epoch began.
    public let seconds: Double
}

/// Watches a training run, from the thread that called `fit`.
public protocol TrainingCallback: AnyObject {
    /// Training begins; the network is the one that is trained, and a model's own until it ends is another.
    func trainingBegan(_ network: Network)

    /// A batch is done and the parameters are updated.
    func batchEnded(_ progress: TrainingProgress) -> TrainingDecision

    /// Validation begins.
    func validationBegan(epoch: Int)

    /// An epoch, with its validation, is done.
    func epochEnded(_ result: EpochResult) -> TrainingDecision

    /// Training has ended without an error, and the parameters may be replaced by others.
    func trainingEnded()
}

extension TrainingCallback {
    /// Does nothing.
    public func trainingBegan(_ network: Network) {}
    /// Does nothing.
    public func trainingEnded() {}
    /// Goes on.
    public func batchEnded(_ progress: TrainingProgress) -> TrainingDecision { .goOn }
    /// Does nothing.
    public func validationBegan(epoch: Int) {}
    /// Goes on.
    public func epochEnded(_ result: EpochResult) -> TrainingDecision { .goOn }
}
