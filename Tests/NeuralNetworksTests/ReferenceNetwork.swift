import Compute
import NeuralNetworks

/// A network in Double, written as its definition says: every layer on its whole input, one after the other, in plain
/// loops. It shares nothing with the engine but the parameters, the shapes and the random numbers of dropout.
struct ReferenceNetwork {
    let network: Network
    var parameters: [String: [Double]]
    let isTraining: Bool
    var seed: UInt64 = 3
    var epoch = 2

    init(_ network: Network, isTraining: Bool) {
        self.network = network
        self.isTraining = isTraining
        parameters = network.namedParameters.mapValues { $0.map(Double.init) }
    }

    /// Which side of each kink the values are on, and how near they come to one.
    struct Branches {
        private(set) var signature: UInt64 = 14_695_981_039_346_656_037
        private(set) var smallestMargin = Double.infinity

        /// Records a choice and by how much it was made.
        mutating func record(_ choice: Int, margin: Double) {
            signature = (signature ^ UInt64(choice)) &* 1_099_511_628_211
            smallestMargin = min(smallestMargin, margin)
        }
    }

    /// The output of every layer from `first` on, `[layers][N][elements]`, for the input of that layer.
    func forward(
        _ input: [[Double]], samples: [Int], from first: Int = 0, branches: inout Branches
    ) -> [[[Double]]] {
        var values: [[[Double]]] = []
        for index in first..<network.description.layers.count {
            values.append(forward(layer: index, values.last ?? input, samples, &branches))
        }
        return values
    }

    private func forward(
        layer index: Int, _ x: [[Double]], _ samples: [Int], _ branches: inout Branches
    ) -> [[Double]] {
        let shape = index == 0 ? network.inputShape : network.outputShapes[index - 1]
        let output = network.outputShapes[index]
        let name = network.description.layerNames[index]
        switch network.description.layers[index] {
        case let layer as Conv2D:
            let weight = parameters["\(name).weight"]!
            let bias = parameters["\(name).bias"]
            return x.map {
                let y = Self.convolution($0, shape, layer, weight, bias, output)
                return Self.activation(layer.activation, y, channels: layer.filters, &branches)
            }
        case let layer as Dense:
            let weight = parameters["\(name).weight"]!
            let bias = parameters["\(name).bias"]
            return x.map {
                let y = Self.dense($0, weight, bias, units: layer.units)
                return Self.activation(layer.activation, y, channels: layer.units, &branches)
            }
        case let layer as MaxPool2D:
            let windows = Self.windows(shape, layer.size, layer.stride, layer.padding, output)
            return x.map { Self.maxPool($0, shape, windows, output, &branches) }
        case let layer as AveragePool2D:
            let windows = Self.windows(shape, layer.size, layer.stride, layer.padding, output)
            return x.map { Self.averagePool($0, shape, windows, output) }
        case is GlobalAveragePool2D:
            return x.map { Self.averagePool($0, shape, [Array(0..<shape[0] * shape[1])], output) }
        case let layer as BatchNorm:
            return batchNorm(x, layer, name)
        case let layer as Dropout:
            return isTraining ? zip(x, samples).map { dropout($0, layer, index, sample: $1) } : x
        case let layer as Activation:
            return x.map { Self.activation(layer.function, $0, channels: shape[shape.rank - 1], &branches) }
        case is Flatten:
            return x
        case let layer:
            preconditionFailure("The reference has no layer \(type(of: layer).kind).")
        }
    }
}

// MARK: - Layers

extension ReferenceNetwork {
    /// Rows (or columns) before the first, by TensorFlow's definition.
    private static func paddingBefore(_ padding: Padding, _ input: Int, _ window: Int, _ stride: Int) -> Int {
        guard padding == .same else { return 0 }
        let output = (input + stride - 1) / stride
        return max((output - 1) * stride + window - input, 0) / 2
    }

    private static func convolution(
        _ x: [Double], _ shape: Shape, _ layer: Conv2D, _ weight: [Double], _ bias: [Double]?, _ output: Shape
    ) -> [Double] {
        let top = paddingBefore(layer.padding, shape[0], layer.kernelSize[0], layer.stride[0])
        let left = paddingBefore(layer.padding, shape[1], layer.kernelSize[1], layer.stride[1])
        let channels = shape[2]
        var y = [Double](repeating: 0, count: output.count)
        for row in 0..<output[0] {
            for column in 0..<output[1] {
                for filter in 0..<output[2] {
                    var sum = bias?[filter] ?? 0
                    for ky in 0..<layer.kernelSize[0] {
                        let inputRow = row * layer.stride[0] + ky - top
                        if inputRow < 0 || inputRow >= shape[0] { continue }
                        for kx in 0..<layer.kernelSize[1] {
                            let inputColumn = column * layer.stride[1] + kx - left
                            if inputColumn < 0 || inputColumn >= shape[1] { continue }
                            let tap = (filter * layer.kernelSize[0] + ky) * layer.kernelSize[1] + kx
                            let pixel = inputRow * shape[1] + inputColumn
                            for c in 0..<channels {
                                sum += weight[tap * channels + c] * x[pixel * channels + c]
                            }
                        }
                    }
                    y[(row * output[1] + column) * output[2] + filter] = sum
                }
            }
        }
        return y
    }

