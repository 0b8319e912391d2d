import Compute
import NetworkTestSupport
import NeuralNetworks
import TestSupport
import Testing

/// Whole networks against Keras in float64: outputs, loss, the gradient of every parameter.
struct GoldenNetworkTests {
    @Test(arguments: Kernels.available)
    func notebookNetworkAgreesWithKeras(kernels: Kernels) throws {
        try check(
            GoldenNetworks.makeNotebook(), try GoldenFile("notebook-network"),
            gradients: try GoldenFile("notebook-network-gradients"), kernels)
    }

    @Test(arguments: Kernels.available)
    func secondNetworkAgreesWithKeras(kernels: Kernels) throws {
        let golden = try GoldenFile("second-network")
        try check(GoldenNetworks.makeSecond(), golden, gradients: golden, kernels)
    }

    @Test(arguments: Kernels.available)
    func positionsNetworkAgreesWithKeras(kernels: Kernels) throws {
        let golden = try GoldenFile("positions-network")
        try check(
            GoldenNetworks.makePositions(), golden, gradients: golden, loss: .categoricalCrossentropy, kernels
        )
    }

    /// The file has Adam's ten steps from the same start, in which the statistics of the second network move. After one
    /// step of ours they must be those of the batch: compared with the reference network's in Double.
    @Test(arguments: Kernels.available)
    func movingStatisticsFollowTheBatch(kernels: Kernels) throws {
        let golden = try GoldenFile("second-network")
        let network = try GoldenNetworks.makeSecond()
        try network.load(golden)
        let before = network.namedParameters
        let batch = try Batch(golden)
        var branches = ReferenceNetwork.Branches()
        let layers = ReferenceNetwork(network, isTraining: true)
            .forward(batch.images.map { $0.map(Double.init) }, samples: batch.samples, branches: &branches)

        let plan = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: batch.count,
            pool: WorkerPool(threads: 2), kernels: kernels)
        plan.train(batch) { _ in }

        for (name, layer) in [("batchnorm1", 0), ("batchnorm2", 4)] {
            let channels = before["\(name).gamma"]!.count
            for c in 0..<channels {
                let values = layers[layer].flatMap { image in
                    stride(from: c, to: image.count, by: channels).map { image[$0] }
                }
                let mean = values.reduce(0, +) / Double(values.count)
                let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
                for (statistic, value) in [("moving_mean", mean), ("moving_variance", variance)] {
                    let old = Double(before["\(name).\(statistic)"]![c])
                    expectClose(
                        [network["\(name).\(statistic)"]![c]], [old * 0.99 + value * 0.01], tolerance: 1e-6,
                        "\(name).\(statistic)[\(c)] with \(kernels)")
                }
            }
        }
    }
}

// MARK: - One network

extension GoldenNetworkTests {
    private func check(
        _ network: Network, _ golden: GoldenFile, gradients: GoldenFile,
        loss: Loss = .sparseCategoricalCrossentropy, _ kernels: Kernels
    ) throws {
        try network.load(golden)
        let batch = try Batch(golden)
        let pool = WorkerPool(threads: 2)

        // Probabilities and loss: Keras's own float32 run is within 3·10⁻⁷ of its float64 run; ours may be 1·10⁻⁶.
        let inference = InferencePlan(network, capacity: batch.count, pool: pool, kernels: kernels)
        inference.run(batch)
        expectClose(
            inference.allOutputs(batch.count).flatMap { $0 }, try golden.values("output.inference"),
            tolerance: 1e-6, "output.inference with \(kernels)")

        let plan = try TrainingPlan(
            network, loss: loss, capacity: batch.count, pool: pool, kernels: kernels)
        let mean = plan.train(batch)
        expectClose([mean], try golden.values("loss.f64"), tolerance: 1e-6, "loss with \(kernels)")
        // Softmax has become part of the loss, so the plan's outputs are logits.
        let logits = plan.allOutputs(batch.count).flatMap { $0.map(Double.init) }
        let probabilities = stride(from: 0, to: logits.count, by: 10).flatMap {
            softmax(Array(logits[$0..<$0 + 10]))
        }
        expectClose(
            probabilities.map { Float($0) }, try golden.values("output"), tolerance: 1e-6,
            "output with \(kernels)")

        let differences = try #require(gradients.cases[0].float32Difference)
        for (name, gradient) in plan.namedGradients {
            let expected = try gradients.values("gradient.\(name)")
            // Twice Keras's own distance, and never less than 2·10⁻⁶ of the largest value: Winograd's sums and
            // differences, and sums in another order, cost about one bit more. A convolution's bias before a batch norm
            // has gradient 0, of which float32 leaves 10⁻⁸.
            let keras = try #require(differences["gradient.\(name)"]).difference
            let tolerance = max(2 * keras, 2e-6 * expected.largestMagnitude, 1e-7)
            expectClose(gradient, expected, tolerance: tolerance, "gradient.\(name) with \(kernels)")
        }
        #expect(plan.namedGradients.count == gradients.names.count { $0.hasPrefix("gradient.") })
    }
}
