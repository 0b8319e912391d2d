import Synchronization

/// A request for inference, from its arrival to its probabilities.
final class InferenceJob: Sendable {
    let model: ServedModel
    let images: ImageTensor
    /// How urgent it is, 1 the most.
    let priority: Int
    /// When it came.
    let arrival: ContinuousClock.Instant
    /// When its computation must have begun.
    let deadline: ContinuousClock.Instant
    /// Whether whoever asked has gone.
    let isAbandoned: @Sendable () -> Bool

    private struct State {
        var outputs: [Float]
        var imagesLeft: Int
        var continuation: CheckedContinuation<[Float], any Error>?
        var isOver = false
    }

    private let state: Mutex<State>

    init(
        _ images: ImageTensor, of model: ServedModel, priority: Int, arrival: ContinuousClock.Instant,
        deadline: ContinuousClock.Instant, isAbandoned: @escaping @Sendable () -> Bool
    ) {
        self.model = model
        self.images = images
        self.priority = priority
        self.arrival = arrival
        self.deadline = deadline
        self.isAbandoned = isAbandoned
        state = Mutex(State(outputs: [], imagesLeft: images.count))
    }

    /// Says who waits for the result. If it is over already, that one is told at once.
    func begin(_ continuation: CheckedContinuation<[Float], any Error>) {
        let isOver = state.withLock { state in
            if !state.isOver {
                state.outputs = [Float](repeating: 0, count: images.count * model.classCount)
                state.continuation = continuation
            }
            return state.isOver
        }
        if isOver { continuation.resume(throwing: CancellationError()) }
    }

    /// Whether nobody needs the result any more.
    var isOver: Bool { state.withLock(\.isOver) }

    /// Takes the probabilities of some images. With the last ones, whoever waits is told.
    /// - Parameter outputs: As many as the images have.
    func take(_ outputs: ArraySlice<Float>, of images: Range<Int>) {
        let finished = state.withLock { state -> (CheckedContinuation<[Float], any Error>, [Float])? in
            guard !state.isOver else { return nil }
            let count = model.classCount
            state.outputs.replaceSubrange(
                images.lowerBound * count..<images.upperBound * count, with: outputs)
            state.imagesLeft -= images.count
            guard state.imagesLeft == 0, let continuation = state.continuation else { return nil }
            state.isOver = true
            // It is resumed once, whoever else ends the job.
            state.continuation = nil
            return (continuation, state.outputs)
        }
        if let (continuation, outputs) = finished { continuation.resume(returning: outputs) }
    }

    /// Ends the job without a result. What is computed of it already is dropped.
    func end(_ error: any Error) {
        let continuation = state.withLock { state in
            state.isOver = true
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(throwing: error)
    }
}
