import Compute
import NeuralNetworks

/// The parameters that gave the last finite loss, to return to when training diverges.
///
/// That an update was a bad one shows only in the next loss, so the values before each update are kept. They are kept
/// part by part as the parts are updated, when they are in the cache anyway.
final class LastGoodParameters: Sendable {
    private let parameters: FloatBuffer
    /// The values to return to.
    let values: FloatBuffer
    private let statistics: FloatBuffer
    private let trainableCount: Int

    init(of network: Network) {
        parameters = network.parameters
        values = network.snapshot()
        trainableCount = network.layout.trainableCount
        statistics = FloatBuffer(count: network.layout.count - trainableCount)
    }

    /// A step begins. Running statistics change within it, before its loss is known here.
    func stepBegins() {
        statistics.pointer.update(
            from: parameters.pointer + trainableCount, count: statistics.count)
    }

    /// The loss is finite, and a range of the parameters is about to be updated; other threads may update others.
    func willUpdate(_ range: Range<Int>) {
        (values.pointer + range.lowerBound).update(
            from: parameters.pointer + range.lowerBound, count: range.count)
    }

    /// All ranges were updated.
    func stepEnded() {
        (values.pointer + trainableCount).update(from: statistics.pointer, count: statistics.count)
    }

    /// Puts the values back, into the network or a copy of it.
    func restore(_ network: Network) { network.restore(values) }
}
