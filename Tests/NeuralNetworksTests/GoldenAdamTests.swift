import Compute
import NetworkTestSupport
import NeuralNetworks
import TestSupport
import Testing
import Training

/// Two whole networks after ten steps of Adam, against Keras in float64.
struct GoldenAdamTests {
    @Test(arguments: Kernels.available)
    func notebookNetworkTrainsAsInKeras(kernels: Kernels) throws {
        try check(
            GoldenNetworks.makeNotebook(), try GoldenFile("notebook-network"),
            after: try GoldenFile("notebook-network-adam10"), noise: [:], kernels)
    }

    @Test(arguments: Kernels.available)
    func secondNetworkTrainsAsInKeras(kernels: Kernels) throws {
        let golden = try GoldenFile("second-network")
        // A bias before BatchNorm has gradient 0, of which float32 leaves noise that Adam makes into whole steps: two
        // runs may be 2 · 10 · 0.001 apart. The moving mean takes in 0.01 of each step's difference. See
        // Utilities/ReferenceImplementations/README.md.
        try check(
            GoldenNetworks.makeSecond(), golden, after: golden,
            noise: ["conv1.bias": 0.02, "batchnorm1.moving_mean": 0.0011], kernels)
    }

    private func check(
        _ network: Network, _ golden: GoldenFile, after: GoldenFile, noise: [String: Double],
        _ kernels: Kernels
    ) throws {
        try network.load(golden)
        let batch = try Batch(golden)
        let start = network.namedParameters
        let plan = try TrainingPlan(
            network, loss: .sparseCategoricalCrossentropy, capacity: batch.count,
            pool: WorkerPool(threads: 2), kernels: kernels)
        let gradients = plan.gradients
        let adam = OptimizerState(.adam(), network: network, kernels: kernels)
        let losses = (0..<10).map { _ in
            adam.beginStep()
            return plan.train(batch) { adam.update($0, gradients: gradients) }
        }

        let lossDifference = try #require(try golden.cases[0].float32Difference?["losses"]).difference
        expectClose(
            losses, try golden.values("losses"), tolerance: 2 * lossDifference, "losses with \(kernels)")
        let differences = try #require(after.cases[0].float32Difference)
        for (name, values) in network.namedParameters {
            let expected = try after.values("adam10.\(name)")
            let keras = try #require(differences["adam10.\(name)"]).difference
            expectClose(
                values, expected, tolerance: noise[name] ?? max(3 * keras, 1e-6), "\(name) with \(kernels)")
            // The gradient of a bias before a batch norm is 0, where Keras has rounding noise.
            let moves = noise[name] == nil || !name.hasSuffix(".bias")
            #expect((start[name] != values) == moves, "\(name) has \(moves ? "not " : "")moved")
        }
    }
}
