import Compute

/// What one step does: an operation, or a chain of operations that has a fused form, with what it derives from the
/// parameters.
struct Block {
    enum Kind {
        case contraction(ContractionGeometry, ContractionWeights)
        /// Batch normalisation with the batch's statistics.
        case batchNorm(BatchNorm, slots: [ParameterLayout.Slot], hasRelu: Bool)
        /// Batch normalisation with the moving statistics.
        case affine(ChannelAffine, hasRelu: Bool)
        case operation(Operation)
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

extension Block.Kind {
    /// Whether the input's gradient can take the place of the output's while it is computed: the two have one extent, and
    /// what is read of the latter is read before it is overwritten.
    var computesGradientInPlace: Bool {
        switch self {
        case .batchNorm, .affine, .operation(.activation), .operation(.dropout): true
        case .contraction, .operation, .ensemble: false
        }
    }
}

/// Turns placed operations into blocks.
struct BlockCompiler {
    let network: Network
    let mode: Plan.Mode
    let kernels: Kernels

    func compile(_ operations: [PlacedOperation]) -> [Block] {
        var blocks: [Block] = []
        var inputHasGradient = mode.differentiatesInput
        var rest = operations[...]
        while let next = rest.first {
            switch next.operation {
            case .contraction(let window, let weight, let bias):
                let chain = ContractionChain(
                    mode.keepsLayersApart ? rest.prefix(1) : rest, takesBatchNorm: !mode.isTraining)
                let geometry = ContractionGeometry(
                    input: next.input, convolved: next.output, output: chain.output, window: window,
                    hasRelu: chain.hasRelu, isPooled: chain.isPooled, servesBackward: mode.hasGradients,
                    blockWidth: kernels.blockWidth)
                let batchNorm = chain.batchNorm.map {
                    ChannelAffine($0.layer, slots: $0.slots, bias: bias, parameters: network.parameters)
                }
                rest = rest.dropFirst(chain.length)
                let weights = ContractionWeights(
                    geometry: geometry, weight: weight, bias: bias, batchNorm: batchNorm,
                    biasCancels: mode.isTraining && !chain.hasRelu
                        && rest.first?.operation.isBatchNorm == true,
                    parameters: network.parameters, servesBackward: inputHasGradient, kernels: kernels)
                blocks.append(Block(kind: .contraction(geometry, weights), output: chain.output))
            case .batchNorm(let layer, let slots):
                rest = rest.dropFirst()
                let hasRelu = !mode.keepsLayersApart && rest.first?.operation == .activation(.relu)
                if hasRelu { rest = rest.dropFirst() }
                let kind: Block.Kind =
                    mode.isTraining
                    ? .batchNorm(layer, slots: slots, hasRelu: hasRelu)
                    : .affine(
                        ChannelAffine(layer, slots: slots, bias: nil, parameters: network.parameters),
                        hasRelu: hasRelu)
                blocks.append(Block(kind: kind, output: next.output))
            case .ensemble(let members):
                let members = members.map { Block.Member(input: $0[0].input, blocks: compile($0)) }
                blocks.append(Block(kind: .ensemble(members), output: next.output))
                rest = rest.dropFirst()
            default:
                blocks.append(Block(kind: .operation(next.operation), output: next.output))
                rest = rest.dropFirst()
            }
            if next.operation != .flatten { inputHasGradient = mode.hasGradients }
        }
        return blocks
    }
}

/// A contraction and what follows it that one step can do: ReLU, a 2×2 max-pool with stride 2, or both in any order.
///
/// Without training, a batch normalisation right after the contraction becomes part of its weights and bias. One after
/// a pool or a ReLU does not: neither commutes with a negative scale.
struct ContractionChain {
    private(set) var batchNorm: (layer: BatchNorm, slots: [ParameterLayout.Slot])?
    private(set) var hasRelu = false
    private(set) var isPooled = false
    private(set) var output: Extent
    /// Number of operations taken.
    private(set) var length = 1

    init(_ operations: ArraySlice<PlacedOperation>, takesBatchNorm: Bool) {
        output = operations.first!.output
        for next in operations.dropFirst() {
            switch next.operation {
            case .batchNorm(let layer, let slots) where takesBatchNorm && length == 1:
                batchNorm = (layer, slots)
            case .activation(.relu) where !hasRelu:
                hasRelu = true
            case .maxPool(let window) where !isPooled && Self.isFused(window, next):
                isPooled = true
            default:
                return
            }
            output = next.output
            length += 1
        }
    }

    private static func isFused(_ window: Window, _ placed: PlacedOperation) -> Bool {
        window.rows == 2 && window.columns == 2 && window.strideRows == 2 && window.strideColumns == 2
            && window.paddingTop == 0 && window.paddingLeft == 0
            && placed.input.rows == 2 * placed.output.rows
            && placed.input.columns == 2 * placed.output.columns
    }
}
