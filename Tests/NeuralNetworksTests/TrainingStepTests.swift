import Compute
import NeuralNetworks
import Testing

/// What a training step promises beyond its numbers.
struct TrainingStepTests {
    private static let networks = ["notebook", "second"]

    private func makeNetwork(_ name: String) throws -> Network {
        try name == "notebook" ? GoldenNetworks.makeNotebook() : GoldenNetworks.makeSecond()
    }

    @Test(arguments: networks, Kernels.available)
    func aNaNInAPixelLeavesTheParametersUntouched(name: String, kernels: Kernels) throws {
        let network = try makeNetwork(name)
        let before = network.namedParameters
        var batch = Batch(count: 6, for: network, loss: .sparseCategoricalCrossentropy, seed: 1)
        batch.images[4][network.inputShape.count / 2] = .nan
        let plan = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: 6,
            pool: WorkerPool(threads: 2),
            kernels: kernels)
        let parameters = network.parameters
        let loss = plan.train(batch) { range in
            for index in range { parameters.pointer[index] = 7 }
        }
        #expect(!loss.isFinite)
        #expect(network.namedParameters == before)
    }

    @Test(arguments: networks)
    func everyTrainedParameterIsUpdatedExactlyOnce(name: String) throws {
        let network = try makeNetwork(name)
        let batch = Batch(count: 3, for: network, loss: .sparseCategoricalCrossentropy, seed: 1)
        let plan = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: 4,
            pool: WorkerPool(threads: 3))
        let before = network.namedParameters
        // No two parts overlap, so no two threads write one float.
        let parameters = network.parameters
        plan.train(batch) { range in
            for index in range { parameters.pointer[index] += 1000 }
        }
        for slot in network.layout.slots where slot.description.isTrainable {
            let expected = before[slot.name]!.map { $0 + 1000 }
            #expect(network[slot.name] == expected, "\(slot.name)")
        }
    }

    @Test func gradientsAloneLeaveParametersAndStatisticsAlone() throws {
        let network = try GoldenNetworks.makeSecond()
        let before = network.namedParameters
        let batch = Batch(count: 3, for: network, loss: .sparseCategoricalCrossentropy, seed: 1)
        let plan = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: 3,
            pool: WorkerPool(threads: 1))
        plan.train(batch)
        #expect(network.namedParameters == before)
    }

    /// After an update the next run must see the new weights, packed anew.
    @Test(arguments: networks, Kernels.available)
    func theNextStepUsesTheUpdatedParameters(name: String, kernels: Kernels) throws {
        let network = try makeNetwork(name)
        let batch = Batch(count: 3, for: network, loss: .sparseCategoricalCrossentropy, seed: 1)
        let pool = WorkerPool(threads: 2)
        let plan = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: 3, pool: pool,
            kernels: kernels)
        let gradients = plan.gradients
        let parameters = network.parameters
        plan.train(batch) { range in
            for index in range { parameters.pointer[index] -= 0.1 * gradients.pointer[index] }
        }
        let loss = plan.train(batch)
        let fresh = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: 3, pool: pool,
            kernels: kernels)
        #expect(fresh.train(batch) == loss)
    }

    /// 2³¹ - 1 over 2¹⁸ inputs of an image is 8191 and a fraction. Room for as many images as can be asked for is nowhere.
    @Test func aCapacityBeyondTheKernelsOffsetsIsRefusedBeforeRoomIsMade() throws {
        let network = try Network(Sequential { Dense(2) }, input: [1 << 18], seed: 1)
        let error = #expect(throws: CapacityError.self) {
            try TrainingPlan(
                network, loss: .sparseCategoricalCrossentropy, capacity: .max, pool: WorkerPool(threads: 1))
        }
        #expect(error?.capacity == .max && error?.largest == 8191)
    }

    /// The floor pools of the notebook's network drop what the last rows and columns would have reached.
    @Test func onlyPixelsThatReachTheOutputMatter() throws {
        let network = try GoldenNetworks.makeNotebook()
        var batch = Batch(count: 1, for: network, loss: .sparseCategoricalCrossentropy, seed: 1)
        let plan = InferencePlan(network, capacity: 1, pool: WorkerPool(threads: 1))
        plan.run(batch)
        let before = plan.allOutputs(1)
        for row in 0..<28 {
            for column in 0..<28 where row >= 22 || column >= 22 { batch.images[0][row * 28 + column] = 1e6 }
        }
        plan.run(batch)
        #expect(plan.allOutputs(1) == before)
        batch.images[0][21 * 28 + 21] = 1e6
        plan.run(batch)
        #expect(plan.allOutputs(1) != before)
    }

    @Test func dropoutKeepsTheExpectedShareAndChangesWithEpochAndSample() throws {
        let network = try Network(Sequential { Dropout(0.3) }, input: [4000], seed: 1)
        var ones = Batch(images: [Array(repeating: 1, count: 4000)], truth: .classes([]))
        let plan = DifferentiationPlan(network, capacity: 1, pool: WorkerPool(threads: 1))
        func mask(seed: UInt64, epoch: Int, sample: Int) -> [Float] {
            (ones.seed, ones.epoch, ones.samples) = (seed, epoch, [sample])
            plan.differentiate(ones, upstream: ones.images)
            return plan.allOutputs(1)[0]
        }
        let first = mask(seed: 1, epoch: 0, sample: 5)
        #expect(Set(first) == [0, 1 / 0.7 as Float])
        // Binomial: standard deviation √(0.3 · 0.7 / 4000) = 0.7 %, four of them.
        #expect(abs(Double(first.count { $0 == 0 }) / 4000 - 0.3) < 0.03)
        #expect(mask(seed: 1, epoch: 0, sample: 5) == first)
        #expect(mask(seed: 2, epoch: 0, sample: 5) != first)
        #expect(mask(seed: 1, epoch: 1, sample: 5) != first)
        #expect(mask(seed: 1, epoch: 0, sample: 6) != first)
    }
}
