import Compute
import NeuralNetworks
import Testing

/// Plans that share what is derived from the parameters, and what becomes of plans when the network changes.
struct SharedPlanTests {
    private func outputs(_ plan: InferencePlan, _ batch: Batch) -> [[Float]] {
        var rest = batch
        var outputs: [[Float]] = []
        while rest.count > 0 {
            let part = rest.prefix(plan.capacity)
            plan.run(part)
            outputs += plan.allOutputs(part.count)
            rest.images.removeFirst(part.count)
        }
        return outputs
    }

    @Test(arguments: Kernels.available)
    func plansOfOneCompiledNetworkAgreeInEveryBit(kernels: Kernels) throws {
        let network = try GoldenNetworks.makeSecond()
        let batch = Batch(count: 7, for: network, loss: .sparseCategoricalCrossentropy, seed: 8)
        let pool = WorkerPool(threads: 2)
        let own = InferencePlan(network, capacity: 7, pool: pool, kernels: kernels)
        let compiled = CompiledNetwork(network, kernels: kernels)
        let shared = [1, 4, 7].map { InferencePlan(compiled, capacity: $0, pool: pool) }
        let before = outputs(own, batch)
        for plan in shared { #expect(outputs(plan, batch) == before) }

        // What they share never changes.
        network.randomizeParameters(seed: 77)
        let fresh = InferencePlan(network, capacity: 7, pool: pool, kernels: kernels)
        #expect(outputs(fresh, batch) != before)
        #expect(outputs(own, batch) == before)
        for plan in shared { #expect(outputs(plan, batch) == before) }
    }

    @Test(arguments: Kernels.available)
    func aRunnerOfAnyThreadsAndGroupsAgreesWithAPlanInEveryBit(kernels: Kernels) throws {
        let network = try GoldenNetworks.makeSecond()
        let batch = Batch(count: 11, for: network, loss: .sparseCategoricalCrossentropy, seed: 8)
        let pool = WorkerPool(threads: 1)
        let expected = outputs(
            InferencePlan(network, capacity: 11, pool: pool, kernels: kernels), batch)
        let compiled = CompiledNetwork(network, kernels: kernels)
        for (threads, groupSize) in [(1, 1), (1, 4), (2, 4), (3, 2), (8, 3)] {
            let runner = BatchRunner(compiled, threads: threads, groupSize: groupSize)
            for count in [11, 1, 4, 5] {
                let results = FloatBuffer(count: count * network.outputShape.count)
                runner.run(batch.prefix(count)) { place, output in
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

    /// Whoever changes parameters counts it, so that a plan that trains needs not be told.
    @Test(arguments: ["notebook", "second"])
    func aTrainingPlanSeesEveryWayOfChangingParameters(name: String) throws {
        let network = try name == "notebook" ? GoldenNetworks.makeNotebook() : GoldenNetworks.makeSecond()
        let loss = Loss.sparseCategoricalCrossentropy
        let batch = Batch(count: 3, for: network, loss: loss, seed: 1)
        let pool = WorkerPool(threads: 1)
        let plan = try TrainingPlan(network, loss: loss, capacity: 3, pool: pool)
        var seen: [Float] = []
        func expectNewLoss(_ what: String) throws {
            let found = plan.train(batch)
            #expect(!seen.contains(found), "\(what)")
            let fresh = try TrainingPlan(network, loss: loss, capacity: 3, pool: pool)
            #expect(found == fresh.train(batch), "\(what)")
            #expect(plan.namedGradients == fresh.namedGradients, "\(what)")
            seen.append(found)
        }
        try expectNewLoss("at first")
        let gradients = plan.gradients
        let parameters = network.parameters
        plan.train(batch) { range in
            for index in range { parameters.pointer[index] -= 0.1 * gradients.pointer[index] }
        }
        try expectNewLoss("after a training step")
        let snapshot = network.snapshot()
        network.setParameter("conv1.weight", to: network["conv1.weight"]!.map { $0 + 0.25 })
        try expectNewLoss("after setParameter")
        network.randomizeParameters(seed: 9)
        try expectNewLoss("after many")
        network.restore(snapshot)
        #expect(plan.train(batch) == seen[1])
    }

    /// A trainer evaluates a network again and again: each plan is of the parameters of its time.
    @Test func anEvaluationPlanKeepsTheParametersThatItWasMadeOf() throws {
        let network = try GoldenNetworks.makeSecond()
        let loss = Loss.sparseCategoricalCrossentropy
        let batch = Batch(count: 3, for: network, loss: loss, seed: 1)
        let pool = WorkerPool(threads: 1)
        let plan = EvaluationPlan(network, loss: loss, mostImages: 3, pool: pool)
        plan.run(batch)
        let before = plan.allLosses(3)
        network.randomizeParameters(seed: 9)
        plan.run(batch)
        #expect(plan.allLosses(3) == before)
        let fresh = EvaluationPlan(network, loss: loss, mostImages: 3, pool: pool)
        fresh.run(batch)
        #expect(fresh.allLosses(3) != before)
    }
}
