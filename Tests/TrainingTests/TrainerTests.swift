import Compute
import Foundation
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// What the loop does with the images and the numbers.
struct TrainerTests {
    // MARK: - Order and batches

    private func order(epochs: Int, seed: UInt64, shuffles: Bool = true, count: Int = 23) throws -> [[Int]] {
        let images = SampleImages.noise(count, [3])
        let network = try makeClassifier([3], classes: 10)
        _ = try makeTrainer(network, epochs: epochs, batchSize: 5, seed: seed, shuffles: shuffles)
            .fit(images, validation: nil, callbacks: [])
        let order = images.order
        #expect(order.count == epochs * count)
        return (0..<epochs).map { Array(order[$0 * count..<($0 + 1) * count]) }
    }

    @Test func aBatchSizeAboveTheNumberOfImagesIsTheirNumber() throws {
        let images = SampleImages.noise(5, [3])
        let networks = try [5, 6, 1 << 40, .max].map { size in
            let network = try makeClassifier([3], classes: 10)
            _ = try makeTrainer(network, epochs: 3, batchSize: size)
                .fit(images, validation: images, callbacks: [])
            return network["dense1.weight"]
        }
        #expect(Set(networks).count == 1)
    }

    @Test func eachEpochMeetsEachImageOnceInAnOrderOfItsOwn() throws {
        let epochs = try order(epochs: 4, seed: 7)
        for epoch in epochs {
            #expect(epoch.sorted() == Array(0..<23))
            #expect(epoch != Array(0..<23))
        }
        #expect(Set(epochs).count == 4)
    }

    @Test func orderFollowsFromTheSeed() throws {
        #expect(try order(epochs: 2, seed: 7) == order(epochs: 2, seed: 7))
        #expect(try order(epochs: 2, seed: 7) != order(epochs: 2, seed: 8))
    }

    @Test func everyPlaceOfTheOrderIsTakenByEveryImage() throws {
        // 6 images, 400 epochs: each of the 36 pairs of place and image comes about 67 times (deviation 7.5).
        let epochs = try order(epochs: 400, seed: 1, count: 6)
        for place in 0..<6 {
            for image in 0..<6 {
                let times = epochs.count { $0[place] == image }
                #expect((30...104).contains(times), "image \(image) at place \(place): \(times) times")
            }
        }
    }

    @Test func withoutShufflingTheOrderIsTheGivenOne() throws {
        let epochs = try order(epochs: 2, seed: 7, shuffles: false)
        #expect(epochs == [Array(0..<23), Array(0..<23)])
    }

    @Test func theLastBatchMayBePartial() throws {
        let recorder = CallbackRecorder()
        let network = try makeClassifier([3], classes: 10)
        let trainer = try makeTrainer(network, batchSize: 8)
        _ = try trainer.fit(SampleImages.noise(19, [3]), validation: nil, callbacks: [recorder])
        #expect(recorder.events == [.batch(1, 8), .batch(1, 16), .batch(1, 19), .epoch(1)])
        #expect(trainer.state.optimizer.step == 3)
    }

    @Test func aBatchLargerThanTheSetIsOneStep() throws {
        let trainer = try makeTrainer(makeClassifier([3], classes: 10), epochs: 3, batchSize: 50)
        _ = try trainer.fit(SampleImages.noise(7, [3]), validation: nil, callbacks: [])
        #expect(trainer.state.optimizer.step == 3)
    }

    /// A partial batch's gradient is the mean over its own images, not over the capacity: by hand, for one weight.
    @Test func aPartialBatchIsAveragedOverItsOwnImages() throws {
        let network = try Network(Sequential { Dense(1, useBias: false) }, input: [1], seed: 0)
        network.setParameter("dense1.weight", to: [0.5])
        let images = SampleImages([1], inputs: [[1], [2], [3]], labels: [0, 0, 0])
        let trainer = try makeTrainer(
            network, .sgd(learningRate: 0.1), loss: .meanSquaredError, batchSize: 2, shuffles: false)
        let history = try trainer.fit(images, validation: nil, callbacks: [])

        // Target 1. Errors 0.5x - 1: -0.5 and 0. Gradient: mean of 2·error·x = (-1 + 0) / 2.
        var weight = 0.5 + 0.1 * 0.5
        let lastError = 3 * weight - 1
        weight -= 0.1 * 2 * lastError * 3
        #expect(abs(Double(network["dense1.weight"]![0]) - weight) < 1e-6)
        #expect(abs(history.epochs[0].loss - (0.25 + 0 + lastError * lastError) / 3) < 1e-6)
    }

    // MARK: - Sums

