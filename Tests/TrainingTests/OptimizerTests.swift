import Compute
import NetworkTestSupport
import NeuralNetworks
import TestSupport
import Testing
import Training

/// Every optimiser against five steps of Keras's in float64: see Utilities/ReferenceImplementations/README.md.
struct OptimizerTests {
    private static let optimizers: [(name: String, optimizer: Optimizer)] = [
        ("sgd", .sgd()),
        ("sgd-momentum", .sgd(momentum: 0.9)),
        ("sgd-nesterov", .sgd(momentum: 0.9, nesterov: true)),
        ("adam", .adam()),
        ("adamw", .adamW()),
        ("rmsprop", .rmsprop()),
        ("rmsprop-momentum", .rmsprop(momentum: 0.9)),
    ]

    @Test(arguments: Kernels.available, optimizers)
    func optimizerFollowsKeras(
        kernels: Kernels, row: (name: String, optimizer: Optimizer)
    ) throws {
        let golden = try GoldenFile("optimizers", in: .module)
        let initial = try golden.floats("initial")
        let gradients = try golden.floats("gradients")
        let expected = try golden.values("\(row.name).parameters.f64")

        // A network of exactly the file's 37 parameters.
        let count = initial.count
        let network = try Network(Sequential { Dense(1, useBias: false) }, input: [count], seed: 0)
        #expect(network.layout.parameterCount == count)
        network.setParameter("dense1.weight", to: initial)
        let state = OptimizerState(row.optimizer, network: network, kernels: kernels)
        let gradient = FloatBuffer(count: network.layout.trainableCount)
        for step in 0..<gradients.count / count {
            for index in 0..<count { gradient.pointer[index] = gradients[step * count + index] }
            state.beginStep()
            // In two parts, as threads do it.
            state.update(0..<16, gradients: gradient)
            state.update(16..<count, gradients: gradient)
            let values = try #require(network["dense1.weight"])
            // Each step rounds a few times, at 6·10⁻⁸ of the value or of the step.
            expectClose(
                values, Array(expected[step * count..<(step + 1) * count]), tolerance: 2e-7, relative: 3e-7,
                "\(row.name) after step \(step + 1) with \(kernels)")
        }
        #expect(state.step == 5)
    }

    @Test func namesAndLearningRatesAreThoseOfTheCases() {
        #expect(
            [Optimizer.sgd(), .adam(), .adamW(), .rmsprop()].map(\.name) == [
                "sgd", "adam", "adamw", "rmsprop",
            ])
        #expect(
            [Optimizer.sgd(), .adam(), .adamW(), .rmsprop(learningRate: 2)].map(\.learningRate)
                == [0.01, 1e-3, 1e-3, 2])
    }
}
