import Compute
import NetworkTestSupport
import NeuralNetworks
import TestSupport
import Testing

/// Losses against Keras, from predictions that come as they are.
struct GoldenLossTests {
    @Test func lossesAndTheirGradientsAgreeWithKeras() throws {
        let golden = try GoldenFile("losses")
        for row in try golden.cases {
            let isSparse = row.name.hasPrefix("sparse")
            let loss: Loss
            switch (row.fromLogits, isSparse) {
            case (nil, _): loss = .meanSquaredError
            case (true?, true): loss = .sparseCategoricalCrossentropyFromLogits
            case (true?, false): loss = .categoricalCrossentropyFromLogits
            case (false?, true): loss = .sparseCategoricalCrossentropy
            case (false?, false): loss = .categoricalCrossentropy
            }
            let batch = Batch(
                images: try golden.rows("\(row.name).input"),
                truth: isSparse
                    ? .classes(try golden.values("\(row.name).labels").map { Int($0) })
                    : .values(try golden.rows("\(row.name).target")))
            try check(loss, batch, row.name, in: golden)
        }
        #expect(try golden.cases.count == 7)
    }

    /// Keras smooths the targets of the categorical loss alone; the sparse one is its equal here.
    @Test(arguments: [true, false])
    func smoothedLossesAgreeWithKeras(isSparse: Bool) throws {
        let golden = try GoldenFile("losses-smoothed")
        for row in try golden.cases {
            let isFromLogits = row.fromLogits == true
            let loss: Loss =
                switch (isSparse, isFromLogits) {
                case (true, true): .sparseCategoricalCrossentropyFromLogits
                case (true, false): .sparseCategoricalCrossentropy
                case (false, true): .categoricalCrossentropyFromLogits
                case (false, false): .categoricalCrossentropy
                }
            let targets = try golden.rows("\(row.name).target")
            let batch = Batch(
                images: try golden.rows("\(row.name).input"),
                truth: isSparse ? .classes(targets.map { $0.firstIndex(of: 1)! }) : .values(targets))
            try check(loss, labelSmoothing: 0.1, batch, row.name, in: golden)
        }
        #expect(try golden.cases.count == 2)
    }

    /// A dense layer with the identity as weights hands the predictions on, and the gradient of its bias in a batch of
    /// one image is the loss's gradient with respect to that image's prediction.
    private func check(
        _ loss: Loss, labelSmoothing: Float = 0, _ batch: Batch, _ name: String, in golden: GoldenFile
    ) throws {
        let width = batch.images[0].count
        let network = try Network(Sequential { Dense(width) }, input: [width], seed: 1)
        network.setParameter(
            "dense1.weight", to: (0..<width * width).map { $0 % (width + 1) == 0 ? 1 : 0 })
        let plan = try TrainingPlan(
            network, loss: loss, labelSmoothing: labelSmoothing, capacity: batch.count,
            pool: WorkerPool(threads: 1), kernels: try #require(Kernels.named("reference")))

        let mean = plan.train(batch)
        // Our own run is float32: 10⁻⁶ of the largest value, as the logarithm's argument is rounded once.
        let values = try golden.values("\(name).values.f64")
        expectClose(
            plan.allLosses(batch.count), values, tolerance: 1e-6 * values.largestMagnitude,
            "\(name).values")
        let expectedMean = try golden.values("\(name).loss.f64")
        expectClose(
            [mean], expectedMean, tolerance: 1e-6 * expectedMean.largestMagnitude, "\(name).loss")

        let gradients = try golden.values("\(name).gradient.input.f64")
        for image in 0..<batch.count {
            var one = batch
            one.images = [batch.images[image]]
            switch batch.truth {
            case .classes(let classes): one.truth = .classes([classes[image]])
            case .values(let rows): one.truth = .values([rows[image]])
            }
            plan.train(one)
            // The file has the gradient of the mean over the batch.
            let expected = gradients[image * width..<(image + 1) * width].map { $0 * Double(batch.count) }
            expectClose(
                plan.namedGradients["dense1.bias"]!, expected,
                tolerance: 2e-6 * max(expected.largestMagnitude, 1e-3),
                "\(name).gradient, image \(image)")
        }
    }
}
