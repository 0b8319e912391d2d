import Metrics

/// What is measured of work that takes long, reported through the metrics library that the program has chosen.
struct PoolMetrics: Sendable {
    private let requests: Meter
    private let waiting: Timer
    private let working: Timer

    /// - Parameter name: What the names of the metrics begin with, such as `picture`.
    init(name: String) {
        requests = Meter(label: "\(name)_requests")
        waiting = Timer(label: "\(name)_queue_seconds")
        working = Timer(label: "\(name)_work_seconds")
    }

    /// Works that wait or run, from now on.
    func record(requests count: Int) { requests.set(count) }
    /// How long a work waited for a thread.
    func record(waiting duration: Duration) { waiting.record(duration: duration) }
    /// How long a work took.
    func record(working duration: Duration) { working.record(duration: duration) }
}
