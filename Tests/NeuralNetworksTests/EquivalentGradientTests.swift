import Compute
import NeuralNetworks
import TestSupport
import Testing

/// Where a plan has two ways to one gradient, both give it. The other way is held to central differences elsewhere.
struct EquivalentGradientTests {
    /// Float32's rounding in sums of up to a few hundred products, and Winograd's.
    private static let tolerance = 4e-6

    /// Transformed tiles are kept where a group's are smaller than the sum that it would leave: here in groups of one and two
    /// images, and not in groups of four.
    @Test(arguments: Kernels.available, [1, 2])
    func tilesThatAreKeptGiveWhatTheGroupsSumsGive(kernels: Kernels, images: Int) throws {
        let description = Sequential {
            Conv2D(filters: 24, kernelSize: 3, activation: .relu)
            Conv2D(filters: 24, kernelSize: 3, activation: .relu)
            Flatten()
            Dense(3, activation: .softmax)
        }
        let network = try Network(description, input: [8, 8, 24], seed: 1)
        network.randomizeParameters(seed: 5)
        let batch = Batch(count: images, for: network, loss: .sparseCategoricalCrossentropy, seed: 2)
        expectEqual(
            try gradients(of: network, batch, capacity: images, kernels),
            try gradients(of: network, batch, capacity: 11, kernels), "\(kernels)")
    }

    /// Dense layers with many weights list their live outputs; a dropout that drops nothing keeps the ReLU apart, and the
    /// layer a product of matrices. The last batch has more images than one group.
    @Test(arguments: Kernels.available, [1, 3, 9])
    func listsOfLiveOutputsGiveWhatProductsOfMatricesGive(kernels: Kernels, images: Int) throws {
        let listed = try Network(
            Sequential {
                Dense(9, activation: .tanh)
                Dense(521, activation: .tanh)
                Dense(131, activation: .relu)
                Dense(3, activation: .softmax)
            }, input: [4], seed: 1)
        let multiplied = try Network(
            Sequential {
                Dense(9, activation: .tanh)
                Dense(521, activation: .tanh)
                Dense(131)
                Dropout(0)
                Activation(.relu)
                Dense(3, activation: .softmax)
            }, input: [4], seed: 1)
        for network in [listed, multiplied] { network.randomizeParameters(seed: 7) }
        let batch = Batch(count: images, for: listed, loss: .sparseCategoricalCrossentropy, seed: 3)
        expectEqual(
            try gradients(of: listed, batch, capacity: 11, kernels),
            try gradients(of: multiplied, batch, capacity: 11, kernels), "\(kernels)")
    }

    /// A batch normalisation takes any bias before it away. A ReLU between the two would keep it.
    @Test(arguments: Kernels.available)
    func aBiasBeforeABatchNormHasNoGradient(kernels: Kernels) throws {
        let description = Sequential {
            Conv2D(filters: 4, kernelSize: 3)
            MaxPool2D(size: 2)
            BatchNorm()
            Conv2D(filters: 5, kernelSize: 2, activation: .relu)
            BatchNorm()
            Flatten()
            Dense(6)
            BatchNorm()
            Dense(3, activation: .softmax)
        }
        let network = try Network(description, input: [10, 10, 1], seed: 1)
        network.randomizeParameters(seed: 5)
        let batch = Batch(count: 5, for: network, loss: .sparseCategoricalCrossentropy, seed: 2)
        let gradients = try gradients(of: network, batch, capacity: 5, kernels)
        for (name, isZero) in [
            "conv1.bias": true, "conv2.bias": false, "dense1.bias": true, "dense2.bias": false,
        ] {
            #expect(try #require(gradients[name]).allSatisfy { $0 == 0 } == isZero, "\(name) with \(kernels)")
        }
    }

    private func gradients(
        of network: Network, _ batch: Batch, capacity: Int, _ kernels: Kernels
    ) throws -> [String: [Float]] {
        let plan = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: capacity,
            pool: WorkerPool(threads: 2), kernels: kernels)
        let gradients = plan.gradients
        gradients.pointer.update(repeating: .nan, count: gradients.count)
        plan.train(batch)
        return plan.namedGradients
    }

    private func expectEqual(_ actual: [String: [Float]], _ expected: [String: [Float]], _ what: String) {
        #expect(actual.count == expected.count, "\(what)")
        for (name, values) in expected {
            let values = values.map(Double.init)
            expectClose(
                actual[name]!, values, tolerance: Self.tolerance * max(values.largestMagnitude, 1e-3),
                "\(name), \(what)")
        }
    }
}
