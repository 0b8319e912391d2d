import CDigitKernels
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Threads that share out numbered pieces of work. The caller is one of them.
///
/// Which thread does which piece is not fixed; who wants the same bits for any number of threads makes the pieces, and
/// the order of every sum, depend on the problem alone. A thread that waits, for work or for the others, spins for a
/// moment and then sleeps. While they work, denormal numbers count as zero.
package final class WorkerPool: Sendable {
    /// Number of threads, the caller's among them; fewer than asked for where the system grants no more.
    package let threads: Int

    /// How many barriers there were: runs with work for more than one thread, after which the caller waits for the others.
    package var barriers: Int { shared.runs }

    private let shared: Shared
    private let handles: [pthread_t]

    package init(threads: Int) {
        precondition(threads > 0, "A pool needs at least one thread, not \(threads).")
        let shared = Shared()
        self.shared = shared
        var handles: [pthread_t] = []
        for worker in 1..<max(threads, 1) {
            guard let handle = Self.start({ withoutDenormals { shared.serve(worker: worker) } }) else {
                break
            }
            handles.append(handle)
        }
        self.handles = handles
        self.threads = handles.count + 1
    }

    deinit {
        shared.stop()
        for handle in handles { pthread_join(handle, nil) }
    }

    /// Calls `body(piece, worker)` for each piece in `0..<pieces`, on all threads, and returns when all are done.
    /// - Parameter body: Gets the number of the piece and of the thread, `0..<threads`.
    /// - Precondition: Not called from two threads at once, nor from inside `body`: a pool that is running traps.
    package func run(pieces: Int, _ body: @Sendable (_ piece: Int, _ worker: Int) -> Void) {
        shared.enter()
        defer { shared.leave() }
        withoutDenormals {
            if threads == 1 || pieces <= 1 {
                for piece in 0..<pieces { body(piece, 0) }
                return
            }
            withoutActuallyEscaping(body) { body in
                shared.publish(pieces: pieces, workers: threads - 1, body)
                shared.work(worker: 0)
                shared.awaitOthers()
            }
        }
    }

    /// Starts a thread; nil where the system grants no more.
    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        final class Box {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        let box = Unmanaged.passRetained(Box(body)).toOpaque()
        #if canImport(Darwin)
            var handle: pthread_t?
            let status = pthread_create(
                &handle, nil,
                { box in
                    Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body()
                    return nil
                }, box)
            if status == 0 { return handle }
        #else
            var handle = pthread_t()
            let status = pthread_create(
                &handle, nil,
                { box in
                    Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().body()
                    return nil
                }, box)
            if status == 0 { return handle }
        #endif
        Unmanaged<Box>.fromOpaque(box).release()
        return nil
    }
}

/// What the threads of a pool share.
// Sendable: `pieces` and `body` are written by the one thread that has entered, while no worker reads them: before it raises
// `generation` and after the last worker has counted itself out of `busyWorkers`; the rest is atomic or never changes.
private final class Shared: @unchecked Sendable {
    typealias Body = @Sendable (Int, Int) -> Void

    /// Rises with each run published, and once more when the threads shall end.
    private let generation = Atomic<Int>(0)
    private let nextPiece = Atomic<Int>(0)
    private let busyWorkers = Atomic<Int>(0)
    private let stopped = Atomic<Bool>(false)
    private let isRunning = Atomic<Bool>(false)
    /// Whether the caller waits for `done`.
    private let callerSleeps = Atomic<Bool>(false)

    private var pieces = 0
    private var body: Body = { _, _ in }

    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    /// There is a new generation.
    private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// No worker is busy any more.
    private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// About 20 µs of spinning before a thread sleeps.
    private static let spins = 2000

    init() {
        lock.initialize(to: pthread_mutex_t())
        wake.initialize(to: pthread_cond_t())
        done.initialize(to: pthread_cond_t())
        pthread_mutex_init(lock, nil)
        pthread_cond_init(wake, nil)
        pthread_cond_init(done, nil)
    }

    deinit {
        pthread_cond_destroy(done)
        pthread_cond_destroy(wake)
        pthread_mutex_destroy(lock)
        done.deallocate()
        wake.deallocate()
        lock.deallocate()
    }

    var runs: Int { generation.load(ordering: .relaxed) }

    /// Takes the pool for one run.
    func enter() {
        // In every build: pieces of two runs would mix.
        if isRunning.exchange(true, ordering: .acquiring) {
            fatalError(
                "A pool runs one piece of work at a time: run was called from inside a body, or from a second thread."
            )
        }
    }

    func leave() { isRunning.store(false, ordering: .releasing) }

    func publish(pieces: Int, workers: Int, _ body: @escaping Body) {
        self.pieces = pieces
        self.body = body
        nextPiece.store(0, ordering: .relaxed)
        busyWorkers.store(workers, ordering: .relaxed)
        raiseGeneration()
    }

    func stop() {
        stopped.store(true, ordering: .relaxed)
        raiseGeneration()
    }

    private func raiseGeneration() {
        pthread_mutex_lock(lock)
        generation.add(1, ordering: .sequentiallyConsistent)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(lock)
    }

    func work(worker: Int) {
        while true {
            let piece = nextPiece.add(1, ordering: .relaxed).oldValue
            if piece >= pieces { return }
            body(piece, worker)
        }
    }

    func awaitOthers() {
        for _ in 0..<Self.spins {
            if busyWorkers.load(ordering: .acquiring) == 0 { break }
            digits_pause()
        }
        if busyWorkers.load(ordering: .acquiring) != 0 { sleepUntilDone() }
        body = { _, _ in }
    }

    private func sleepUntilDone() {
        pthread_mutex_lock(lock)
        // Sequentially consistent, as in `serve`: of the two threads at least one sees what the other has written.
        callerSleeps.store(true, ordering: .sequentiallyConsistent)
        while busyWorkers.load(ordering: .sequentiallyConsistent) != 0 { pthread_cond_wait(done, lock) }
        callerSleeps.store(false, ordering: .relaxed)
        pthread_mutex_unlock(lock)
    }

    func serve(worker: Int) {
        var seen = 0
        while true {
            awaitGeneration(after: seen)
            seen += 1
            if stopped.load(ordering: .relaxed) { return }
            work(worker: worker)
            if busyWorkers.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { wakeCaller() }
        }
    }

    private func wakeCaller() {
        guard callerSleeps.load(ordering: .sequentiallyConsistent) else { return }
        pthread_mutex_lock(lock)
        pthread_cond_signal(done)
        pthread_mutex_unlock(lock)
    }

    private func awaitGeneration(after seen: Int) {
        for _ in 0..<Self.spins {
            if generation.load(ordering: .acquiring) > seen { return }
            digits_pause()
        }
        pthread_mutex_lock(lock)
        while generation.load(ordering: .acquiring) <= seen { pthread_cond_wait(wake, lock) }
        pthread_mutex_unlock(lock)
    }
}
