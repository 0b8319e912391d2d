import AllocationCounter
import Compute
import NeuralNetworks
import Testing
import Training

/// The heap allocations of the threads that take part.
private final class AllocationCount: @unchecked Sendable {
    /// Never freed: the threads count to the end of their lives.
    private let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)

    init() { counter.initialize(to: 0) }

    /// Whether allocations can be counted here.
    static var works: Bool { allocation_counter_works() }

    /// The calling thread takes part from now on.
    func takePart() { allocation_counter_set(counter) }

    /// The calling thread takes part no longer.
    func leave() { allocation_counter_set(nil) }

    var value: Int { allocation_counter_read(counter) }
}

/// All memory of a training step is allocated when the plan is made.
@Suite(.enabled(if: AllocationCount.works, "The C library's allocator cannot be counted here."))
struct AllocationTests {
    static let networks = ["notebook", "second", "dropout"]

    private func makeNetwork(_ name: String) throws -> Network {
        switch name {
        case "notebook": try GoldenNetworks.makeNotebook()
        case "second": try GoldenNetworks.makeSecond()
        default:
            try Network(
                Sequential {
                    Conv2D(filters: 20, kernelSize: 3, activation: .relu)
                    Dropout(0.5)
                    Flatten()
                    Dense(10)
                }, input: [7, 6, 2], seed: 1)
        }
    }

    /// How many allocations and barriers ten steps make on a batch, after some steps that are not counted.
    private func allocations(
        _ name: String, threads: Int, images: Int, maximumNorm: Float? = nil,
        update: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> (allocations: Int, barriers: Int) {
        let network = try makeNetwork(name)
        let loss: Loss =
            name == "dropout"
            ? .sparseCategoricalCrossentropyFromLogits : .sparseCategoricalCrossentropy
        let pool = WorkerPool(threads: threads)
        let plan = Plan(network, mode: .training(loss), capacity: images, pool: pool)
        let optimizer = OptimizerState(.adam(), network: network)
        let gradients = try #require(plan.gradients)
        let pixels = FloatBuffer(Batch(count: 1, for: network, loss: loss, seed: 1).images[0])
        for image in 0..<images { plan.classes[image] = Int32(image % 10) }
        let count = AllocationCount()
        func step() {
            optimizer.beginStep()
            _ = plan.train(images: images, seed: 1, epoch: 0, maximumNorm: maximumNorm) { _, destination in
                count.takePart()
                destination.update(from: pixels.pointer, count: pixels.count)
            } update: { range in
                count.takePart()
                optimizer.update(range, gradients: gradients)
                update(range.lowerBound)
            }
        }
        count.takePart()
        defer { count.leave() }
        for _ in 0..<5 { step() }
        let (allocations, barriers) = (count.value, pool.barriers)
        for _ in 0..<10 { step() }
        return (count.value - allocations, pool.barriers - barriers)
    }

    /// But for what a barrier of several threads costs: the closure that they share.
    @Test(arguments: networks, [1, 2])
    func aTrainingStepAllocatesNothing(name: String, threads: Int) throws {
        for images in [32, 5] {
            let counted = try allocations(name, threads: threads, images: images)
            #expect((counted.barriers == 0) == (threads == 1))
            #expect(counted.allocations <= counted.barriers, "\(images) images")
        }
    }

    @Test(arguments: networks, [1, 2])
    func aClippedTrainingStepAllocatesNothing(name: String, threads: Int) throws {
        let counted = try allocations(name, threads: threads, images: 5, maximumNorm: 1e-3)
        #expect(counted.allocations <= counted.barriers)
    }

    /// Two allocations for each range of parameters: what the test above would find.
    @Test(arguments: [1, 2])
    func allocationsOfAllThreadsAreCounted(threads: Int) throws {
        // Two panels of 20 filters and one of 10 units, each with its bias.
        let ranges = 6
        let counted = try allocations("dropout", threads: threads, images: 5) { _ in
            UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 16).deallocate()
            UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64).deallocate()
        }
        #expect(counted.allocations >= 2 * 10 * ranges)
    }
}
