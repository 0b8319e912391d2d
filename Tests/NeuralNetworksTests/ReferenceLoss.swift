import Compute
import NeuralNetworks

func exponential(_ x: Double) -> Double { Double.exp(x) }

func softmax(_ x: [Double]) -> [Double] {
    let largest = x.max()!
    let powers = x.map { Double.exp($0 - largest) }
    return powers.map { $0 / powers.reduce(0, +) }
}

extension ReferenceNetwork {
    /// The mean loss of a batch and the positions of its outputs, by each loss's definition in Keras.
    func loss(_ outputs: [[Double]], _ truth: Batch.Truth, _ loss: Loss, branches: inout Branches) -> Double {
        var sum = 0.0
        let shape = network.outputShape
        let width = loss == .meanSquaredError ? shape.count : shape[shape.rank - 1]
        for (image, output) in outputs.enumerated() {
            let target = target(truth, image, output.count)
            for first in stride(from: 0, to: output.count, by: width) {
                sum += Self.loss(
                    Array(output[first..<first + width]), Array(target[first..<first + width]), loss,
                    endsInSoftmax, &branches)
            }
        }
        return sum / Double(outputs.count * (shape.count / width))
    }

    /// Whether Keras would go back from the output to the logits.
    private var endsInSoftmax: Bool {
        switch network.description.layers.last {
        case let layer as Dense: layer.activation == .softmax
        case let layer as Conv2D: layer.activation == .softmax
        case let layer as Activation: layer.function == .softmax
        default: false
        }
    }

    private func target(_ truth: Batch.Truth, _ image: Int, _ count: Int) -> [Double] {
        switch truth {
        case .classes(let classes): (0..<count).map { $0 == classes[image] ? 1 : 0 }
        case .values(let values): values[image].map(Double.init)
        }
    }

    private static func loss(
        _ output: [Double], _ target: [Double], _ loss: Loss, _ endsInSoftmax: Bool,
        _ branches: inout Branches
    ) -> Double {
        let probabilities: [Double]
        switch loss {
        case .meanSquaredError:
            return zip(output, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(output.count)
        case .sparseCategoricalCrossentropyFromLogits, .categoricalCrossentropyFromLogits:
            probabilities = softmax(output)
        case .sparseCategoricalCrossentropy where endsInSoftmax, .categoricalCrossentropy where endsInSoftmax:
            probabilities = output
        case .sparseCategoricalCrossentropy:
            let cut = cut(output, &branches)
            probabilities = cut.map { $0 / cut.reduce(0, +) }
        case .categoricalCrossentropy:
            probabilities = cut(output.map { $0 / output.reduce(0, +) }, &branches)
        }
        return -zip(probabilities, target).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.1 * Double.log($1.0)) }
    }

    private static func cut(_ probabilities: [Double], _ branches: inout Branches) -> [Double] {
        probabilities.map {
            branches.record(
                $0 < 1e-7 ? 0 : $0 > 1 - 1e-7 ? 1 : 2, margin: min(abs($0 - 1e-7), abs($0 - 1 + 1e-7)))
            return min(max($0, 1e-7), 1 - 1e-7)
        }
    }
}
