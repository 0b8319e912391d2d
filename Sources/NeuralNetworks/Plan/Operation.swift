import Compute

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
    /// Networks side by side, and the mean of their outputs.
    case ensemble([[PlacedOperation]])

    var isBatchNorm: Bool {
        if case .batchNorm = self { true } else { false }
    }

    var isEnsemble: Bool {
        if case .ensemble = self { true } else { false }
    }
}

/// An operation with the extents of what it reads and writes.
struct PlacedOperation: Hashable {
    /// Number of the layer that it is a part of, from 0.
    var layer: Int
    var operation: Operation
    var input: Extent
    var output: Extent
}

extension Network {
    /// The layers as operations, each on its full extents.
    func operations() -> [PlacedOperation] {
        description.operations(input: inputShape, outputs: outputShapes, slots: layout.slots)
    }
}

extension Sequential {
    /// The layers as operations, each on its full extents.
    /// - Parameters:
    ///   - outputs: The shape after each layer.
    ///   - slots: Where the layers' parameters lie.
    fileprivate func operations(
        input networkInput: Shape, outputs: [Shape], slots: [ParameterLayout.Slot]
    ) -> [PlacedOperation] {
        var placed: [PlacedOperation] = []
        for (index, layer) in layers.enumerated() {
            let input = index == 0 ? networkInput : outputs[index - 1]
            let output = Extent(outputs[index])
            let slots = slots.filter { $0.layer == index }
            var activation: ActivationFunction?
            var operation: Operation
            switch layer {
            case let layer as Conv2D:
                operation = contraction(
                    Window(
                        size: layer.kernelSize, stride: layer.stride, padding: layer.padding, input: input),
                    slots)
                activation = layer.activation
            case let layer as Dense:
                operation = contraction(
                    Window(covering: Extent(rows: 1, columns: 1, channels: 1)), slots)
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
                operation = .batchNorm(layer, slots: slots)
            case let layer as Dropout:
                operation = .dropout(rate: layer.rate, layer: index)
            case let layer as Activation:
                operation = .activation(layer.function)
            case is Flatten:
                operation = .flatten
            case let layer as Ensemble:
                operation = .ensemble(layer.operations(input: input, slots: slots))
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

    private func contraction(_ window: Window, _ slots: [ParameterLayout.Slot]) -> Operation {
        .contraction(window, weight: slots[0], bias: slots.dropFirst().first)
    }
}

extension Ensemble {
    /// Each member's layers as operations, with their parameters where those of the ensemble lie.
    fileprivate func operations(input: Shape, slots: [ParameterLayout.Slot]) -> [[PlacedOperation]] {
        let places = Dictionary(uniqueKeysWithValues: slots.map { ($0.description.name, $0.offset) })
        return members.enumerated().map { number, member in
            let own = self.slots(ofMember: number, input: input).map { slot in
                ParameterLayout.Slot(
                    name: slot.name, description: slot.description, layer: slot.layer,
                    offset: places[Self.name(slot, ofMember: number)]!)
            }
            guard let outputs = try? member.outputShapes(for: input) else {
                preconditionFailure("Operations are asked for only where the input fits.")
            }
            return member.operations(input: input, outputs: outputs, slots: own)
        }
    }
}

extension [PlacedOperation] {
    /// The same without dropout, which does nothing outside of training.
    func withoutDropout() -> Self {
        compactMap { placed in
            var placed = placed
            switch placed.operation {
            case .dropout: return nil
            case .ensemble(let members): placed.operation = .ensemble(members.map { $0.withoutDropout() })
            default: break
            }
            return placed
        }
    }

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
            case .ensemble(let members):
                let shrunk = members.map { $0.shrunkToNeeded(training: training) }
                result[index].operation = .ensemble(shrunk)
                needed = Extent(
                    rows: shrunk.map { $0[0].input.rows }.max()!,
                    columns: shrunk.map { $0[0].input.columns }.max()!, channels: full.channels)
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
            case .contraction, .maxPool, .averagePool, .flatten, .ensemble: isWhole = false
            }
            return isWhole
        }
    }
}
