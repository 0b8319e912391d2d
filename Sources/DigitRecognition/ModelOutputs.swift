import Compute
import NeuralNetworks

/// What a network gave for each of some images, from which probabilities follow at any temperature.
package struct ModelOutputs: Sendable, Hashable {
    /// `[images][classes]`: what the network's last softmax was given, or its outputs where it does not end in one.
    private let values: [Float]
    private let classCount: Int
    /// Whether a softmax makes of `values` what the network gives.
    private let leavesOutSoftmax: Bool
    private let loss: Loss

    init(values: [Float], classCount: Int, leavesOutSoftmax: Bool, loss: Loss) {
        self.values = values
        self.classCount = classCount
        self.leavesOutSoftmax = leavesOutSoftmax
        self.loss = loss
    }

    /// The probability of each class of an image, the bits that a prediction has.
    package func probabilities(of sample: Int, temperature: Double?) -> [Float] {
        values[sample * classCount..<(sample + 1) * classCount].withUnsafeBufferPointer { values in
            [Float](unsafeUninitializedCapacity: classCount) { probabilities, count in
                withoutDenormals {
                    write(values, to: probabilities.baseAddress!, temperature: temperature)
                }
                count = classCount
            }
        }
    }

    private func write(
        _ values: UnsafeBufferPointer<Float>, to probabilities: UnsafeMutablePointer<Float>,
        temperature: Double?
    ) {
        let rule = OutputProbabilities(loss: loss, temperature: temperature)
        guard leavesOutSoftmax else { return rule.write(values, to: probabilities) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: classCount) { outputs in
            _ = softmax(values.baseAddress!, into: outputs.baseAddress!, count: classCount)
            rule.write(UnsafeBufferPointer(outputs), to: probabilities)
        }
    }
}
