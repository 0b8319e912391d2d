import Tensors

/// A window moving over rows and columns, with the padding already in numbers.
struct Window: Hashable {
    var rows: Int
    var columns: Int
    var strideRows: Int
    var strideColumns: Int
    var paddingTop: Int
    var paddingLeft: Int

    init(size: [Int], stride: [Int], padding: Padding, input: Shape) {
        rows = size[0]
        columns = size[1]
        strideRows = stride[0]
        strideColumns = stride[1]
        paddingTop = padding.before(input: input[0], window: size[0], stride: stride[0])
        paddingLeft = padding.before(input: input[1], window: size[1], stride: stride[1])
    }

    /// The whole of a value at once.
    init(covering extent: Extent) {
        rows = extent.rows
        columns = extent.columns
        strideRows = 1
        strideColumns = 1
        paddingTop = 0
        paddingLeft = 0
    }

    /// Rows and columns of padded input that the first `output` windows read.
    func reach(output: Extent) -> (rows: Int, columns: Int) {
        ((output.rows - 1) * strideRows + rows, (output.columns - 1) * strideColumns + columns)
    }
}

/// What a layer comes down to. One layer can be two operations (`Conv2D` with an activation) or, for `Flatten`, no computation at all.
enum Operation: Hashable {
    /// Convolution, or a dense layer as a convolution of a 1×1 picture.
    case contraction(Window, weight: ParameterLayout.Slot, bias: ParameterLayout.Slot?)
    case maxPool(Window)
    case averagePool(Window)
    case batchNorm(BatchNorm, slots: [ParameterLayout.Slot])
    case dropout(rate: Float, layer: Int)
    case activation(ActivationFunction)
    /// All pixels become channels of one pixel.
    case flatten

    var isBatchNorm: Bool {
        if case .batchNorm = self { true } else { false }
    }

    var isDropout: Bool {
        if case .dropout = self { true } else { false }
    }
}

/// An operation with the extents of what it reads and writes.
struct PlacedOperation {
    /// Number of the layer that it is a part of, from 0.
    var layer: Int
    var operation: Operation
    var input: Extent
    var output: Extent
}

extension Network {
    /// The layers as operations, each on its full extents.
    func operations() -> [PlacedOperation] {
        var placed: [PlacedOperation] = []
        for (index, layer) in description.layers.enumerated() {
            let input = index == 0 ? inputShape : outputShapes[index - 1]
            let output = Extent(outputShapes[index])
            var activation: ActivationFunction?
            var operation: Operation
            switch layer {
            case let layer as Conv2D:
                operation = contraction(
                    Window(
                        size: layer.kernelSize, stride: layer.stride, padding: layer.padding, input: input),
                    layer: index)
                activation = layer.activation
            case let layer as Dense:
                operation = contraction(
                    Window(covering: Extent(rows: 1, columns: 1, channels: 1)), layer: index)
                activation = layer.activation
            case let layer as MaxPool2D:
                operation = .maxPool(
                    Window(size: layer.size, stride: layer.stride, padding: layer.padding, input: input))
            case let layer as AveragePool2D:
                operation = .averagePool(
                    Window(size: layer.size, stride: layer.stride, padding: layer.padding, input: input))
            case is GlobalAveragePool2D:
                operation = .averagePool(Window(covering: Extent(input)))
            case let layer as BatchNorm:
                operation = .batchNorm(layer, slots: layout.slots(ofLayer: index))
            case let layer as Dropout:
                operation = .dropout(rate: layer.rate, layer: index)
            case let layer as Activation:
                operation = .activation(layer.function)
            case is Flatten:
                operation = .flatten
            default:
                preconditionFailure("No plan is known for the layer \(type(of: layer).kind).")
            }
            placed.append(
                PlacedOperation(layer: index, operation: operation, input: Extent(input), output: output))
            if let activation {
                placed.append(
                    PlacedOperation(
                        layer: index, operation: .activation(activation), input: output, output: output))
            }
        }
        return placed
    }

    private func contraction(_ window: Window, layer: Int) -> Operation {
        let slots = layout.slots(ofLayer: layer)
        return .contraction(window, weight: slots[0], bias: slots.dropFirst().first)
    }
}

extension [PlacedOperation] {
    /// Shrinks every extent to what reaches the network's output.
    ///
    /// Pools that round down leave rows and columns out; what those would have read need not exist either, nor what
    /// that was computed from. Walking backwards from the output, each operation asks its predecessor for just the
    /// rows and columns that it reads. The result is exact for any network.
    /// - Parameter training: Batch statistics need the whole batch norm input, so what follows it gets the whole too.
    func shrunkToNeeded(training: Bool) -> [PlacedOperation] {
        let isWhole = wholeOutputs(training: training)
        var result = self
        var needed = self[count - 1].output
        for index in indices.reversed() {
            let full = self[index].input
            result[index].output = needed
            switch self[index].operation {
            case .contraction(let window, _, _), .maxPool(let window), .averagePool(let window):
                let reach = window.reach(output: needed)
                needed = Extent(
                    rows: Swift.min(full.rows, reach.rows - window.paddingTop),
                    columns: Swift.min(full.columns, reach.columns - window.paddingLeft),
                    channels: full.channels)
            case .batchNorm where training, .flatten:
                needed = full
            case .batchNorm, .dropout, .activation:
                break
            }
            if index > 0, isWhole[index - 1] { needed = full }
            result[index].input = needed
        }
        return result
    }

    /// Which operations write their whole output in any case: batch norms in training, and what works element by
    /// element on such an output.
    private func wholeOutputs(training: Bool) -> [Bool] {
        var isWhole = false
        return map { placed in
            switch placed.operation {
            case .batchNorm: isWhole = isWhole || training
            case .dropout, .activation: break
            case .contraction, .maxPool, .averagePool, .flatten: isWhole = false
            }
            return isWhole
        }
    }
}