    private static func dense(_ x: [Double], _ weight: [Double], _ bias: [Double]?, units: Int) -> [Double] {
        (0..<units).map { unit in
            var sum = bias?[unit] ?? 0
            for (index, value) in x.enumerated() { sum += weight[unit * x.count + index] * value }
            return sum
        }
    }

    /// For each output pixel the pixels of its window that exist.
    private static func windows(
        _ shape: Shape, _ size: [Int], _ stride: [Int], _ padding: Padding, _ output: Shape
    ) -> [[Int]] {
        let top = paddingBefore(padding, shape[0], size[0], stride[0])
        let left = paddingBefore(padding, shape[1], size[1], stride[1])
        return (0..<output[0] * output[1]).map { place in
            let firstRow = place / output[1] * stride[0] - top
            let firstColumn = place % output[1] * stride[1] - left
            return (0..<size[0] * size[1]).compactMap { tap in
                let row = firstRow + tap / size[1]
                let column = firstColumn + tap % size[1]
                let exists = row >= 0 && row < shape[0] && column >= 0 && column < shape[1]
                return exists ? row * shape[1] + column : nil
            }
        }
    }

    private static func maxPool(
        _ x: [Double], _ shape: Shape, _ windows: [[Int]], _ output: Shape, _ branches: inout Branches
    ) -> [Double] {
        var y: [Double] = []
        for window in windows {
            for c in 0..<shape[2] {
                let values = window.map { x[$0 * shape[2] + c] }
                let best = values.max()!
                // Exact ties are units that ReLU has made 0 together: they stay together.
                let second = values.filter { $0 < best }.max() ?? -.infinity
                branches.record(values.firstIndex(of: best)!, margin: best - second)
                y.append(best)
            }
        }
        return y
    }

    private static func averagePool(
        _ x: [Double], _ shape: Shape, _ windows: [[Int]], _ output: Shape
    ) -> [Double] {
        windows.flatMap { window in
            (0..<shape[2]).map { c in
                window.reduce(0) { $0 + x[$1 * shape[2] + c] } / Double(window.count)
            }
        }
    }

    private func batchNorm(_ x: [[Double]], _ layer: BatchNorm, _ name: String) -> [[Double]] {
        let gamma = parameters["\(name).gamma"]!
        let beta = parameters["\(name).beta"]!
        let channels = gamma.count
        var y = x
        for c in 0..<channels {
            var mean = parameters["\(name).moving_mean"]![c]
            var variance = parameters["\(name).moving_variance"]![c]
            if isTraining {
                let values = x.flatMap { image in
                    stride(from: c, to: image.count, by: channels).map { image[$0] }
                }
                mean = values.reduce(0, +) / Double(values.count)
                variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            }
            let scale = gamma[c] / (variance + Double(layer.epsilon)).squareRoot()
            for image in x.indices {
                for index in stride(from: c, to: x[image].count, by: channels) {
                    y[image][index] = (x[image][index] - mean) * scale + beta[c]
                }
            }
        }
        return y
    }

    private func dropout(_ x: [Double], _ layer: Dropout, _ index: Int, sample: Int) -> [Double] {
        var random = CounterBasedRandom(seed: seed, purpose: .dropout, epoch * 1000 + index, sample)
        return x.map { random.nextUniform() < layer.rate ? 0 : $0 / (1 - Double(layer.rate)) }
    }

    private static func activation(
        _ function: ActivationFunction?, _ x: [Double], channels: Int, _ branches: inout Branches
    ) -> [Double] {
        switch function {
        case nil: return x
        case .relu:
            for value in x { branches.record(value > 0 ? 1 : 0, margin: value == 0 ? .infinity : abs(value)) }
            return x.map { max($0, 0) }
        case .leakyRelu(let slope):
            for value in x { branches.record(value > 0 ? 1 : 0, margin: value == 0 ? .infinity : abs(value)) }
            return x.map { $0 >= 0 ? $0 : Double(slope) * $0 }
        case .sigmoid: return x.map { 1 / (1 + exponential(-$0)) }
        case .tanh: return x.map { 1 - 2 / (exponential(2 * $0) + 1) }
        case .softmax:
            return stride(from: 0, to: x.count, by: channels).flatMap { first in
                softmax(Array(x[first..<first + channels]))
            }
        }
    }
}
