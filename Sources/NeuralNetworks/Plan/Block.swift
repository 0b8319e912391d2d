import Compute

/// What one step does: an operation, or a chain of operations that has a fused form, with what it derives from the
/// parameters.
struct Block: Sendable {
    enum Kind {
        case contraction(ContractionGeometry, ContractionWeights)
        /// Batch normalisation with the batch's statistics.
        case batchNorm(BatchNorm, slots: [ParameterLayout.Slot], hasRelu: Bool, TrainingMemory)
        /// Batch normalisation with the moving statistics.
        case affine(ChannelAffine, hasRelu: Bool)
        case maxPool(Window)
        case averagePool(Window)
        case activation(ActivationFunction)
        case dropout(rate: Float, layer: Int, BatchIdentity)
        /// All pixels become channels of one pixel, which moves nothing.
        case reshape
        case ensemble([Member])
    }

    /// One network of an ensemble.
    struct Member {
        /// The part of the ensemble's input that it reads.
        let input: Extent
        let blocks: [Block]
    }

    let kind: Kind
    let output: Extent
}

extension Block {
    /// Whether the input's gradient can take the place of the output's while it is computed: the two have one extent, and
    /// what is read of the latter is read before it is overwritten.
    var computesGradientInPlace: Bool {
        switch kind {
        case .batchNorm, .affine, .activation, .dropout: true
        case .contraction, .maxPool, .averagePool, .reshape, .ensemble: false
        }
    }

    /// The most images that its steps can take at a time.
    var largestBatch: Int {
        switch kind {
        case .contraction(let geometry, _): geometry.largestBatch
        case .ensemble(let members): members.flatMap(\.blocks).map(\.largestBatch).min() ?? .max
        case .batchNorm, .affine, .maxPool, .averagePool, .activation, .dropout, .reshape: .max
        }
    }

    /// Derives from the parameters what it derives; before it is shared, and once.
    func derive() {
        switch kind {
        case .contraction(let geometry, let weights):
            for panel in 0..<geometry.panels { weights.update(panel: panel) }
        case .affine(let affine, _): affine.update(0..<output.channels)
        case .ensemble(let members):
            for block in members.flatMap(\.blocks) { block.derive() }
        case .batchNorm, .maxPool, .averagePool, .activation, .dropout, .reshape: break
        }
    }
}
