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
struct PlacedOperation: Hashable, Sendable {
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

    /// Whether the outputs lie between 0 and 1: a softmax or a sigmoid is the last that computes more than a pool does.
    package var givesProbabilities: Bool {
        for placed in operations().reversed() {
            switch placed.operation {
            case .maxPool, .averagePool, .dropout, .flatten: continue
            case .activation(let function): return function == .softmax || function == .sigmoid
            case .contraction, .batchNorm, .ensemble: return false
            }
        }
        return false
    }
}

extension Sequential {
    /// The layers as operations, each on its full extents.
    /// - Parameters:
    ///   - outputs: The shape after each layer.
    ///   - slots: Where the layers' parameters lie.
    func operations(
        input: Shape, outputs: [Shape], slots: [ParameterLayout.Slot]
    ) -> [PlacedOperation] {
        layers.enumerated().flatMap { index, layer in
            let place = LayerPlace(
                index: index, input: index == 0 ? input : outputs[index - 1], output: outputs[index],
                slots: slots.filter { $0.layer == index })
            return layer.operations(at: place).placed
        }
    }
}

extension Operation {
    /// What it is outside of training; nil where that is nothing.
    fileprivate var outsideOfTraining: Operation? {
        switch self {
        case .dropout: nil
        case .ensemble(let members): .ensemble(members.map { $0.outsideOfTraining() })
        case .contraction, .maxPool, .averagePool, .batchNorm, .activation, .flatten: self
        }
    }

    /// What it is where no more than the upper left part of its output is needed, and the part of its input that it then
    /// reads.
    /// - Parameters:
    ///   - needed: The part of the output.
    ///   - full: The whole input.
    ///   - training: Batch statistics are over all of the input.
    fileprivate func shrunk(
        to needed: Extent, from full: Extent, training: Bool
    ) -> (operation: Operation, input: Extent) {
        switch self {
        case .contraction(let window, _, _), .maxPool(let window), .averagePool(let window):
            let reach = window.reach(output: needed)
            let input = Extent(
                rows: min(full.rows, reach.rows - window.paddingTop),
                columns: min(full.columns, reach.columns - window.paddingLeft), channels: full.channels)
            return (self, input)
        case .batchNorm: return (self, training ? full : needed)
        case .dropout, .activation: return (self, needed)
        case .flatten: return (self, full)
        case .ensemble(let members):
            let shrunk = members.map { $0.shrunkToNeeded(training: training) }
            let input = Extent(
                rows: shrunk.map { $0[0].input.rows }.max()!,
                columns: shrunk.map { $0[0].input.columns }.max()!, channels: full.channels)
            return (.ensemble(shrunk), input)
        }
    }

    /// Whether it writes its whole output, whatever part of it is needed: batch norms in training, and what works element
    /// by element on an input that is whole.
    fileprivate func writesWhole(fromWhole isWhole: Bool, training: Bool) -> Bool {
        switch self {
        case .batchNorm: isWhole || training
        case .dropout, .activation: isWhole
        case .contraction, .maxPool, .averagePool, .flatten, .ensemble: false
        }
    }
}

extension [PlacedOperation] {
    /// The same outside of training, where dropout does nothing.
    func outsideOfTraining() -> Self {
        compactMap { placed in
            placed.operation.outsideOfTraining.map { operation in
                var placed = placed
                placed.operation = operation
                return placed
            }
        }
    }

    /// Shrinks every extent to what reaches the network's output.
    ///
    /// Pools that round down leave rows and columns out; what those would have read need not exist either, nor what
    /// that was computed from. Walking backwards from the output, each operation asks its predecessor for just the
    /// rows and columns that it reads. The result is exact for any network.
    /// - Parameter training: Batch statistics need the whole batch norm input, so what follows it gets the whole too.
    func shrunkToNeeded(training: Bool) -> [PlacedOperation] {
        var isWhole = false
        let areWhole = map { placed in
            isWhole = placed.operation.writesWhole(fromWhole: isWhole, training: training)
            return isWhole
        }
        var result = self
        var needed = self[count - 1].output
        for index in indices.reversed() {
            let full = self[index].input
            result[index].output = needed
            (result[index].operation, needed) = self[index].operation.shrunk(
                to: needed, from: full, training: training)
            if index > 0, areWhole[index - 1] { needed = full }
            result[index].input = needed
        }
        return result
    }
}
