import NIOPosix
import Synchronization

/// Computes requests' images on threads of its own. Requests that wait are taken together when a worker gets free, up to a limit; an
/// idle server adds no delay, and there is no timer.
///
/// The queue has an end. A request with many images is divided, so that several workers share it, and takes turns with others; each image
/// has the same bits as alone. One small request that would have a worker for itself is computed by the thread that brings it:
/// waking another would take as long.
package final class InferenceQueue: Sendable {
    /// How much is taken at most, and when a request is computed where it is.
    package struct Limits {
        /// Requests that wait or are computed.
        let requests: Int
        /// Images that wait.
        let images: Int
        /// Images that are computed together.
        let batchImages: Int
        /// An inference that is expected to take longer is handed over.
        let handover: Duration

        package init(requests: Int, images: Int, batchImages: Int, handover: Duration) {
            self.requests = requests
            self.images = images
            self.batchImages = batchImages
            self.handover = handover
        }
    }

    /// Some images of a job.
    struct Slice {
        let job: InferenceJob
        let images: Range<Int>
    }

    struct State {
        /// What waits of each job, the most urgent first, and of equal ones those that came first.
        var waiting: [Slice] = []
        /// How many images these have.
        var waitingImages = 0
        /// Requests that wait or are computed.
        var requests = 0
        /// Workers that compute, whichever threads they use.
        var active = 0
        var isStopped = false

        /// Lets a slice wait, behind those that are as urgent.
        mutating func insert(_ slice: Slice) {
            let place = waiting.firstIndex { $0.job.priority > slice.job.priority }
            waiting.insert(slice, at: place ?? waiting.endIndex)
        }
    }

    let state = Mutex(State())
    let limits: Limits
    /// How many compute at the same time.
    let workers: Int
    let threads: NIOThreadPool
    let metrics: InferenceMetrics

    package init(workers: Int, limits: Limits, metrics: InferenceMetrics) {
        self.workers = workers
        self.limits = limits
        self.metrics = metrics
        threads = NIOThreadPool(numberOfThreads: workers)
        threads.start()
    }

    /// The probabilities of images, `[N, classes]`.
    /// - Parameters:
    ///   - priority: How urgent it is: of those that wait, lower numbers are computed first.
    ///   - arrival: When the request came.
    ///   - deadline: When its computation must have begun.
    ///   - isAbandoned: Whether whoever asked has gone; asked before images are computed.
    /// - Throws: `ServiceError` if the queue is full, the deadline has passed, or the server stops; `CancellationError`.
    package func probabilities(
        of images: ImageTensor, by model: ServedModel, priority: Int, arrival: ContinuousClock.Instant,
        deadline: ContinuousClock.Instant, isAbandoned: @escaping @Sendable () -> Bool
    ) async throws -> [Float] {
        guard images.count > 0 else { return [] }
        let isHere = try enter(images, of: model)
        defer { leave() }
        if isHere {
            defer { becomeFree() }
            let now = ContinuousClock.now
            if now > deadline { throw ServiceError.late }
            metrics.record(batch: images.count)
            metrics.record(waiting: now - arrival)
            return compute(images, 0..<images.count, of: model)
        }
        let job = InferenceJob(
            images, of: model, priority: priority, arrival: arrival, deadline: deadline,
            isAbandoned: isAbandoned)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                job.begin(continuation)
                enqueue(job)
            }
        } onCancel: {
            job.end(CancellationError())
        }
    }

    /// Bytes that are processed in less time than it takes to wake a thread.
    private static let smallByteCount = 65_536

    /// Reads a request's images out of its body, as ``process(bytes:_:)`` does it, and measures how long that takes.
    func prepare<Result: Sendable>(
        bytes: Int, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await process(bytes: bytes) { [metrics] in
            let start = ContinuousClock.now
            defer { metrics.record(preparation: ContinuousClock.now - start) }
            return try work()
        }
    }

    /// Does what takes the longer the more bytes there are, such as reading their JSON: of many bytes on a worker's thread, so that the
    /// thread of the connection serves others, and of few here.
    /// - Throws: What the work throws; `CancellationError` when the queue has ended.
    func process<Result: Sendable>(
        bytes: Int, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        bytes > Self.smallByteCount ? try await threads.runIfActive(work) : try work()
    }

    /// Ends the threads, when no more requests come. Those that wait are ended.
    package func stop() async throws {
        let waiting = state.withLock { state in
            state.isStopped = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for slice in waiting { slice.job.end(ServiceError.stopping) }
        try await threads.shutdownGracefully()
    }
}

// MARK: - Coming and going

extension InferenceQueue {
    /// Takes a request in.
    /// - Returns: Whether the thread that brings it computes it, as a worker.
    private func enter(_ images: ImageTensor, of model: ServedModel) throws(ServiceError) -> Bool {
        let isSmall =
            images.count <= limits.batchImages
            && model.imageDuration * images.count <= limits.handover
        let refusal = state.withLock { state -> Result<Bool, ServiceError> in
            if state.isStopped { return .failure(.stopping) }
            guard state.requests < limits.requests else {
                return .failure(.busy("\(state.requests) requests wait already. Send this one again later."))
            }
            guard state.waitingImages == 0 || state.waitingImages + images.count <= limits.images else {
                return .failure(.busy("\(state.waitingImages) images wait already. Send these again later."))
            }
            state.requests += 1
            metrics.record(requests: state.requests)
            guard isSmall, state.waiting.isEmpty, state.active < workers else { return .success(false) }
            state.active += 1
            return .success(true)
        }
        return try refusal.get()
    }

    /// A request has its answer.
    private func leave() {
        state.withLock { state in
            state.requests -= 1
            metrics.record(requests: state.requests)
        }
    }

    /// A thread that computed a request of its own is no worker any more; another takes its place if something waits.
    private func becomeFree() {
        let isNeeded = state.withLock { state in
            if state.waiting.isEmpty { state.active -= 1 }
            return !state.waiting.isEmpty
        }
        if isNeeded { startWorker() }
    }

    private func enqueue(_ job: InferenceJob) {
        let started = state.withLock { state -> Int? in
            if state.isStopped { return nil }
            state.insert(Slice(job: job, images: 0..<job.images.count))
            state.waitingImages += job.images.count
            let batches = (job.images.count + limits.batchImages - 1) / limits.batchImages
            let started = min(workers - state.active, batches)
            state.active += started
            return started
        }
        guard let started else { return job.end(ServiceError.stopping) }
        for _ in 0..<started { startWorker() }
    }
}
