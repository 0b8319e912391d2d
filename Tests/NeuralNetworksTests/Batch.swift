import Compute
import NeuralNetworks

/// Images with what is true of them.
struct Batch {
    enum Truth {
        case classes([Int])
        case values([[Float]])
    }

    var images: [[Float]]
    var truth: Truth
    /// The number of each image in its data set: the key of random choices.
    var samples: [Int]

    init(images: [[Float]], truth: Truth, samples: [Int]? = nil) {
        self.images = images
        self.truth = truth
        self.samples = samples ?? Array(images.indices)
    }

    /// Random pixels in -1...1 and a truth that fits the loss.
    init(count: Int, for network: Network, loss: Loss, seed: UInt64) {
        var random = CounterBasedRandom(seed: seed, purpose: .synthesis)
        images = (0..<count).map { _ in (0..<network.inputShape.count).map { _ in random.nextSigned() } }
        samples = (0..<count).map { 100 + 7 * $0 }
        let outputs = network.outputShape.count
        switch loss {
        case .sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits:
            truth = .classes((0..<count).map { _ in Int(random.next32() % UInt32(outputs)) })
        case .categoricalCrossentropy, .categoricalCrossentropyFromLogits:
            truth = .values(
                (0..<count).map { _ in
                    let weights = (0..<outputs).map { _ in random.nextUniform() + 0.01 }
                    return weights.map { $0 / weights.reduce(0, +) }
                })
        case .meanSquaredError:
            truth = .values((0..<count).map { _ in (0..<outputs).map { _ in random.nextSigned() } })
        }
    }

    var count: Int { images.count }

    func prefix(_ count: Int) -> Batch {
        var result = self
        result.images = Array(images.prefix(count))
        result.samples = Array(samples.prefix(count))
        switch truth {
        case .classes(let classes): result.truth = .classes(Array(classes.prefix(count)))
        case .values(let values): result.truth = .values(Array(values.prefix(count)))
        }
        return result
    }
}

extension CounterBasedRandom {
    /// A number in -1..<1.
    mutating func nextSigned() -> Float { 2 * nextUniform() - 1 }
}

extension Network {
    /// Gives every parameter random values, biases and statistics too, so that no gradient is right by accident.
    func randomizeParameters(seed: UInt64) {
        var random = CounterBasedRandom(seed: seed, purpose: .initialValues, 1000)
        for slot in layout.slots {
            let fan = Float(slot.description.fans.input)
            setParameter(
                slot.name,
                to: (0..<slot.shape.count).map { _ in
                    // An ensemble's begin with the member's number and layer.
                    switch slot.description.name.split(separator: ".").last {
                    case "weight": random.nextSigned() * (3 / fan).squareRoot()
                    case "gamma", "moving_variance": 1 + 0.5 * random.nextSigned()
                    default: 0.3 * random.nextSigned()
                    }
                })
        }
    }

    /// A copy of every parameter by name.
    var namedParameters: [String: [Float]] {
        Dictionary(uniqueKeysWithValues: layout.slots.map { ($0.name, self[$0.name]!) })
    }
}

extension Plan {
    /// Each image's output after a run.
    func allOutputs(_ images: Int) -> [[Float]] { (0..<images).map { Array(outputs($0)) } }

    /// Each image's loss after a run.
    func allLosses(_ images: Int) -> [Float] { (0..<images).map { losses[$0] } }

    /// The gradients by parameter, without statistics, which have none.
    var namedGradients: [String: [Float]] {
        let trained = network.layout.slots.filter(\.description.isTrainable)
        return Dictionary(
            uniqueKeysWithValues: trained.map { ($0.name, Array(gradients!.floats[$0.range])) })
    }

    func setTruth(_ batch: Batch) {
        switch batch.truth {
        case .classes(let values): for (index, value) in values.enumerated() { classes[index] = Int32(value) }
        case .values(let rows):
            for (index, value) in rows.joined().enumerated() { targets[index] = value }
        }
    }

    /// Trains on a batch; without `update`, only the gradients are computed.
    @discardableResult
    func train(
        _ batch: Batch, seed: UInt64 = 3, epoch: Int = 2, update: (@Sendable (Range<Int>) -> Void)? = nil
    )
        -> Float
    {
        setTruth(batch)
        for (index, sample) in batch.samples.enumerated() { samples[index] = sample }
        guard let update else {
            return computeGradients(images: batch.count, seed: seed, epoch: epoch, load: batch.load)
        }
        return train(images: batch.count, seed: seed, epoch: epoch, load: batch.load, update: update)
    }

    /// Runs a batch for its outputs and, in evaluation, its losses.
    func run(_ batch: Batch) { run(images: batch.count, load: batch.load) }
}

extension Batch {
    /// Writes one image where a plan wants it.
    func load(_ place: Int, _ destination: UnsafeMutablePointer<Float>) {
        for (index, value) in images[place].enumerated() { destination[index] = value }
    }
}
