import DigitRecognition
import DigitServer
import Dispatch
import HTTPTypes
import Synchronization
import Testing

@Suite struct InferenceQueueTests {
    private let model = ServedModel(PretrainedModel.tiny.model(), name: "tiny", version: 1)

    private func queue(
        workers: Int = 2, requests: Int = 1000, images: Int = 10_000, batchImages: Int = 8,
        handover: Duration = .zero
    ) -> InferenceQueue {
        InferenceQueue(
            workers: workers,
            limits: InferenceQueue.Limits(
                requests: requests, images: images, batchImages: batchImages, handover: handover),
            metrics: InferenceMetrics())
    }

    private func tensor(_ images: [Image]) -> ImageTensor {
        ImageTensor(pixels: .bytes(images.flatMap(\.pixels)), count: images.count)
    }

    private func ask(
        _ queue: InferenceQueue, _ images: [Image], priority: Int = 5, deadline: Duration = .seconds(60),
        isAbandoned: @escaping @Sendable () -> Bool = { false }
    ) async throws -> [Float] {
        let now = ContinuousClock.now
        return try await queue.probabilities(
            of: tensor(images), by: model, priority: priority, arrival: now, deadline: now + deadline,
            isAbandoned: isAbandoned)
    }

    @Test(arguments: [Duration.zero, .seconds(1)])
    func resultsHaveTheSameBitsTogetherAsAlone(handover: Duration) async throws {
        let queue = queue(handover: handover)
        let images = TestImages.images(60)
        let expected = try model.predictor.predict(images).map(\.probabilities)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for turn in 0..<40 {
                tasks.addTask {
                    // Some requests are larger than a batch.
                    let start = turn % 30
                    let count = turn % 7 == 0 ? 29 : turn % 4 + 1
                    let result = try await ask(queue, Array(images[start..<start + count]))
                    #expect(result == Array(expected[start..<start + count].joined()))
                }
            }
            try await tasks.waitForAll()
        }
        try await queue.stop()
    }

    @Test func noImagesHaveNoProbabilities() async throws {
        let queue = queue()
        #expect(try await ask(queue, []).isEmpty)
        try await queue.stop()
    }

    @Test func fullQueueRefuses() async throws {
        let queue = queue(workers: 1, requests: 4)
        let images = TestImages.images(200)
        let statuses = await withTaskGroup(of: Int.self) { tasks in
            for _ in 0..<40 {
                tasks.addTask {
                    do {
                        _ = try await ask(queue, images)
                        return 200
                    } catch {
                        return (error as? ServiceError)?.status.code ?? 0
                    }
                }
            }
            return await tasks.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.contains(429))
        #expect(statuses.contains(200))
        #expect(Set(statuses) == [200, 429])
        // Those that were answered have left.
        _ = try await ask(queue, [images[0]])
        try await queue.stop()
    }

    @Test func urgentRequestsOvertakeOthers() async throws {
        let queue = queue(workers: 1, batchImages: 1)
        let (order, image, gate) = (Order(), TestImages.images(1), DispatchSemaphore(value: 0))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            // Has the worker until all others wait.
            tasks.addTask {
                _ = try await ask(
                    queue, image,
                    isAbandoned: {
                        gate.wait()
                        return false
                    })
            }
            try await Task.sleep(for: .milliseconds(100))
            for priority in [9, 5, 1, 5] {
                tasks.addTask {
                    _ = try await ask(
                        queue, image, priority: priority,
                        isAbandoned: {
                            order.priorities.withLock { $0.append(priority) }
                            return false
                        })
                }
            }
            try await Task.sleep(for: .milliseconds(500))
            gate.signal()
            try await tasks.waitForAll()
        }
        #expect(order.priorities.withLock { $0 } == [1, 5, 5, 9])
        try await queue.stop()
    }

    /// In which order requests were computed.
    private final class Order: Sendable {
        let priorities = Mutex<[Int]>([])
    }

    @Test func lateRequestsAreNotComputed() async throws {
        for handover in [Duration.zero, .seconds(1)] {
            let queue = queue(handover: handover)
            await #expect(throws: ServiceError.late) {
                try await ask(queue, TestImages.images(1), deadline: .seconds(-1))
            }
            try await queue.stop()
        }
    }

    @Test func abandonedRequestsAreNotComputed() async throws {
        let queue = queue()
        await #expect(throws: CancellationError.self) {
            try await ask(queue, TestImages.images(1), isAbandoned: { true })
        }
        let task = Task {
            try await ask(queue, TestImages.images(1))
        }
        task.cancel()
        _ = await task.result
        try await queue.stop()
    }

    @Test func stoppedQueueRefuses() async throws {
        let queue = queue()
        try await queue.stop()
        await #expect(throws: ServiceError.stopping) { try await ask(queue, TestImages.images(1)) }
    }
}
