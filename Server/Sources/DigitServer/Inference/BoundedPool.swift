import NIOPosix
import Synchronization

/// Does work that takes long, such as reading a picture, on threads of its own, and no more of it than a limit.
final class BoundedPool: Sendable {
    private let threads: NIOThreadPool
    private let limit: Int
    /// What the pool does, as messages say it.
    private let name: String
    /// Works that wait or run.
    private let count = Mutex(0)
    private let metrics: PoolMetrics

    /// - Parameters:
    ///   - limit: Works that wait or run.
    ///   - name: What messages call them, such as `pictures`.
    init(workers: Int, limit: Int, name: String, metrics: PoolMetrics) {
        self.metrics = metrics
        self.limit = limit
        self.name = name
        threads = NIOThreadPool(numberOfThreads: workers)
        threads.start()
    }

    /// Does a work.
    /// - Parameters:
    ///   - deadline: When it must have begun.
    ///   - isAbandoned: Whether whoever asked has gone; asked before it begins.
    /// - Throws: `ServiceError` if there is too much, the deadline has passed, or the pool has ended; `CancellationError`; what the work
    ///   throws.
    func run<Result: Sendable>(
        deadline: ContinuousClock.Instant, isAbandoned: @escaping @Sendable () -> Bool,
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let isTaken = count.withLock { count in
            guard count < limit else { return false }
            count += 1
            metrics.record(requests: count)
            return true
        }
        guard isTaken else {
            throw ServiceError.busy("\(limit) \(name) wait already. Send this one again later.")
        }
        defer {
            count.withLock { count in
                count -= 1
                metrics.record(requests: count)
            }
        }
        let arrival = ContinuousClock.now
        return try await threads.runIfActive { [metrics] in
            if isAbandoned() { throw CancellationError() }
            let start = ContinuousClock.now
            if start > deadline { throw ServiceError.late }
            metrics.record(waiting: start - arrival)
            defer { metrics.record(working: ContinuousClock.now - start) }
            return try work()
        }
    }

    /// Ends the threads, when no more work comes.
    func stop() async throws { try await threads.shutdownGracefully() }
}
