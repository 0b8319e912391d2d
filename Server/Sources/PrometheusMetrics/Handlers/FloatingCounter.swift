internal import CoreMetrics

/// A counter of amounts, such as seconds.
final class FloatingCounter: FloatingPointCounterHandler, MetricSeries {
    private let value = AtomicDouble(0)

    var sample: MetricSample { .number(value.load()) }

    /// A counter only grows: amounts that are negative or not finite are ignored.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        value.add(amount)
    }

    func reset() {
        value.store(0)
    }
}
