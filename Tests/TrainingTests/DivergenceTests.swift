import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// A loss that is no number ends training with the last good parameters.
struct DivergenceTests {
    private static let sentence =
        "The loss became infinite or not a number in epoch 1 at step 2, and training stopped; the last good parameters "
        + "are kept. Try a smaller learning rate."

    private func makeConvolutional() throws -> Network {
        try Network(
            Sequential {
                Conv2D(filters: 4, kernelSize: 3, activation: .relu)
                MaxPool2D(size: 2)
                BatchNorm()
                Flatten()
                Dense(8, activation: .relu)
                Dense(2, activation: .softmax)
            }, input: [8, 8, 1], seed: 3)
    }

    @Test(arguments: [Float.nan, .infinity])
    func aBadImageStopsTrainingAtItsStep(value: Float) throws {
        var inputs = SampleImages.noise(12, [3], seed: 1).inputs
        inputs[9][1] = value
        let images = SampleImages([3], inputs: inputs, labels: Array(repeating: 1, count: 12))
        let network = try makeClassifier([3], classes: 4)
        let recorder = CallbackRecorder()
        #expect(throws: TrainingError.lossNotFinite(epoch: 1, step: 3)) {
            try makeTrainer(network, epochs: 2, batchSize: 4, shuffles: false).fit(
                images, validation: nil, callbacks: [recorder])
        }
        #expect(recorder.events == [.batch(1, 4), .batch(1, 8)])

        // The parameters that gave the last finite loss are those after the first of the two good steps.
        let expected = try makeClassifier([3], classes: 4)
        let start = SampleImages([3], inputs: Array(inputs.prefix(4)), labels: [1, 1, 1, 1])
        _ = try makeTrainer(expected, batchSize: 4, shuffles: false).fit(
            start, validation: nil, callbacks: [])
        #expect(network.bits == expected.bits)
    }

    /// The first step's loss is finite and its update absurd, yet of finite numbers: only the next loss shows it.
    @Test(arguments: [
        Optimizer.sgd(learningRate: 1e30), .adam(learningRate: 1e30), .rmsprop(learningRate: 1e30),
    ])
    func aBadUpdateIsTakenBack(optimizer: Optimizer) throws {
        let network = try makeConvolutional()
        let before = network.bits
        let error = #expect(throws: TrainingError.lossNotFinite(epoch: 1, step: 2)) {
            try makeTrainer(network, optimizer, epochs: 2, batchSize: 8).fit(
                SampleImages.bars(32), validation: nil, callbacks: [])
        }
        #expect(error?.description == Self.sentence)
        #expect(network.bits == before)
    }

    /// The bad update is an epoch's last one, so that the epoch seems to have gone well.
    @Test func aBadUpdateAtTheEndOfAnEpochIsTakenBack() throws {
        let network = try makeConvolutional()
        let before = network.bits
        let trainer = try makeTrainer(network, .adam(learningRate: 1e30), epochs: 2, batchSize: 32)
        #expect(throws: TrainingError.lossNotFinite(epoch: 2, step: 1)) {
            try trainer.fit(SampleImages.bars(32), validation: nil, callbacks: [])
        }
        #expect(network.bits == before)
        #expect(trainer.state.bestNetwork == nil, "There was no validation.")
    }

    @Test func validationShowsABadLastUpdate() throws {
        let network = try makeConvolutional()
        let before = network.bits
        let trainer = try makeTrainer(network, .adam(learningRate: 1e30), batchSize: 32)
        #expect(throws: TrainingError.lossNotFinite(epoch: 1, step: 1)) {
            try trainer.fit(SampleImages.bars(32), validation: SampleImages.bars(8, seed: 9), callbacks: [])
        }
        #expect(network.bits == before)
        #expect(trainer.state.bestNetwork == nil)
    }

    @Test func parametersThatBecameInfiniteInTheLastUpdateAreTakenBack() throws {
        let network = try makeClassifier([1], classes: 2)
        network.setParameter("dense1.weight", to: [0, 0])
        let before = network.bits
        #expect(throws: TrainingError.lossNotFinite(epoch: 1, step: 1)) {
            // Both probabilities are a half: the gradients are ±500.
            try makeTrainer(network, .sgd(learningRate: 1e38)).fit(
                SampleImages([1], inputs: [[1000]], labels: [0]), validation: nil, callbacks: [])
        }
        #expect(network.bits == before)
    }
}
