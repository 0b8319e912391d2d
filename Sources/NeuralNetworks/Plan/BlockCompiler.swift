import Compute

/// Turns placed operations into blocks.
struct BlockCompiler {
    let parameters: FloatBuffer
    let traits: PlanTraits
    let kernels: Kernels

    func compile(_ operations: [PlacedOperation]) -> [Block] {
        var blocks: [Block] = []
        var inputHasGradient = traits.differentiatesInput
        var rest = operations[...]
        while let next = rest.popFirst() {
            var output = next.output
            let kind: Block.Kind
            switch next.operation {
            case .contraction(let window, let weight, let bias):
                let chain = ContractionChain(
                    next, followedBy: traits.keepsLayersApart ? [] : rest,
                    takesBatchNorm: traits.training == nil)
                rest = rest.dropFirst(chain.length)
                output = chain.output
                kind = contraction(
                    next, window, weight: weight, bias: bias, chain,
                    biasCancels: traits.training != nil && !chain.hasRelu
                        && rest.first?.operation.isBatchNorm == true,
                    inputHasGradient: inputHasGradient)
            case .batchNorm(let layer, let slots):
                let hasRelu = !traits.keepsLayersApart && rest.first?.operation == .activation(.relu)
                if hasRelu { rest = rest.dropFirst() }
                kind = batchNorm(layer, slots, hasRelu: hasRelu)
            case .maxPool(let window): kind = .maxPool(window)
            case .averagePool(let window): kind = .averagePool(window)
            case .activation(let function): kind = .activation(function)
            case .dropout(let rate, let layer):
                // Outside of training nothing is dropped.
                guard let training = traits.training else { continue }
                kind = .dropout(rate: rate, layer: layer, training.identity)
            case .flatten: kind = .reshape
            case .ensemble(let members):
                kind = .ensemble(
                    members.map { Block.Member(input: $0[0].input, blocks: compile($0)) })
            }
            blocks.append(Block(kind: kind, output: output))
            if next.operation != .flatten { inputHasGradient = traits.hasGradients }
        }
        return blocks
    }

    private func contraction(
        _ placed: PlacedOperation, _ window: Window, weight: ParameterLayout.Slot,
        bias: ParameterLayout.Slot?, _ chain: ContractionChain, biasCancels: Bool, inputHasGradient: Bool
    ) -> Block.Kind {
        let geometry = ContractionGeometry(
            input: placed.input, convolved: placed.output, output: chain.output, window: window,
            hasRelu: chain.hasRelu, isPooled: chain.isPooled, servesBackward: traits.hasGradients,
            blockWidth: kernels.blockWidth)
        let batchNorm = chain.batchNorm.map {
            ChannelAffine($0.layer, slots: $0.slots, bias: bias, parameters: parameters)
        }
        let weights = ContractionWeights(
            geometry: geometry, weight: weight, bias: bias, batchNorm: batchNorm, biasCancels: biasCancels,
            parameters: parameters, servesBackward: inputHasGradient, kernels: kernels)
        return .contraction(geometry, weights)
    }

    private func batchNorm(
        _ layer: BatchNorm, _ slots: [ParameterLayout.Slot], hasRelu: Bool
    ) -> Block.Kind {
        if let training = traits.training {
            return .batchNorm(layer, slots: slots, hasRelu: hasRelu, training)
        }
        let affine = ChannelAffine(layer, slots: slots, bias: nil, parameters: parameters)
        return .affine(affine, hasRelu: hasRelu)
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
    /// Number of operations taken behind the contraction.
    private(set) var length = 0

    init(
        _ contraction: PlacedOperation, followedBy operations: ArraySlice<PlacedOperation>,
        takesBatchNorm: Bool
    ) {
        output = contraction.output
        for next in operations {
            switch next.operation {
            case .batchNorm(let layer, let slots) where takesBatchNorm && length == 0:
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
