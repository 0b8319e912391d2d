import Compute
import NeuralNetworks
import Testing

/// The same bits for any number of threads, and again on a rerun.
struct ThreadIndependenceTests {
    /// Everything that two steps of training leave behind, as bits.
    private struct Trace: Equatable {
        var losses: [UInt32]
        var outputs: [UInt32]
        var gradients: [UInt32]
        var parameters: [UInt32]
        var evaluated: [UInt32]
    }

    @Test(arguments: Kernels.available)
    func notebookNetworkTrainsToTheSameBits(kernels: Kernels) throws {
        // The reference loops are slow; they need no more than one whole group and a remainder.
        let sizes = kernels.name == "reference" ? [5] : [1, 3, 5, 9, 32]
        try check(GoldenNetworks.makeNotebook, batchSizes: sizes, kernels)
    }

    @Test(arguments: Kernels.available)
    func secondNetworkTrainsToTheSameBits(kernels: Kernels) throws {
        try check(GoldenNetworks.makeSecond, batchSizes: [1, 3, 5, 9, 32], kernels)
    }

    @Test(arguments: Kernels.available)
    func dropoutTrainsToTheSameBits(kernels: Kernels) throws {
        let description = Sequential {
            Conv2D(filters: 20, kernelSize: 3, activation: .relu)
            Dropout(0.5)
            BatchNorm()
            Conv2D(filters: 33, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Dropout(0.5)
            GlobalAveragePool2D()
            Dense(10)
        }
        let make = { try Network(description, input: [12, 11, 2], seed: 4) }
        try check(make, loss: .sparseCategoricalCrossentropyFromLogits, batchSizes: [1, 5, 18], kernels)
    }

    @Test(arguments: Kernels.available)
    func positionsTrainToTheSameBits(kernels: Kernels) throws {
        try check(
            GoldenNetworks.makePositions, loss: .categoricalCrossentropy, batchSizes: [1, 5, 18], kernels)
    }

    private func check(
        _ make: () throws -> Network, loss: Loss = .sparseCategoricalCrossentropy, batchSizes: [Int],
        _ kernels: Kernels
    ) throws {
        for size in batchSizes {
            let expected = try trace(make(), loss, size, threads: 1, kernels)
            #expect(Set(expected.gradients).count > 10)
            // The last is the rerun.
            for threads in [2, 3, 8, 1] {
                let trace = try trace(make(), loss, size, threads: threads, kernels)
                #expect(trace == expected, "\(size) images, \(threads) threads, \(kernels)")
            }
        }
    }

    private func trace(
        _ network: Network, _ loss: Loss, _ size: Int, threads: Int, _ kernels: Kernels
    ) throws -> Trace {
        let pool = WorkerPool(threads: threads)
        var batch = Batch(count: size, for: network, loss: loss, seed: 6)
        let plan = try TrainingPlan(network, loss: loss, capacity: size, pool: pool, kernels: kernels)
        let gradients = plan.gradients
        for epoch in 0..<2 {
            let parameters = network.parameters
            batch.epoch = epoch
            plan.train(batch) { range in
                for index in range { parameters.pointer[index] -= 0.05 * gradients.pointer[index] }
            }
        }
        let evaluation = EvaluationPlan(network, loss: loss, mostImages: size, pool: pool, kernels: kernels)
        evaluation.run(batch)
        return Trace(
            losses: plan.allLosses(size).map(\.bitPattern),
            outputs: plan.allOutputs(size).joined().map(\.bitPattern),
            gradients: gradients.floats.map(\.bitPattern),
            parameters: network.parameters.floats.map(\.bitPattern),
            evaluated: evaluation.allLosses(size).map(\.bitPattern))
    }

    /// Groups and chunks are cut by the batch, so an image's own output does not depend on its neighbours.
    @Test(arguments: Kernels.available)
    func anImagesOutputDoesNotDependOnItsBatch(kernels: Kernels) throws {
        let network = try GoldenNetworks.makeSecond()
        let batch = Batch(count: 7, for: network, loss: .sparseCategoricalCrossentropy, seed: 8)
        let pool = WorkerPool(threads: 2)
        let together = InferencePlan(network, capacity: 9, pool: pool, kernels: kernels)
        together.run(batch)
        let alone = InferencePlan(network, capacity: 1, pool: pool, kernels: kernels)
        for image in 0..<batch.count {
            alone.run(Batch(images: [batch.images[image]], truth: .classes([])))
            #expect(Array(alone.outputs(0)) == Array(together.outputs(image)), "image \(image)")
        }
    }
}
