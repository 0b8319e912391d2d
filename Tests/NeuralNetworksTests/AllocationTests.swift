import Compute
import NeuralNetworks
import TestSupport
import Testing
import Training

/// A batch whose loading takes part in a count.
private struct CountedBatch: TrainingBatch {
    let batch: Batch
    let counter: AllocationCount

    var count: Int { batch.count }
    var seed: UInt64 { batch.seed }
    var epoch: Int { batch.epoch }

    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        counter.takePart()
        batch.copyInput(of: place, into: &destination)
    }

    func label(of place: Int) -> Int { batch.label(of: place) }

    func copyTarget(of place: Int, into destination: inout MutableSpan<Float>) {
        batch.copyTarget(of: place, into: &destination)
    }

    func sample(of place: Int) -> Int { batch.sample(of: place) }
}

/// All memory of a training step is allocated when the plan is made.
@Suite(.enabled(if: AllocationCount.works, AllocationCount.skipped))
struct AllocationTests {
    static let networks = ["notebook", "second", "dropout", "positions"]

    private func makeNetwork(_ name: String) throws -> Network {
        switch name {
        case "notebook": try GoldenNetworks.makeNotebook()
        case "second": try GoldenNetworks.makeSecond()
        case "positions": try GoldenNetworks.makePositions()
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
            switch name {
            case "dropout": .sparseCategoricalCrossentropyFromLogits
            case "positions": .categoricalCrossentropy
            default: .sparseCategoricalCrossentropy
            }
        let pool = WorkerPool(threads: threads)
        let plan = try TrainingPlan(network, loss: loss, capacity: images, pool: pool)
        let optimizer = OptimizerState(.adam(), network: network)
        let gradients = plan.gradients
        let count = AllocationCount()
        let batch = CountedBatch(
            batch: Batch(count: images, for: network, loss: loss, seed: 1), counter: count)
        func step() {
            optimizer.beginStep()
            _ = plan.train(batch, maximumNorm: maximumNorm) { range in
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
