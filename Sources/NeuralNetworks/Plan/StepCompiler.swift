import Compute

/// Turns blocks into steps with memory for a batch.
struct StepCompiler {
    let traits: PlanTraits
    let setting: PlanSetting

    /// - Returns: The steps, and the values between them: the input, then each block's output.
    func compile(_ blocks: [Block], from input: Value) -> (steps: [any Step], values: [Value]) {
        var steps: [any Step] = []
        var values = [input]
        for block in blocks {
            let input = values[values.count - 1]
            let output = output(of: block, input: input)
            values.append(output)
            if let step = step(block.kind, input: input, output: output) { steps.append(step) }
        }
        return (steps, values)
    }

    private func output(of block: Block, input: Value) -> Value {
        if case .reshape = block.kind { return Value(input, reshapedTo: block.output) }
        if block.computesGradientInPlace && input.hasGradient && !traits.keepsLayersApart {
            return Value(sharingGradientOf: input, capacity: setting.capacity)
        }
        return Value(block.output, capacity: setting.capacity, hasGradient: traits.hasGradients)
    }

    /// - Returns: nil where there is nothing to do.
    private func step(_ kind: Block.Kind, input: Value, output: Value) -> (any Step)? {
        switch kind {
        case .contraction(let geometry, let weights)
        where PlaneConvolutionStep.fits(geometry) && !input.hasGradient:
            PlaneConvolutionStep(
                geometry: geometry, input: input, output: output, weights: weights,
                gradients: traits.training?.gradients, setting: setting)
        case .contraction(let geometry, let weights):
            ContractionStep(
                geometry: geometry, input: input, output: output, weights: weights,
                gradients: traits.training?.gradients, setting: setting)
        case .batchNorm(let layer, let slots, let hasRelu, let training):
            BatchNormStep(
                layer, slots: slots, hasRelu: hasRelu, input: input, output: output, training: training,
                setting: setting)
        case .affine(let affine, let hasRelu):
            AffineStep(affine, hasRelu: hasRelu, input: input, output: output, setting: setting)
        case .maxPool(let window):
            PoolingStep(window: window, isMaximum: true, input: input, output: output, setting: setting)
        case .averagePool(let window):
            PoolingStep(window: window, isMaximum: false, input: input, output: output, setting: setting)
        case .activation(let function):
            ActivationStep(function, input: input, output: output, setting: setting)
        case .dropout(let rate, let layer, let identity):
            DropoutStep(
                rate: rate, layer: layer, input: input, output: output, identity: identity, setting: setting)
        case .reshape:
            nil
        case .ensemble(let members):
            EnsembleStep(members: members.map(member), input: input, output: output)
        }
    }

    private func member(_ member: Block.Member) -> EnsembleStep.Member {
        let input = Value(
            member.input, capacity: setting.capacity, hasGradient: traits.differentiatesInput)
        let (steps, values) = compile(member.blocks, from: input)
        return EnsembleStep.Member(input: input, steps: steps, output: values[values.count - 1])
    }
}
