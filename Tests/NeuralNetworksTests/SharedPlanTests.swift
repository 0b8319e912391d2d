import Compute
import NeuralNetworks
import Testing

/// Plans that share what is derived from the parameters, and plans whose network changes.
struct SharedPlanTests {
    private func outputs(_ plan: Plan, _ batch: Batch) -> [[Float]] {
        stride(from: 0, to: batch.count, by: plan.setting.capacity).flatMap { first in
            let count = min(plan.setting.capacity, batch.count - first)
            plan.run(images: count) { batch.load(first + $0, $1) }
            return plan.allOutputs(count)
        }
    }

    @Test(arguments: Kernels.available)
    func plansOfOneCompiledNetworkAgreeInEveryBit(kernels: Kernels) throws {
        let network = try GoldenNetworks.makeSecond()
        let batch = Batch(count: 7, for: network, loss: .sparseCategoricalCrossentropy, seed: 8)
        let pool = WorkerPool(threads: 2)
        let own = Plan(network, mode: .inference, capacity: 7, pool: pool, kernels: kernels)
        let compiled = CompiledNetwork(network, mode: .inference, kernels: kernels)
        let shared = [1, 4, 7].map { Plan(compiled, capacity: $0, pool: pool) }
        let before = outputs(own, batch)
        for plan in shared { #expect(outputs(plan, batch) == before) }

        // All follow the parameters, though only one finds out.
        network.randomizeParameters(seed: 77)
        let fresh = Plan(network, mode: .inference, capacity: 7, pool: pool, kernels: kernels)
        let after = outputs(fresh, batch)
        #expect(after != before)
        #expect(outputs(own, batch) == after)
        for plan in shared { #expect(outputs(plan, batch) == after) }
    }

    @Test(arguments: Kernels.available)
    func aRunnerOfAnyThreadsAndGroupsAgreesWithAPlanInEveryBit(kernels: Kernels) throws {
        let network = try GoldenNetworks.makeSecond()
        let batch = Batch(count: 11, for: network, loss: .sparseCategoricalCrossentropy, seed: 8)
        let pool = WorkerPool(threads: 1)
        let expected = outputs(
            Plan(network, mode: .inference, capacity: 11, pool: pool, kernels: kernels), batch)
        let compiled = CompiledNetwork(network, mode: .inference, kernels: kernels)
        for (threads, groupSize) in [(1, 1), (1, 4), (2, 4), (3, 2), (8, 3)] {
            let runner = BatchRunner(compiled, threads: threads, groupSize: groupSize)
            for count in [11, 1, 4, 5] {
                let results = FloatBuffer(count: count * network.outputShape.count)
                runner.run(images: count, load: batch.load) { place, output in
                    for (index, value) in output.enumerated() {
                        results.pointer[place * output.count + index] = value
                    }
                }
                #expect(
                    Array(results.floats) == expected.prefix(count).flatMap { $0 },
                    "\(count) images, \(threads) threads, groups of \(groupSize)")
            }
        }
    }

    /// Whoever changes parameters counts it, so that no plan needs to be told.
    @Test(arguments: ["notebook", "second"])
    func everyWayOfChangingParametersIsSeen(name: String) throws {
        let network = try name == "notebook" ? GoldenNetworks.makeNotebook() : GoldenNetworks.makeSecond()
        let batch = Batch(count: 3, for: network, loss: .sparseCategoricalCrossentropy, seed: 1)
        let pool = WorkerPool(threads: 1)
        let plan = Plan(network, mode: .inference, capacity: 3, pool: pool)
        let training = Plan(
            network, mode: .training(.sparseCategoricalCrossentropy), capacity: 3, pool: pool)
        var seen: [[[Float]]] = []
        func expectNewOutputs(_ what: String) {
            let outputs = outputs(plan, batch)
            #expect(!seen.contains(outputs), "\(what)")
            let fresh = Plan(network, mode: .inference, capacity: 3, pool: pool)
            #expect(outputs == self.outputs(fresh, batch), "\(what)")
            seen.append(outputs)
        }
        expectNewOutputs("at first")
        let gradients = try #require(training.gradients)
        let parameters = network.parameters
        training.train(batch) { range in
            for index in range { parameters.pointer[index] -= 0.1 * gradients.pointer[index] }
        }
        expectNewOutputs("after a training step")
        let snapshot = network.snapshot()
        network.setParameter("conv1.bias", to: network["conv1.bias"]!.map { $0 + 0.25 })
        expectNewOutputs("after setParameter")
        network.restore(snapshot)
        #expect(outputs(plan, batch) == seen[1])

        // The training plan follows as well.
        network.randomizeParameters(seed: 9)
        let fresh = Plan(
            network, mode: .training(.sparseCategoricalCrossentropy), capacity: 3, pool: pool)
        #expect(training.train(batch) == fresh.train(batch))
    }
}
