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
    var seed: UInt64 = 3
    var epoch = 2

    init(images: [[Float]], truth: Truth, samples: [Int]? = nil) {
        self.images = images
        self.truth = truth
        self.samples = samples ?? Array(images.indices)
    }

    /// Random pixels in -1...1 and a truth that fits the loss. Where there are positions, every fourth has no target.
    init(count: Int, for network: Network, loss: Loss, seed: UInt64) {
        var random = CounterBasedRandom(seed: seed, purpose: .synthesis)
        images = (0..<count).map { _ in (0..<network.inputShape.count).map { _ in random.nextSigned() } }
        samples = (0..<count).map { 100 + 7 * $0 }
        let outputs = network.outputShape.count
        switch loss {
        case .sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits:
            truth = .classes((0..<count).map { _ in Int(random.next32() % UInt32(outputs)) })
        case .categoricalCrossentropy, .categoricalCrossentropyFromLogits:
            let shape = network.outputShape
            let width = shape[shape.rank - 1]
            truth = .values(
                (0..<count).map { _ in
                    (0..<outputs / width).flatMap { position in
                        let weights = (0..<width).map { _ in random.nextUniform() + 0.01 }
                        return weights.map { position % 4 == 3 ? 0 : $0 / weights.reduce(0, +) }
                    }
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

extension Batch: TrainingBatch {
    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        for (index, value) in images[place].enumerated() { destination[index] = value }
    }

    func label(of place: Int) -> Int {
        guard case .classes(let classes) = truth else { preconditionFailure("The batch has values.") }
        return classes[place]
    }

    func copyTarget(of place: Int, into destination: inout MutableSpan<Float>) {
        guard case .values(let values) = truth else { preconditionFailure("The batch has classes.") }
        for (index, value) in values[place].enumerated() { destination[index] = value }
    }

    func sample(of place: Int) -> Int { samples[place] }
}

extension Plan {
    /// Each image's output after a run.
    func allOutputs(_ images: Int) -> [[Float]] { (0..<images).map { Array(outputs($0)) } }
}

extension LossPlan {
    /// Each image's loss after a run.
    func allLosses(_ images: Int) -> [Float] { (0..<images).map(loss) }
}

extension ParameterLayout {
    /// The gradients by parameter, without statistics, which have none.
    fileprivate func named(_ gradients: FloatBuffer) -> [String: [Float]] {
        let trained = slots.filter(\.description.isTrainable)
        return Dictionary(uniqueKeysWithValues: trained.map { ($0.name, Array(gradients.floats[$0.range])) })
    }
}

extension InferencePlan {
    /// A plan with a compiled network of its own.
    convenience init(_ network: Network, capacity: Int, pool: WorkerPool, kernels: Kernels = .best) {
        self.init(CompiledNetwork(network, kernels: kernels), capacity: capacity, pool: pool)
    }
}

extension DifferentiationPlan {
    var namedGradients: [String: [Float]] { layout.named(gradients) }

    /// Differentiates with rows of numbers, one for each image, as the gradients with respect to the outputs.
    func differentiate(_ batch: Batch, upstream: [[Float]]) {
        differentiate(batch) { place, destination in
            for (index, value) in upstream[place].enumerated() { destination[index] = value }
        }
    }
}

extension TrainingPlan {
    var namedGradients: [String: [Float]] { network.layout.named(gradients) }

    /// Computes the gradients of a batch, and changes nothing.
    @discardableResult
    func train(_ batch: Batch) -> Float { computeGradients(batch) }

    /// Trains on a batch.
    @discardableResult
    func train(_ batch: Batch, update: @Sendable (Range<Int>) -> Void) -> Float {
        train(batch, maximumNorm: nil, update: update)
    }
}
