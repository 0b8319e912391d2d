internal import CoreMetrics
import Synchronization

/// A counter of events.
final class IntegerCounter: CounterHandler, MetricSeries {
    private let value = Atomic<UInt64>(0)

    var sample: MetricSample { .integer(value.load(ordering: .relaxed)) }

    /// A counter only grows: a negative amount is ignored.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        value.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    func reset() {
        value.store(0, ordering: .relaxed)
    }
}
