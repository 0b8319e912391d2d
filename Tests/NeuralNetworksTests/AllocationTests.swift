import AllocationCounter
import NeuralNetworks
import Tensors
import Testing

/// All memory is allocated when a plan is made.
@Suite(
    .enabled(
        if: allocations_of_this_thread() >= 0, "Skipped: allocations are not counted with this C library."))
struct AllocationTests {
    private func allocations(_ body: () -> Void) -> Int {
        body()
        let before = allocations_of_this_thread()
        body()
        return allocations_of_this_thread() - before
    }

    @Test func theCounterSeesAllocations() {
        var buffers: [FloatBuffer] = []
        #expect(allocations { buffers = [FloatBuffer(count: 100)] } >= 2)
        #expect(buffers.count == 1)
    }

    @Test(arguments: NetworkTable.rows)
    func aTrainingStepAllocatesNothing(row: NetworkRow) throws {
        let network = try row.makeNetwork()
        let batch = row.makeBatch(for: network)
        let plan = Plan(
            network, mode: .training(row.loss), capacity: batch.count, pool: WorkerPool(threads: 1))
        plan.setTruth(batch)
        let gradients = try #require(plan.gradients)
        // The closures are made once: each is an allocation.
        let load: Plan.ImageLoader = batch.load
        let update: (Range<Int>) -> Void = { range in
            for index in range { network.parameters.pointer[index] -= 0.01 * gradients.pointer[index] }
        }
        let count = allocations {
            _ = plan.train(images: batch.count, seed: 1, epoch: 1, load: load, update: update)
        }
        #expect(count == 0)
    }

    @Test(arguments: NetworkTable.rows)
    func aRunForOutputsAllocatesNothing(row: NetworkRow) throws {
        let network = try row.makeNetwork()
        let batch = row.makeBatch(for: network)
        let plan = Plan(network, mode: .inference, capacity: batch.count, pool: WorkerPool(threads: 1))
        // The closure is made once: it is an allocation.
        let load: Plan.ImageLoader = batch.load
        #expect(allocations { plan.run(images: batch.count, load: load) } == 0)
    }
}
