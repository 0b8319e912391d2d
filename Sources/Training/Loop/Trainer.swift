package import Compute
package import NeuralNetworks

/// Trains a network on batches. Equal seeds give equal parameters, to the bit, for any number of threads.
package final class Trainer {
    /// What a run needs to go on; the network that is trained and the configuration are in it.
    package let state: TrainingState

    private let seed: UInt64
    private let pool: WorkerPool
    private let kernels: Kernels

    /// Begins with a network, which is trained in place.
    /// - Parameter seed: What all random choices follow from: the order of the images, dropout.
    /// - Throws: `TrainingError` if a setting is out of range, or the network cannot be trained.
    package convenience init(
        _ network: Network, _ configuration: TrainingConfiguration, seed: UInt64, pool: WorkerPool,
        kernels: Kernels = .best
    ) throws(TrainingError) {
        try self.init(
            goingOnFrom: TrainingState(network, configuration, kernels: kernels), seed: seed, pool: pool,
            kernels: kernels)
    }

    /// Goes on with a run whose seed was this.
    /// - Throws: As when it began.
    package init(
        goingOnFrom state: TrainingState, seed: UInt64, pool: WorkerPool, kernels: Kernels = .best
    ) throws(TrainingError) {
        try state.configuration.check()
        let network = state.network
        guard !network.description.layers.contains(where: { $0 is Ensemble }) else {
            throw .ensembleNotTrainable
        }
        guard network.outputShape.rank == 1 || !state.configuration.loss.usesClasses else {
            throw .outputNotVector(network.outputShape)
        }
        guard network.givesProbabilities || !state.configuration.loss.needsProbabilities else {
            throw .outputNotProbabilities(state.configuration.loss)
        }
        self.state = state
        self.seed = seed
        self.pool = pool
        self.kernels = kernels
    }

    /// Trains for the epochs asked for, or until a callback, the patience or the time limit ends it.
    /// - Throws: `InputError` if the images do not fit the network; `TrainingError` if the time limit is under one step, what a
    ///   callback remembered cannot be read, or the
    ///   loss stops being finite; then the network holds the parameters that gave the last finite loss.
    package func fit(
        _ training: any BatchSource, validation: (any BatchSource)?, callbacks: [any TrainingCallback]
    ) throws -> History {
        try loop(training, validation: validation, callbacks: callbacks).run()
    }

    /// The loop of `fit`, to be advanced by hand.
    package func loop(
        _ training: any BatchSource, validation: (any BatchSource)?, callbacks: [any TrainingCallback]
    ) throws -> TrainingLoop {
        try TrainingLoop(
            state, seed: seed, training: training, validation: validation, callbacks: callbacks, pool: pool,
            kernels: kernels)
    }
}

/// Refuses images that a network cannot take.
func check(_ source: any BatchSource, fits network: Network, purpose: String) throws(InputError) {
    guard source.count > 0 else { throw .noImages(purpose: purpose) }
    guard source.inputShape == network.inputShape else {
        throw .shapeMismatch(network: network.inputShape, images: source.inputShape)
    }
    // At many positions the targets alone say what is true.
    guard network.outputShape.rank == 1 else { return }
    let outputs = network.outputShape.count
    for sample in 0..<source.count
    where !source.isOutlier(sample) && !(0..<outputs).contains(source.label(of: sample)) {
        throw .labelOutOfRange(label: source.label(of: sample), sample: sample, outputs: outputs)
    }
}
