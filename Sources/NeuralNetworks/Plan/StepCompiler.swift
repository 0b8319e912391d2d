import Compute

/// Turns blocks into steps with memory for a batch.
struct StepCompiler {
    let network: Network
    let mode: Plan.Mode
    let setting: PlanSetting
    /// Nil where nothing is trained.
    let gradients: FloatBuffer?
    let batch: BatchIdentity

    /// - Returns: The steps, and the values between them: the input, then each block's output.
    func compile(_ blocks: [Block], from input: Value) -> (steps: [any Step], values: [Value]) {
        var steps: [any Step] = []
        var values = [input]
        for block in blocks {
            let value = values[values.count - 1]
            if case .operation(.flatten) = block.kind {
                values.append(Value(value, reshapedTo: block.output))
                continue
            }
            let sharesGradient =
                block.kind.computesGradientInPlace && value.hasGradient && !mode.keepsLayersApart
            let output =
                sharesGradient
                ? Value(sharingGradientOf: value, capacity: setting.capacity)
                : Value(block.output, capacity: setting.capacity, hasGradient: mode.hasGradients)
            steps.append(step(block.kind, input: value, output: output))
            values.append(output)
        }
        return (steps, values)
    }

    private func step(_ kind: Block.Kind, input: Value, output: Value) -> any Step {
        switch kind {
        case .contraction(let geometry, let weights)
        where PlaneConvolutionStep.fits(geometry) && !input.hasGradient:
            PlaneConvolutionStep(
                geometry: geometry, input: input, output: output, weights: weights, gradients: gradients,
                setting: setting)
        case .contraction(let geometry, let weights):
            ContractionStep(
                geometry: geometry, input: input, output: output, weights: weights, gradients: gradients,
                setting: setting)
        case .batchNorm(let layer, let slots, let hasRelu):
            BatchNormStep(
                layer, slots: slots, hasRelu: hasRelu, input: input, output: output,
                parameters: network.parameters, gradients: gradients!, setting: setting)
        case .affine(let affine, let hasRelu):
            AffineStep(affine, hasRelu: hasRelu, input: input, output: output, setting: setting)
        case .operation(let operation):
            step(operation, input: input, output: output)
        case .ensemble(let members):
            EnsembleStep(members: members.map(member), input: input, output: output)
        }
    }

    private func member(_ member: Block.Member) -> EnsembleStep.Member {
        let input = Value(member.input, capacity: setting.capacity, hasGradient: mode.differentiatesInput)
        let (steps, values) = compile(member.blocks, from: input)
        return EnsembleStep.Member(input: input, steps: steps, output: values[values.count - 1])
    }

    private func step(_ operation: Operation, input: Value, output: Value) -> any Step {
        switch operation {
        case .maxPool(let window):
            PoolingStep(window: window, isMaximum: true, input: input, output: output, setting: setting)
        case .averagePool(let window):
            PoolingStep(window: window, isMaximum: false, input: input, output: output, setting: setting)
        case .activation(let function):
            ActivationStep(function, input: input, output: output, setting: setting)
        case .dropout(let rate, let layer):
            DropoutStep(
                rate: rate, layer: layer, input: input, output: output, batch: batch, setting: setting)
        case .contraction, .batchNorm, .flatten, .ensemble:
            preconditionFailure("\(operation) is compiled by a rule of its own.")
        }
    }
}
