package import Compute

/// A network compiled for one purpose: the blocks that its steps will do, and what those derive from its parameters.
///
/// Layers become operations, what reaches nothing is cut away, and chains that have a fused form become one block. Plans
/// of any batch size share it, each with memory of its own. Plans may run on several threads at once as long as nobody
/// changes the network's parameters.
package final class CompiledNetwork: @unchecked Sendable {
    package let network: Network
    package let mode: Plan.Mode
    package let kernels: Kernels

    /// What the first block reads of one input: the part that reaches the output.
    let input: Extent
    let blocks: [Block]
    /// Whether a softmax at the network's end is left out: the loss takes it in, or explanations begin before it.
    package let leavesOutSoftmax: Bool
    /// Where layers are kept apart, the number of blocks up to each layer's end; otherwise empty.
    let layerEnds: [Int]

    /// Independent of each other: each brings a part of what is derived up to date.
    private let updates: [@Sendable () -> Void]
    /// The network's count of changes that the derived values belong to.
    private var derivedChanges: Int

    package init(_ network: Network, mode: Plan.Mode, kernels: Kernels = .best) {
        self.network = network
        self.mode = mode
        self.kernels = kernels
        var operations = network.operations()
        if !mode.keepsLayersApart { operations = operations.shrunkToNeeded(training: mode.isTraining) }
        input = operations.first?.input ?? Extent(network.inputShape)
        leavesOutSoftmax = mode.leavesOutSoftmax && operations.last?.operation == .activation(.softmax)
        if leavesOutSoftmax { operations.removeLast() }
        if !mode.isTraining { operations = operations.outsideOfTraining() }
        precondition(
            !mode.isTraining || !operations.contains { $0.operation.isEnsemble },
            "The members of an ensemble are trained one by one.")
        layerEnds =
            mode.keepsLayersApart
            ? network.outputShapes.indices.map { layer in operations.count { $0.layer <= layer } } : []
        blocks = BlockCompiler(network: network, mode: mode, kernels: kernels).compile(operations)
        updates = blocks.flatMap(\.updates)
        derivedChanges = network.changes
        update(on: WorkerPool(threads: 1))
    }

    /// The most images that a plan can take at a time.
    package var largestBatch: Int { blocks.map(\.largestBatch).min() ?? .max }

    /// Whether the loss is given unscaled log-probabilities.
    var lossReadsLogits: Bool { leavesOutSoftmax || mode.loss?.isFromLogits ?? false }

    /// Whether the network's parameters have changed since what is derived was brought up to date.
    var isStale: Bool { derivedChanges != network.changes }

    /// Brings what is derived from the parameters up to date.
    func update(on pool: WorkerPool) {
        pool.run(pieces: updates.count) { piece, _ in updates[piece]() }
        derivedChanges = network.changes
    }

    /// The parameters were changed, and what is derived was brought up to date with them by other means.
    func parametersWereTrained() {
        network.parametersChanged()
        derivedChanges = network.changes
    }
}

extension Block {
    /// The most images that its steps can take at a time.
    fileprivate var largestBatch: Int {
        switch kind {
        case .contraction(let geometry, _): geometry.largestBatch
        case .ensemble(let members): members.flatMap(\.blocks).map(\.largestBatch).min() ?? .max
        case .batchNorm, .affine, .operation: .max
        }
    }

    /// What brings the derived values up to date, in independent parts.
    fileprivate var updates: [@Sendable () -> Void] {
        switch kind {
        case .contraction(let geometry, let weights):
            (0..<geometry.panels).map { panel in { weights.update(panel: panel) } }
        case .affine(let affine, _):
            [{ [channels = output.channels] in affine.update(0..<channels) }]
        case .ensemble(let members): members.flatMap { $0.blocks.flatMap(\.updates) }
        case .batchNorm, .operation: []
        }
    }
}
