import Compute
import NeuralNetworks
import Testing
import Training

/// A small convolutional network tells upright bars from lying ones, with every optimiser and loss.
struct LearningTests {
    static let optimizers: [Optimizer] = [
        .sgd(learningRate: 0.1), .sgd(learningRate: 0.02, momentum: 0.9),
        .sgd(learningRate: 0.02, momentum: 0.9, nesterov: true), .adam(learningRate: 0.01),
        .adamW(learningRate: 0.01), .rmsprop(learningRate: 0.005),
        .rmsprop(learningRate: 0.002, momentum: 0.9),
    ]

    private func learn(_ optimizer: Optimizer, _ loss: Loss) throws {
        let network = try Network(
            Sequential {
                Conv2D(filters: 8, kernelSize: 3, activation: .relu)
                MaxPool2D(size: 2)
                Flatten()
                Dense(2, activation: loss.isFromLogits ? nil : .softmax)
            }, input: [8, 8, 1], seed: 1)
        let history = try makeTrainer(network, optimizer, loss: loss, epochs: 40, batchSize: 16, threads: 2)
            .fit(
                SampleImages.bars(256), validation: SampleImages.bars(64, seed: 77),
                callbacks: [StopsWhenAllIsRight()])
        #expect(
            history.epochs.last?.validationMetrics["accuracy"] == 1,
            "\(optimizer), \(loss): \(history["val_accuracy"])")
        #expect(history.ending == .stopped)
    }

    @Test(arguments: optimizers)
    func learnsWithEveryOptimizer(optimizer: Optimizer) throws {
        try learn(optimizer, .sparseCategoricalCrossentropy)
    }

    @Test(arguments: [
        Loss.sparseCategoricalCrossentropyFromLogits, .categoricalCrossentropy,
        .categoricalCrossentropyFromLogits, .meanSquaredError,
    ])
    func learnsWithEveryLoss(loss: Loss) throws {
        try learn(.adam(learningRate: 0.01), loss)
    }
}

private final class StopsWhenAllIsRight: TrainingCallback {
    func epochEnded(_ result: EpochResult) -> TrainingDecision {
        result.validationMetrics["accuracy"] == 1 && result.metrics["accuracy"] == 1 ? .stop : .goOn
    }
}
