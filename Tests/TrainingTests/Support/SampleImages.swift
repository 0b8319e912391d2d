import Compute
import Foundation
import NeuralNetworks
import Training

/// Pictures in memory with their classes, which remember who was asked for.
final class SampleImages: BatchSource {
    let inputShape: Shape
    let inputs: [[Float]]
    let labels: [Int]
    /// Not Swift's Mutex, which ThreadSanitizer does not see.
    private let lock = NSLock()
    // Sendable: touched under the lock alone.
    private nonisolated(unsafe) var asked: [Int] = []

    init(_ inputShape: Shape, inputs: [[Float]], labels: [Int]) {
        self.inputShape = inputShape
        self.inputs = inputs
        self.labels = labels
    }

    /// Pictures of noise in `0..<1`, with classes in turn.
    static func noise(_ count: Int, _ shape: Shape, classes: Int = 10, seed: UInt64 = 5) -> SampleImages {
        var random = CounterBasedRandom(seed: seed, purpose: .synthesis)
        return SampleImages(
            shape, inputs: (0..<count).map { _ in (0..<shape.count).map { _ in random.nextUniform() } },
            labels: (0..<count).map { $0 % classes })
    }

    /// Faint noise with a bright bar: upright in pictures of class 0, lying in those of class 1.
    static func bars(_ count: Int, size: Int = 8, seed: UInt64 = 5) -> SampleImages {
        var random = CounterBasedRandom(seed: seed, purpose: .synthesis)
        let labels = (0..<count).map { $0 % 2 }
        let inputs = labels.map { label in
            let place = Int(random.next32() % UInt32(size))
            return (0..<size * size).map { pixel in
                let isBar = (label == 0 ? pixel % size : pixel / size) == place
                return (isBar ? 0.8 : 0) + 0.2 * random.nextUniform()
            }
        }
        return SampleImages([size, size, 1], inputs: inputs, labels: labels)
    }

    var count: Int { labels.count }

    /// The samples in the order in which their pictures were asked for; one thread makes that the order of training.
    var order: [Int] { lock.withLock { asked } }

    func label(of sample: Int) -> Int { labels[sample] }

    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        lock.withLock { asked.append(sample) }
        for (index, value) in inputs[sample].enumerated() { destination[index] = value }
    }
}

/// Trains a network on one thread unless told otherwise.
func makeTrainer(
    _ network: Network, _ optimizer: Optimizer = .sgd(), loss: Loss = .sparseCategoricalCrossentropy,
    metrics: [Metric] = [.accuracy], epochs: Int = 1, batchSize: Int = 32, seed: UInt64 = 0,
    shuffles: Bool = true, threads: Int = 1, kernels: Kernels = .best
) throws(TrainingError) -> Trainer {
    try makeTrainer(
        network, optimizer, loss: loss, metrics: metrics,
        configuration: .with(epochs: epochs, batchSize: batchSize, shuffles: shuffles), seed: seed,
        threads: threads,
        kernels: kernels)
}

/// Trains a network with all settings at hand.
func makeTrainer(
    _ network: Network, _ optimizer: Optimizer = .sgd(), loss: Loss = .sparseCategoricalCrossentropy,
    metrics: [Metric] = [.accuracy], configuration: TrainingConfiguration, seed: UInt64 = 0,
    threads: Int = 1, kernels: Kernels = .best
) throws(TrainingError) -> Trainer {
    var configuration = configuration
    configuration.optimizer = optimizer
    configuration.loss = loss
    configuration.metrics = metrics
    return try Trainer(
        network, configuration, seed: seed, pool: WorkerPool(threads: threads), kernels: kernels)
}

extension TrainingConfiguration {
    /// The defaults with some settings.
    static func with(
        epochs: Int = 1, batchSize: Int = 32, shuffles: Bool = true,
        schedule: LearningRateSchedule = .constant, labelSmoothing: Float = 0, globalClipNorm: Float? = nil,
        emaMomentum: Float = 0, timeLimit: Duration? = nil
    ) -> TrainingConfiguration {
        TrainingConfiguration {
            $0.epochs = epochs
            $0.batchSize = batchSize
            $0.shuffles = shuffles
            $0.schedule = schedule
            $0.labelSmoothing = labelSmoothing
            $0.globalClipNorm = globalClipNorm
            $0.emaMomentum = emaMomentum
            $0.timeLimit = timeLimit
        }
    }
}

/// A network of one Dense layer with softmax.
func makeClassifier(_ input: Shape, classes: Int, seed: UInt64 = 1) throws -> Network {
    try Network(
        Sequential {
            Flatten()
            Dense(classes, activation: .softmax)
        }, input: input, seed: seed)
}

/// A network that multiplies one number with one weight, which is 0.
func makeClassifierOfOneWeight() throws -> Network {
    let network = try Network(Sequential { Dense(1, useBias: false) }, input: [1], seed: 0)
    network.setParameter("dense1.weight", to: [0])
    return network
}
