internal import CoreMetrics

/// A value that goes up and down.
final class Gauge: MeterHandler, RecorderHandler, MetricSeries {
    private let value = AtomicDouble(0)

    var sample: MetricSample { .number(value.load()) }

    func set(_ value: Int64) { self.value.store(Double(value)) }
    func set(_ value: Double) { self.value.store(value) }
    func increment(by amount: Double) { value.add(amount) }
    func decrement(by amount: Double) { value.add(-amount) }
    func record(_ value: Int64) { self.value.store(Double(value)) }
    func record(_ value: Double) { self.value.store(value) }
}
