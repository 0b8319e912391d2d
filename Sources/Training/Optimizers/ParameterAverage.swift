import Compute
import NeuralNetworks

/// The exponential moving average of a network's trained parameters over the steps; the first step's are its beginning.
///
/// It follows range by range, right after the optimiser, while the range is in the cache.
final class ParameterAverage: Sendable {
    private let parameters: FloatBuffer
    private let average: FloatBuffer
    private let momentum: Float

    init(of network: Network, momentum: Float) {
        self.momentum = momentum
        parameters = network.parameters
        average = FloatBuffer(count: network.layout.trainableCount)
    }

    /// A range was updated; different ranges may follow at the same time.
    func follow(_ range: Range<Int>, isFirstStep: Bool) {
        let kept = isFirstStep ? 0 : momentum
        let values = parameters.pointer
        let average = average.pointer
        for index in range { average[index] = kept * average[index] + (1 - kept) * values[index] }
    }

    /// Puts the average in the place of a network's parameters.
    func replaceParameters(of network: Network) {
        network.parameters.pointer.update(from: average.pointer, count: average.count)
        network.parametersChanged()
    }
}