    /// With a learning rate of 10⁻³⁰ the weights stand still, so the running figures are those of the first weights.
    @Test(arguments: [Loss.sparseCategoricalCrossentropy, .categoricalCrossentropy, .meanSquaredError])
    func runningLossAndMetricsAreTheMeansOverTheImagesSoFar(loss: Loss) throws {
        let images = SampleImages.noise(21, [4], classes: 3)
        let network = try makeClassifier([4], classes: 3)
        let weight = network["dense1.weight"]!
        let figures = (0..<21).map { image -> (loss: Double, isRight: Bool) in
            let logits = (0..<3).map { c in
                (0..<4).reduce(0.0) { $0 + Double(weight[c * 4 + $1]) * Double(images.inputs[image][$1]) }
            }
            let sum = logits.reduce(0) { $0 + exp($1) }
            let probabilities = logits.map { exp($0) / sum }
            let label = images.labels[image]
            let squares = probabilities.enumerated().map { index, value in
                let error = value - (index == label ? 1 : 0)
                return error * error
            }
            return (
                loss == .meanSquaredError ? squares.reduce(0, +) / 3 : -log(probabilities[label]),
                probabilities.indices.allSatisfy { $0 == label || probabilities[$0] < probabilities[label] }
            )
        }
        let recorder = CallbackRecorder()
        let history = try makeTrainer(
            network, .sgd(learningRate: 1e-30), loss: loss, metrics: [.accuracy, .topKAccuracy(k: 3)],
            batchSize: 4, shuffles: false
        ).fit(images, validation: images, callbacks: [recorder])

        #expect(recorder.progress.count == 6)
        for progress in recorder.progress {
            let met = figures.prefix(progress.images)
            #expect(abs(progress.loss - met.reduce(0) { $0 + $1.loss } / Double(met.count)) < 1e-6)
            #expect(progress.metrics["accuracy"] == Double(met.count { $0.isRight }) / Double(met.count))
            #expect(progress.metrics["top_3_accuracy"] == 1)
            #expect(progress.epoch == 1 && progress.epochs == 1 && progress.imageCount == 21)
        }
        let epoch = try #require(history.epochs.first)
        let last = try #require(recorder.progress.last)
        #expect(epoch.loss == last.loss && epoch.metrics == last.metrics)
        #expect(abs(try #require(epoch.validationLoss) - epoch.loss) < 1e-6)
        #expect(epoch.validationMetrics == epoch.metrics)
        #expect(epoch.seconds > 0)
        #expect(abs(epoch.imagesPerSecond * epoch.seconds - 21) < 1e-6)
        #expect(
            Set(figures.map(\.isRight)).count == 2, "Both outcomes must occur for the test to mean something."
        )
    }

    // MARK: - Callbacks

    @Test func callbacksAreCalledInOrder() throws {
        let recorder = CallbackRecorder()
        let history = try makeTrainer(makeClassifier([3], classes: 10), epochs: 2, batchSize: 4).fit(
            SampleImages.noise(6, [3]), validation: SampleImages.noise(5, [3]), callbacks: [recorder])
        #expect(
            recorder.events == [
                .batch(1, 4), .batch(1, 6), .validation(1), .epoch(1),
                .batch(2, 4), .batch(2, 6), .validation(2), .epoch(2),
            ])
        #expect(recorder.results == history.epochs)
        #expect(history.ending == .finished)
    }

    @Test func aCallbackStopsAfterABatch() throws {
        let recorder = CallbackRecorder(stoppingAfter: .batch(2, 4))
        let second = CallbackRecorder()
        let trainer = try makeTrainer(makeClassifier([3], classes: 10), epochs: 3, batchSize: 4)
        let history = try trainer.fit(
            SampleImages.noise(6, [3]), validation: nil, callbacks: [recorder, second])
        #expect(recorder.events == [.batch(1, 4), .batch(1, 6), .epoch(1), .batch(2, 4)])
        // The one that did not ask is told of the same batch.
        #expect(second.events == recorder.events)
        #expect(history.ending == .stopped)
        #expect(history.epochs.map(\.epoch) == [1])
        #expect(trainer.state.optimizer.step == 3)
    }

    @Test func aCallbackStopsAfterAnEpoch() throws {
        let recorder = CallbackRecorder(stoppingAfter: .epoch(2))
        let history = try makeTrainer(makeClassifier([3], classes: 10), epochs: 5, batchSize: 8).fit(
            SampleImages.noise(6, [3]), validation: nil, callbacks: [recorder])
        #expect(recorder.events == [.batch(1, 6), .epoch(1), .batch(2, 6), .epoch(2)])
        #expect(history.ending == .stopped)
        #expect(history.epochs.count == 2)
    }

    @Test func validationImagesAreNotTrainedOn() throws {
        let training = SampleImages.noise(12, [3], seed: 1)
        let runs = try [UInt64(2), 3].map { seed in
            let network = try makeClassifier([3], classes: 10)
            let history = try makeTrainer(network, epochs: 2, batchSize: 4).fit(
                training, validation: SampleImages.noise(9, [3], seed: seed), callbacks: [])
            return (network.bits, history["val_loss"])
        }
        #expect(runs[0].0 == runs[1].0)
        #expect(runs[0].1 != runs[1].1)
    }
}
