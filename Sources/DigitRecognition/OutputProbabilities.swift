import Compute
import NeuralNetworks

/// How a network's outputs become the probabilities of a prediction.
///
/// With a temperature T they are `softmax(logits / T)`, or for a network that gives probabilities
/// `p^(1/T) / Σ p^(1/T)`, which is the same. A probability of 0 counts as 1.2e-38, as in `Temperature`.
struct OutputProbabilities: Sendable {
    private let outputsAreLogits: Bool
    /// `1 / T`; nil where outputs are taken as they are.
    private let inverseTemperature: Float?

    init(loss: Loss, temperature: Double?) {
        outputsAreLogits = loss.isFromLogits
        // Kept finite: an infinite one times 0 would be no number.
        inverseTemperature = temperature.map {
            Float(min(1 / $0, Double(Float.greatestFiniteMagnitude)))
        }
    }

    /// Writes as many probabilities as there are outputs.
    func write(_ outputs: UnsafeBufferPointer<Float>, to probabilities: UnsafeMutablePointer<Float>) {
        guard let source = outputs.baseAddress else { return }
        if let inverseTemperature {
            write(outputs, inverseTemperature: inverseTemperature, to: probabilities)
        } else if outputsAreLogits {
            _ = softmax(source, into: probabilities, count: outputs.count)
        } else {
            probabilities.update(from: source, count: outputs.count)
        }
    }

    private func write(
        _ outputs: UnsafeBufferPointer<Float>, inverseTemperature: Float,
        to probabilities: UnsafeMutablePointer<Float>
    ) {
        let best = outputs.argmax
        let largest = logit(outputs[best])
        // From the largest down, so that no product is too large for a number.
        for index in outputs.indices {
            probabilities[index] = (logit(outputs[index]) - largest) * inverseTemperature
        }
        _ = softmax(probabilities, into: probabilities, count: outputs.count)

        // Rounding may have made an earlier class equal, and of equals the first is read.
        let read = UnsafeBufferPointer(start: probabilities, count: outputs.count).argmax
        if read != best { probabilities[best] = probabilities[read].nextUp }
    }

    /// An output as a logit, but for a number that all classes have in common.
    private func logit(_ output: Float) -> Float {
        outputsAreLogits ? output : .log(max(output, .leastNormalMagnitude))
    }
}
