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

    /// A convolution of 1×1 with the identity as weights hands the predictions on. The gradient of its bias is the sum over the
    /// positions; where all but one have a target of zeros, it is the loss's gradient at that one.
    @Test func lossesOverPositionsAgreeWithKeras() throws {
        let golden = try GoldenFile("losses-positions")
        for row in try golden.cases {
            let inputs = try golden.rows("\(row.name).input")
            let targets = try golden.rows("\(row.name).target")
            let axes = try golden.shape(of: "\(row.name).input").axes
            let (width, positions) = (axes[3], axes[1] * axes[2])
            let network = try Network(
                Sequential { Conv2D(filters: width, kernelSize: 1) }, input: Shape(Array(axes.dropFirst())),
                seed: 1)
            network.setParameter(
                "conv1.weight", to: (0..<width * width).map { $0 % (width + 1) == 0 ? 1 : 0 })
            let plan = try TrainingPlan(
                network,
                loss: row.fromLogits == true ? .categoricalCrossentropyFromLogits : .categoricalCrossentropy,
                labelSmoothing: try #require(row.labelSmoothing), capacity: inputs.count,
                pool: WorkerPool(threads: 1), kernels: try #require(Kernels.named("reference")))

            let mean = plan.train(Batch(images: inputs, truth: .values(targets)))
            let values = try golden.values("\(row.name).values.f64")
            let means = inputs.indices.map { image in
                values[image * positions..<(image + 1) * positions].reduce(0, +) / Double(positions)
            }
            expectClose(
                plan.allLosses(inputs.count), means, tolerance: 1e-6 * means.largestMagnitude,
                "\(row.name).values")
            let expectedMean = try golden.values("\(row.name).loss.f64")
            expectClose(
                [mean], expectedMean, tolerance: 1e-6 * expectedMean.largestMagnitude, "\(row.name).loss")

            let gradients = try golden.values("\(row.name).gradient.input.f64")
            for (image, target) in targets.enumerated() {
                for first in stride(from: 0, to: target.count, by: width) {
                    let own = first..<first + width
                    let alone = target.indices.map { own.contains($0) ? target[$0] : 0 }
                    plan.train(Batch(images: [inputs[image]], truth: .values([alone])))
                    // The file has the gradient of the mean over the batch.
                    let offset = image * target.count + first
                    let expected = gradients[offset..<offset + width].map { $0 * Double(inputs.count) }
                    expectClose(
                        plan.namedGradients["conv1.bias"]!, expected,
                        tolerance: 2e-6 * max(expected.largestMagnitude, 1e-3),
                        "\(row.name).gradient, image \(image), position \(first / width)")
                }
            }
        }
        #expect(try golden.cases.count == 4)
    }

    /// A target of zeros counts nothing, also where targets are smoothed and whatever the outputs are; the mean is over all.
    @Test(arguments: [Float(0), 0.1])
    func aPositionWithoutTargetCountsNothing(labelSmoothing: Float) throws {
        let network = try Network(
            Sequential { Conv2D(filters: 2, kernelSize: 1) }, input: [1, 2, 2], seed: 1)
        network.setParameter("conv1.weight", to: [1, 0, 0, 1])
        for loss in [Loss.categoricalCrossentropyFromLogits, .categoricalCrossentropy] {
            let plan = try TrainingPlan(
                network, loss: loss, labelSmoothing: labelSmoothing, capacity: 1, pool: WorkerPool(threads: 1)
            )
            func train(_ image: [Float], _ target: [Float]) -> (loss: Float, gradient: [Float]) {
                (
                    plan.train(Batch(images: [image], truth: .values([target]))),
                    plan.namedGradients["conv1.bias"]!
                )
            }
            let both = train([0.25, 0.75, 0.25, 0.75], [1, 0, 1, 0])
            for other: [Float] in [[0.5, 0.5], [0, 0], [100, -100]] {
                let one = train([0.25, 0.75] + other, [1, 0, 0, 0])
                #expect(2 * one.loss == both.loss)
                #expect(one.gradient.map { 2 * $0 } == both.gradient)
                let none = train(other + other, [0, 0, 0, 0])
                #expect(none.loss == 0)
                #expect(none.gradient == [0, 0])
            }
        }
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
