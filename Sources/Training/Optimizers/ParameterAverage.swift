import Compute
import NeuralNetworks

/// The exponential moving average of a network's trained parameters over the steps; the first step's are its beginning.
///
/// It follows range by range, right after the optimiser, while the range is in the cache.
final class ParameterAverage: Sendable {
    private let parameters: FloatBuffer
    /// The average so far.
    let values: FloatBuffer
    private let momentum: Float

    init(of network: Network, momentum: Float) {
        self.momentum = momentum
        parameters = network.parameters
        values = FloatBuffer(count: network.layout.trainableCount)
    }

    /// A range was updated; different ranges may follow at the same time.
    func follow(_ range: Range<Int>, isFirstStep: Bool) {
        let kept = isFirstStep ? 0 : momentum
        let parameters = parameters.pointer
        let values = values.pointer
        for index in range { values[index] = kept * values[index] + (1 - kept) * parameters[index] }
    }

    /// Puts the average in the place of a network's parameters.
    func replaceParameters(of network: Network) {
        network.parameters.pointer.update(from: values.pointer, count: values.count)
        network.parametersChanged()
    }
}
