import Synchronization

/// How often a model was asked, and how long it took.
final class ModelStatistics: Sendable {
    /// Counts and times, all since the model was loaded.
    struct Counts {
        var requests = 0
        var images = 0
        var failures = 0
        /// From arrival to the answer.
        var time = Duration.zero
        /// Milliseconds since 1970 of the last request; 0 before the first.
        var last = 0
    }

    private let state = Mutex(Counts())

    /// The counts now.
    var counts: Counts { state.withLock { $0 } }

    /// Counts a request that was answered.
    func add(images: Int, time: Duration, at milliseconds: Int) {
        state.withLock { counts in
            counts.requests += 1
            counts.images += images
            counts.time += time
            counts.last = milliseconds
        }
    }

    /// Counts a request that was not.
    func addFailure() { state.withLock { $0.failures += 1 } }
}
