package import Compute
package import NeuralNetworks

/// Everything that a training run needs to go on, the seed and the images aside.
///
/// A loop advances it batch by batch; a loop that begins with a copy, in the middle of an epoch too, ends with the same bits as
/// one that was never interrupted. It is three things: the configuration, `buffers`, flat floats by name, and `record`, which is
/// `Codable`.
package final class TrainingState {
    /// How to train.
    package let configuration: TrainingConfiguration
    /// The network that is trained.
    package let network: Network
    /// The optimiser's memory and the number of steps.
    package let optimizer: OptimizerState
    /// How far the run is, and what it has come to.
    package internal(set) var progress: Progress

    /// The parameters that gave the last finite loss.
    let lastGood: LastGoodParameters
    /// The moving average of the parameters; nil where none is asked for.
    let average: ParameterAverage?
    /// The parameters after `progress.bestEpoch`; nil before the first epoch, and where nobody wants them.
    var best: FloatBuffer?

    private let kernels: Kernels

    /// How far a run is, and what it has come to.
    package struct Progress: Sendable, Codable {
        /// The epoch that is under way, from 1; behind the last one, one more.
        package internal(set) var epoch = 1
        /// Sums over the images that the epoch has trained on; their number says which batch is next.
        var pass: Pass
        /// Whether the time limit has ended the epoch before its last batch.
        var isCutShort = false
        /// The epochs that are done.
        package internal(set) var epochs: [EpochResult] = []
        /// The epoch that no later one has improved on; nil before the first.
        package internal(set) var bestEpoch: EpochResult?
        /// Why the run has ended; nil while it goes on.
        package internal(set) var ending: History.Ending?
        /// Seconds that the run has taken, validation included.
        var seconds = 0.0
        /// What callbacks remember, by their names.
        var memories: [String: CallbackMemory] = [:]
    }

    /// Everything but the buffers.
    package struct Record: Sendable, Codable {
        let step: Int
        let progress: Progress
    }

    /// A run that has not begun.
    package init(_ network: Network, _ configuration: TrainingConfiguration, kernels: Kernels = .best) {
        self.network = network
        self.configuration = configuration
        self.kernels = kernels
        optimizer = OptimizerState(configuration.optimizer, network: network, kernels: kernels)
        progress = Progress(pass: Pass(metrics: configuration.metrics))
        lastGood = LastGoodParameters(of: network)
        average =
            configuration.emaMomentum == 0
            ? nil : ParameterAverage(of: network, momentum: configuration.emaMomentum)
    }

    /// A run that goes on.
    /// - Parameters:
    ///   - network: A network of the run's; it gets the buffers' parameters.
    ///   - buffers: Those of a state of the same run, which are copied.
    ///   - record: The rest of it.
    package convenience init(
        _ network: Network, _ configuration: TrainingConfiguration, buffers: [String: FloatBuffer],
        record: Record, kernels: Kernels = .best
    ) {
        self.init(network, configuration, kernels: kernels)
        progress = record.progress
        optimizer.step = record.step
        best = buffers[Self.bestName].map { _ in FloatBuffer(count: network.parameters.count) }
        for (name, buffer) in self.buffers {
            guard let source = buffers[name], source.count == buffer.count else {
                preconditionFailure("The buffer \(name) of the state is missing or of another network.")
            }
            buffer.pointer.update(from: source.pointer, count: source.count)
        }
        network.parametersChanged()
    }
}

extension TrainingState {
    private static let bestName = "best"

    /// All floats, by name.
    package var buffers: [String: FloatBuffer] {
        var buffers = [
            "parameters": network.parameters, "last_good": lastGood.values,
            "optimizer.first": optimizer.first,
            "optimizer.second": optimizer.second,
        ]
        buffers["average"] = average?.values
        buffers[Self.bestName] = best
        return buffers
    }

    /// Everything but the floats.
    package var record: Record { Record(step: optimizer.step, progress: progress) }

    /// A state of its own with equal contents.
    package func copy() -> TrainingState {
        TrainingState(network.copy(), configuration, buffers: buffers, record: record, kernels: kernels)
    }

    /// The network after the best epoch; nil without validation.
    package var bestNetwork: Network? {
        guard progress.bestEpoch?.validationLoss != nil, let best else { return nil }
        let network = network.copy()
        network.restore(best)
        return network
    }
}
