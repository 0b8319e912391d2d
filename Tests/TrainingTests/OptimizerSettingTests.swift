import Compute
import NeuralNetworks
import Testing
import Training

/// Settings that would make every update meaningless are refused before training.
@Suite struct OptimizerSettingTests {
    @Test(arguments: [
        (Optimizer.adam(learningRate: 0), "learning rate is 0, but must be a number above 0."),
        (.adam(beta1: 1), "beta1 is 1, but must be at least 0 and below 1."),
        (.adam(beta2: -0.1), "beta2 is -0.1, but must be at least 0 and below 1."),
        (.adam(epsilon: 0), "epsilon is 0, but must be a number above 0."),
        (.adamW(weightDecay: .nan), "weight decay is nan, but must be at least 0 and below 1."),
        (.sgd(momentum: 1.5), "momentum is 1.5, but must be at least 0 and below 1."),
        (.rmsprop(rho: 2), "rho is 2, but must be at least 0 and below 1."),
    ])
    func settingOutOfItsRangeIsRefused(optimizer: Optimizer, sentence: String) throws {
        let network = try Network(Sequential { Dense(2) }, input: [1], seed: 1)
        let error = #expect(throws: TrainingError.self) {
            try makeTrainer(network, optimizer, loss: .meanSquaredError)
        }
        #expect(error?.description == sentence)
    }

    @Test func topZeroAccuracyIsRefused() throws {
        let network = try Network(Sequential { Dense(2) }, input: [1], seed: 1)
        let error = #expect(throws: TrainingError.self) {
            try makeTrainer(network, loss: .meanSquaredError, metrics: [.topKAccuracy(k: 0)])
        }
        #expect(error?.description == "k of top-k accuracy is 0, but must be at least 1.")
    }
}
