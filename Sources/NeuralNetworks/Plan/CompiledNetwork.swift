package import Compute

/// A network as the blocks that steps will do, with what those derive from its parameters.
///
/// Layers become operations, what reaches nothing is cut away, and chains that have a fused form become one block.
struct NetworkBlocks: Sendable {
    /// The whole of one input.
    let wholeInput: Extent
    /// What the first block reads of one input: the part that reaches the output.
    let input: Extent
    let blocks: [Block]
    /// Where layers are kept apart, the number of blocks up to each layer's end; otherwise empty.
    let layerEnds: [Int]
    /// Whether a softmax at the network's end is left out.
    let leavesOutSoftmax: Bool
    let traits: PlanTraits
    let kernels: Kernels

    /// Compiles a network: of the parameters that are trained or, outside of training, of a copy, so that the blocks never
    /// change.
    init(_ network: Network, traits: PlanTraits, kernels: Kernels) {
        let isTraining = traits.training != nil
        wholeInput = Extent(network.inputShape)
        self.traits = traits
        self.kernels = kernels
        var operations = network.operations()
        if !traits.keepsLayersApart { operations = operations.shrunkToNeeded(training: isTraining) }
        input = operations.first?.input ?? wholeInput
        leavesOutSoftmax = traits.leavesOutSoftmax && operations.last?.operation == .activation(.softmax)
        if leavesOutSoftmax { operations.removeLast() }
        if !isTraining { operations = operations.outsideOfTraining() }
        precondition(
            !isTraining || !operations.contains { $0.operation.isEnsemble },
            "The members of an ensemble are trained one by one.")
        layerEnds =
            traits.keepsLayersApart
            ? network.outputShapes.indices.map { layer in operations.count { $0.layer <= layer } } : []
        let compiler = BlockCompiler(
            parameters: traits.training?.parameters ?? network.snapshot(), traits: traits, kernels: kernels)
        let blocks = compiler.compile(operations)
        self.blocks = blocks
        WorkerPool(threads: 1).run(pieces: blocks.count) { index, _ in blocks[index].derive() }
    }

    /// The most images that a plan can take at a time.
    var largestBatch: Int { blocks.map(\.largestBatch).min() ?? .max }
}

/// A network compiled to predict as it is now: a value that never changes, whatever becomes of the network.
///
/// Plans with room for any number of images share it, each with memory of its own, and may run at the same time.
package struct CompiledNetwork: Sendable {
    let blocks: NetworkBlocks

    /// Compiles a copy of a network's parameters.
    package init(_ network: Network, kernels: Kernels = .best) {
        blocks = NetworkBlocks(network, traits: PlanTraits(), kernels: kernels)
    }
}
