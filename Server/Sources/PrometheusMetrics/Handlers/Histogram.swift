internal import CoreMetrics
import Synchronization

/// How often values fell into each of some buckets.
// Sendable: `counts` points to atomics that are made in `init` and freed in `deinit`; between these two nothing but atomic operations
// touches what it points to.
final class Histogram: RecorderHandler, TimerHandler, MetricSeries, @unchecked Sendable {
    private let bounds: [Double]
    private let counts: UnsafeMutablePointer<Atomic<UInt64>>
    private let sum = AtomicDouble(0)

    /// An empty histogram.
    ///
    /// - Parameter buckets: upper bounds, put in order; a value that equals a bound belongs below it.
    init(buckets: [Double]) {
        bounds = Set(buckets.filter(\.isFinite)).sorted()
        counts = .allocate(capacity: bounds.count + 1)
        for index in 0...bounds.count {
            (counts + index).initialize(to: Atomic(0))
        }
    }

    deinit {
        counts.deinitialize(count: bounds.count + 1)
        counts.deallocate()
    }

    var sample: MetricSample {
        let counts = (0...bounds.count).map { self.counts[$0].load(ordering: .relaxed) }
        return .histogram(bounds: bounds, counts: counts, sum: sum.load())
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        counts[bucket(of: value)].wrappingAdd(1, ordering: .relaxed)
        sum.add(value)
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1e9)
    }

    /// The first bucket whose bound is not below a value.
    private func bucket(of value: Double) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < value {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
