import Compute
import NeuralNetworks
import Testing

/// How often the threads of a pool wait for each other. A barrier costs what a small network's whole layer does.
struct BarrierTests {
    private func barriers(_ network: Network, loss: Loss) throws -> (training: Int, inference: Int) {
        let images = 2 * PlanSetting.largestGroup
        let pool = WorkerPool(threads: 2)
        let batch = Batch(count: images, for: network, loss: loss, seed: 1)
        let training = try TrainingPlan(network, loss: loss, capacity: images, pool: pool)
        let inference = InferencePlan(network, capacity: images, pool: pool)
        let first = pool.barriers
        training.train(batch) { _ in }
        let second = pool.barriers
        inference.run(batch)
        return (second - first, pool.barriers - second)
    }

    /// One when the images are through, forward and back, one when the parameters are.
    @Test func aTrainingStepHasTwoBarriers() throws {
        let barriers = try barriers(
            GoldenNetworks.makeNotebook(), loss: .sparseCategoricalCrossentropy)
        #expect(barriers.training == 2)
        #expect(barriers.inference == 1)
    }

    /// The images meet before the statistics are merged.
    @Test func aBatchNormAddsABarrierInEachDirection() throws {
        for norms in 1...3 {
            var layers: [any Layer] = [Conv2D(filters: 20, kernelSize: 3)]
            for _ in 0..<norms { layers += [BatchNorm(), Conv2D(filters: 20, kernelSize: 1)] as [any Layer] }
            let network = try Network(
                Sequential(layers + [Flatten(), Dense(20)]), input: [6, 5, 2], seed: 1)
            let barriers = try barriers(network, loss: .meanSquaredError)
            #expect(barriers.training == 2 + 2 * norms)
            #expect(barriers.inference == 1)
        }
    }
}
