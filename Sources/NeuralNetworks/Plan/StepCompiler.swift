import Tensors

/// Turns placed operations into steps, taking chains that have a fused form as one.
struct StepCompiler {
    let network: Network
    let setting: PlanSetting
    let gradients: FloatBuffer?
    let isTraining: Bool
    let batch: BatchIdentity

    func compile(_ operations: [PlacedOperation], from input: Value) -> (steps: [any Step], output: Value) {
        var steps: [any Step] = []
        var value = input
        var rest = operations[...]
        while let next = rest.first {
            if case .flatten = next.operation {
                value = Value(value, reshapedTo: next.output)
                rest = rest.dropFirst()
                continue
            }
            if case .contraction(let window, let weight, let bias) = next.operation {
                let chain = ContractionChain(rest)
                let output = makeValue(chain.output)
                let geometry = ContractionGeometry(
                    input: next.input, convolved: next.output, output: chain.output, window: window,
                    isPooled: chain.isPooled, blockWidth: setting.kernels.blockWidth)
                let weights = ContractionWeights(
                    geometry: geometry, weight: weight, bias: bias, parameters: network.parameters,
                    servesBackward: value.hasGradient, kernels: setting.kernels)
                if PlaneConvolutionStep.fits(geometry), !value.hasGradient {
                    steps.append(
                        PlaneConvolutionStep(
                            geometry: geometry, hasRelu: chain.hasRelu, input: value, output: output,
                            weights: weights, gradients: gradients, setting: setting))
                } else {
                    steps.append(
                        ContractionStep(
                            geometry: geometry, hasRelu: chain.hasRelu, input: value, output: output,
                            weights: weights, gradients: gradients, setting: setting))
                }
                value = output
                rest = rest.dropFirst(chain.length)
                continue
            }
            if case .dropout = next.operation, !isTraining {
                rest = rest.dropFirst()
                continue
            }
            let output = makeValue(next.output)
            steps.append(step(next.operation, input: value, output: output))
            value = output
            rest = rest.dropFirst()
        }
        return (steps, value)
    }

    private func makeValue(_ extent: Extent) -> Value {
        Value(extent, capacity: setting.capacity, hasGradient: isTraining)
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
        case .batchNorm(let layer, let slots):
            if let gradients, isTraining {
                BatchNormStep(
                    layer, slots: slots, input: input, output: output, parameters: network.parameters,
                    gradients: gradients, setting: setting)
            } else {
                FixedBatchNormStep(
                    layer, slots: slots, input: input, output: output, parameters: network.parameters,
                    setting: setting)
            }
        case .contraction, .flatten:
            preconditionFailure("Contractions and flattening are compiled by their own rules.")
        }
    }
}

/// A contraction and what follows it that one step can do: ReLU, a 2×2 max-pool with stride 2, or both in any order.
struct ContractionChain {
    private(set) var hasRelu = false
    private(set) var isPooled = false
    private(set) var output: Extent
    /// Number of operations taken.
    private(set) var length = 1

    init(_ operations: ArraySlice<PlacedOperation>) {
        output = operations.first!.output
        for next in operations.dropFirst() {
            switch next.operation {
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
