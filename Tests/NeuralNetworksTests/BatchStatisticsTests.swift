import Compute
import NeuralNetworks
import Testing

/// The statistics of a batch, which groups of images take one by one and then merge, against sums over the whole batch
/// in Double. With momentum 0 a training step leaves them in the parameters.
struct BatchStatisticsTests {
    /// Not whole groups, so that the last one has less weight.
    private static let batchSizes = [1, 4, 5, 9, 23]

    @Test(arguments: Kernels.available, batchSizes)
    func meanAndVarianceAreThoseOfTheWholeBatch(kernels: Kernels, images: Int) throws {
        let (shape, channels) = ([3, 5, 19] as Shape, 19)
        let network = try makeNetwork(shape)
        var batch = Batch(count: images, for: network, loss: .meanSquaredError, seed: 3)
        for image in 0..<images {
            // The groups' means are several deviations apart, and in some channels far from 0. One channel is constant.
            for index in batch.images[image].indices {
                let c = index % channels
                let value = batch.images[image][index] + Float(image) * 0.25
                batch.images[image][index] = c == 7 ? -3.3 : value + [0, 1e4, -1e4][c % 3]
            }
        }
        let plan = try TrainingPlan(
            network, loss: .meanSquaredError, capacity: images + 2, pool: WorkerPool(threads: 2),
            kernels: kernels)
        plan.train(batch) { _ in }

        for c in 0..<channels {
            let values = batch.images.flatMap { $0 }.enumerated().filter { $0.offset % channels == c }
                .map { Double($0.element) }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
            // The mean is rounded to float once. The variance is a sum of some hundred floats and a little more,
            // whatever the mean.
            let foundMean = Double(network["batchnorm1.moving_mean"]![c])
            let foundVariance = Double(network["batchnorm1.moving_variance"]![c])
            #expect(abs(foundMean - mean) <= 1e-7 * max(1, abs(mean)), "channel \(c)")
            #expect(abs(foundVariance - variance) <= 1e-6 * variance + 1e-12, "channel \(c)")
        }
    }

    /// dL/dbeta = Σ g and dL/dgamma = Σ g · x̂ with the gate of a ReLU, where the groups' gradients differ.
    @Test(arguments: Kernels.available, batchSizes)
    func gradientsAreSumsOverTheWholeBatch(kernels: Kernels, images: Int) throws {
        let network = try Network(
            Sequential {
                BatchNorm(momentum: 0)
                Activation(.relu)
            }, input: [17], seed: 1)
        network.randomizeParameters(seed: 2)
        let batch = Batch(count: images, for: network, loss: .meanSquaredError, seed: 3)
        var random = CounterBasedRandom(seed: 4, purpose: .synthesis)
        let upstream = batch.images.indices.map { image in
            (0..<17).map { _ in random.nextSigned() + Float(image) }
        }
        let plan = DifferentiationPlan(
            network, capacity: images + 2, pool: WorkerPool(threads: 2),
            kernels: kernels)
        plan.differentiate(batch, upstream: upstream)

        let gradients = plan.namedGradients
        for c in 0..<17 {
            let values = batch.images.map { Double($0[c]) }
            let mean = values.reduce(0, +) / Double(images)
            let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(images)
            let gamma = Double(network["batchnorm1.gamma"]![c])
            let beta = Double(network["batchnorm1.beta"]![c])
            var (sum, product, magnitude) = (0.0, 0.0, 0.0)
            for (value, gradient) in zip(values, upstream) {
                let normalized = (value - mean) / (variance + 1e-3).squareRoot()
                guard gamma * normalized + beta > 0 else { continue }
                sum += Double(gradient[c])
                product += Double(gradient[c]) * normalized
                magnitude += abs(Double(gradient[c])) * max(1, abs(normalized))
            }
            #expect(abs(Double(gradients["batchnorm1.beta"]![c]) - sum) <= 1e-6 * magnitude)
            #expect(abs(Double(gradients["batchnorm1.gamma"]![c]) - product) <= 1e-6 * magnitude)
        }
    }

    private func makeNetwork(_ shape: Shape) throws -> Network {
        try Network(
            Sequential {
                BatchNorm(momentum: 0)
                Flatten()
                Dense(1)
            }, input: shape, seed: 1)
    }
}
