import DigitRecognition
import Foundation

/// Our side of a contest: does a piece of work for about as long as asked.
struct DigitsWork {
    let work: Work
    let kernels: Kernels
    let images: LabeledImages
    let seconds: Double

    /// Does the work once.
    /// - Returns: What was measured, by name: `images_per_second`, or `median_us` and `p99_us`.
    func run() throws -> [String: Double] {
        switch work.task {
        case .train: try train()
        case .infer: try infer()
        case .latency: try latency()
        }
    }

    /// Trains a new model each time: how many units are alive, and so how much is to be done, changes in training.
    private func train() throws -> [String: Double] {
        let model = try model()
        model.compile(optimizer: .adam(), metrics: [])
        let stopwatch = Stopwatch(seconds: seconds)
        try model.fit(
            images, normalization: work.network.normalization, epochs: .max, batchSize: work.batch,
            augmentation: work.network.augmentation, callbacks: [stopwatch])
        return ["images_per_second": stopwatch.imagesPerSecond]
    }

    /// Inputs are normalised floats in memory, as the peers get theirs.
    private func infer() throws -> [String: Double] {
        let batches = try Batches(work, images)
        let predictor = Predictor(try model(), threads: work.threads)
        var count = 0
        let start = ContinuousClock.now
        var seconds = 0.0
        while seconds < self.seconds {
            batches.run(count, on: predictor)
            count += 1
            seconds = (ContinuousClock.now - start).seconds
        }
        return ["images_per_second": Double(count * work.batch) / seconds]
    }

    private func latency() throws -> [String: Double] {
        let batches = try Batches(work, images)
        let predictor = Predictor(try model(), threads: work.threads)
        var times: [Double] = []
        let begin = ContinuousClock.now
        var end = begin
        while (end - begin).seconds < seconds {
            let start = ContinuousClock.now
            batches.run(times.count, on: predictor)
            end = ContinuousClock.now
            times.append((end - start).seconds * 1e6)
        }
        return ["median_us": times.median, "p99_us": times.quantile(0.99)]
    }

    private func model() throws -> Model {
        let model = try Model(work.network.layers, input: BenchmarkNetwork.input, seed: 1)
        model.threads = work.threads
        model.kernels = kernels
        return model
    }
}

/// Batches of pictures as floats.
private struct Batches {
    private static let imageCount = 2560
    private let batch: Int
    private let count: Int
    private let inputs: Memory<Float>
    private let outputs: Memory<Float>

    init(_ work: Work, _ images: LabeledImages) throws {
        batch = work.batch
        count = max(1, Self.imageCount / batch)
        inputs = Memory(count: count * batch * BenchmarkNetwork.input.count, 0)
        let classes = try work.network.layers.outputShapes(for: BenchmarkNetwork.input).last!.count
        outputs = Memory(count: batch * classes, 0)
        for place in 0..<count * batch {
            let input = work.network.normalization(images.images[place % images.count])
            (inputs.pointer + place * input.count).update(from: input, count: input.count)
        }
    }

    /// Predicts one of the batches.
    func run(_ number: Int, on predictor: Predictor) {
        let size = batch * BenchmarkNetwork.input.count
        var probabilities = MutableSpan(
            _unsafeStart: outputs.pointer, count: batch * predictor.classNames.count)
        predictor.predict(
            inputs: Span(_unsafeStart: inputs.pointer + number % count * size, count: size),
            into: &probabilities)
    }
}

/// Times training after a few steps, and stops it.
private final class Stopwatch: TrainingCallback {
    private static let warmUpSteps = 10
    private let seconds: Double
    private var steps = 0
    private var images = 0
    private var imagesOfEpoch = 0
    private var start = ContinuousClock.now
    private(set) var imagesPerSecond = 0.0

    init(seconds: Double) {
        self.seconds = seconds
    }

    func batchEnded(_ progress: TrainingProgress) -> TrainingDecision {
        steps += 1
        let now = ContinuousClock.now
        let added = progress.images - (progress.images > imagesOfEpoch ? imagesOfEpoch : 0)
        imagesOfEpoch = progress.images
        guard steps > Self.warmUpSteps else {
            start = now
            return .goOn
        }
        images += added
        let elapsed = (now - start).seconds
        guard elapsed >= seconds else { return .goOn }
        imagesPerSecond = Double(images) / elapsed
        return .stop
    }
}
