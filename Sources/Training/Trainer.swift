package import NeuralNetworks
package import Tensors

/// Settings of a training run; the defaults are Keras's.
public struct TrainingOptions: Sendable, Hashable, Codable {
    /// Passes over the training images, at least 1.
    public var epochs: Int
    /// Images in a step, at least 1; the last step of an epoch may have fewer.
    public var batchSize: Int
    /// What all random choices follow from: the order of the images, dropout.
    public var seed: UInt64
    /// Whether each epoch has an order of its own.
    public var shuffles: Bool

    /// Settings of a run.
    public init(epochs: Int = 1, batchSize: Int = 32, seed: UInt64 = 0, shuffles: Bool = true) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.seed = seed
        self.shuffles = shuffles
    }
}

/// Trains a network on batches. Equal seeds give equal parameters, to the bit, for any number of threads.
package final class Trainer {
    package let network: Network
    package let loss: Loss
    package let metrics: [Metric]
    package let optimizer: OptimizerState
    package let options: TrainingOptions
    /// The network after the epoch with the smallest validation loss; nil without validation.
    package private(set) var bestNetwork: Network?

    /// Made when the images have been checked.
    private lazy var plan = Plan(
        network, mode: .training(loss), capacity: options.batchSize, pool: pool, kernels: kernels)
    private let pool: WorkerPool
    private let kernels: Kernels
    private let lastGood: LastGoodParameters
    private var history = History()

    /// - Throws: `TrainingError` if a setting is out of range.
    package init(
        _ network: Network, optimizer: Optimizer, loss: Loss, metrics: [Metric], options: TrainingOptions,
        pool: WorkerPool, kernels: Kernels = .best
    ) throws(TrainingError) {
        guard options.epochs >= 1 else {
            throw .badSetting(name: "epochs", value: "\(options.epochs)", expected: "at least 1")
        }
        guard options.batchSize >= 1 else {
            throw .badSetting(name: "batch size", value: "\(options.batchSize)", expected: "at least 1")
        }
        if let fault = optimizer.fault {
            throw .badSetting(name: fault.name, value: "\(fault.value)", expected: fault.expected)
        }
        for case .topKAccuracy(let k) in metrics where k < 1 {
            throw .badSetting(name: "k of top-k accuracy", value: "\(k)", expected: "at least 1")
        }
        guard network.outputShape.rank == 1 else { throw .outputNotVector(network.outputShape) }
        self.network = network
        self.loss = loss
        self.metrics = metrics
        self.options = options
        self.pool = pool
        self.kernels = kernels
        self.optimizer = OptimizerState(optimizer, network: network, kernels: kernels)
        lastGood = LastGoodParameters(of: network)
    }

    /// Trains for the epochs asked for, or until a callback stops it.
    /// - Throws: `TrainingError` if the images do not fit the network, or the loss stops being finite; then the
    ///   network holds the parameters that gave the last finite loss.
    package func fit(
        _ training: any BatchSource, validation: (any BatchSource)?, callbacks: [any TrainingCallback]
    ) throws(TrainingError) -> History {
        try check(training, fits: network, purpose: "training")
        var evaluator: Evaluator?
        if let validation {
            try check(validation, fits: network, purpose: "validation")
            evaluator = Evaluator(network, loss: loss, metrics: metrics, pool: pool, kernels: kernels)
        }
        for epoch in 1...options.epochs {
            let stepsBefore = optimizer.step
            let (pass, isStopped) = try trainEpoch(epoch, on: training, callbacks)
            if isStopped {
                history.ending = .stopped
                break
            }
            for callback in callbacks where evaluator != nil { callback.validationBegan(epoch: epoch) }
            var validated: EvaluationResult?
            if let validation { validated = try evaluator?.evaluate(validation) }
            // Nothing else would show that the epoch's last update was a bad one.
            guard validated?.loss.isFinite ?? true, network.parameters.floats.allSatisfy(\.isFinite) else {
                lastGood.restore(network)
                throw .lossNotFinite(epoch: epoch, step: optimizer.step - stepsBefore)
            }
            let result = pass.result(epoch: epoch, validation: validated)
            history.epochs.append(result)
            if validated != nil, history.bestEpoch?.epoch == epoch { bestNetwork = network.copy() }
            let decisions = callbacks.map { $0.epochEnded(result) }
            if decisions.contains(.stop) {
                history.ending = .stopped
                break
            }
        }
        return history
    }

    private func trainEpoch(
        _ epoch: Int, on source: any BatchSource, _ callbacks: [any TrainingCallback]
    ) throws(TrainingError) -> (pass: Pass, isStopped: Bool) {
        let order = order(of: source.count, epoch: epoch)
        var pass = Pass(metrics: metrics)
        let start = ContinuousClock.now
        for (step, first) in stride(from: 0, to: source.count, by: options.batchSize).enumerated() {
            let images = min(options.batchSize, source.count - first)
            let samples = order[first..<first + images]
            optimizer.beginStep()
            let loss = train(samples, of: source, epoch: epoch)
            guard loss.isFinite else {
                lastGood.restore(network)
                throw .lossNotFinite(epoch: epoch, step: step + 1)
            }
            pass.add(plan, images: images) { source.label(of: samples[samples.startIndex + $0]) }
            pass.seconds = (ContinuousClock.now - start).inSeconds
            let progress = TrainingProgress(
                epoch: epoch, epochs: options.epochs, images: pass.images, imageCount: source.count,
                loss: pass.meanLoss, metrics: pass.means, seconds: pass.seconds)
            let decisions = callbacks.map { $0.batchEnded(progress) }
            if decisions.contains(.stop) { return (pass, true) }
        }
        return (pass, false)
    }

    /// One step on one batch.
    private func train(_ samples: ArraySlice<Int>, of source: any BatchSource, epoch: Int) -> Float {
        plan.setTargets(samples, of: source, loss: loss)
        let first = samples.startIndex
        for place in 0..<samples.count { plan.samples[place] = samples[first + place] }
        let gradients = plan.gradients!
        lastGood.stepBegins()
        let loss = plan.train(images: samples.count, seed: options.seed, epoch: epoch) { place, destination in
            source.copyInput(of: samples[first + place], into: destination)
        } update: { range in
            self.lastGood.willUpdate(range)
            self.optimizer.update(range, gradients: gradients)
        }
        if loss.isFinite { lastGood.stepEnded() }
        return loss
    }

    /// The samples in the order of an epoch: Fisher and Yates's shuffle, spelled out so that it is the same with every
    /// version of the standard library.
    private func order(of count: Int, epoch: Int) -> [Int] {
        var order = Array(0..<count)
        guard options.shuffles else { return order }
        var random = CounterBasedRandom(seed: options.seed, purpose: .shuffling, epoch)
        for index in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(index, Int(random.next().multipliedFullWidth(by: UInt64(index + 1)).high))
        }
        return order
    }
}

/// Sums over the images of one pass.
struct Pass {
    private(set) var images = 0
    private(set) var counts: [Int]
    var seconds = 0.0
    private let metrics: [Metric]
    private var lossSum = 0.0

    init(metrics: [Metric]) {
        self.metrics = metrics
        counts = metrics.map { _ in 0 }
    }

    var meanLoss: Double { images == 0 ? 0 : lossSum / Double(images) }

    var means: [String: Double] {
        var means: [String: Double] = [:]
        for (metric, count) in zip(metrics, counts) {
            means[metric.name] = images == 0 ? 0 : Double(count) / Double(images)
        }
        return means
    }

    /// Adds the batch that a plan has just run.
    mutating func add(_ plan: Plan, images added: Int, label: (Int) -> Int) {
        for image in 0..<added {
            lossSum += Double(plan.losses[image])
            let outputs = plan.outputs(image)
            for (index, metric) in metrics.enumerated() where metric.counts(outputs, label: label(image)) {
                counts[index] += 1
            }
        }
        images += added
    }

    func result(epoch: Int, validation: EvaluationResult?) -> EpochResult {
        EpochResult(
            epoch: epoch, loss: meanLoss, metrics: means, validationLoss: validation?.loss,
            validationMetrics: validation?.metrics ?? [:], seconds: seconds,
            imagesPerSecond: seconds > 0 ? Double(images) / seconds : 0)
    }
}

extension Plan {
    /// Fills in what the loss compares the outputs with.
    func setTargets(_ samples: ArraySlice<Int>, of source: any BatchSource, loss: Loss) {
        let outputs = network.outputShape.count
        for (place, sample) in samples.enumerated() {
            switch loss {
            case .sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits:
                classes[place] = Int32(source.label(of: sample))
            case .categoricalCrossentropy, .categoricalCrossentropyFromLogits, .meanSquaredError:
                source.copyTarget(
                    of: sample,
                    into: UnsafeMutableBufferPointer(start: targets + place * outputs, count: outputs))
            }
        }
    }
}

extension Duration {
    /// The whole as seconds.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

/// Refuses images that a network cannot take.
func check(_ source: any BatchSource, fits network: Network, purpose: String) throws(TrainingError) {
    guard source.count > 0 else { throw .noImages(purpose: purpose) }
    guard source.inputShape == network.inputShape else {
        throw .inputMismatch(network: network.inputShape, images: source.inputShape)
    }
    let outputs = network.outputShape.count
    for sample in 0..<source.count where !(0..<outputs).contains(source.label(of: sample)) {
        throw .labelOutOfRange(label: source.label(of: sample), sample: sample, outputs: outputs)
    }
}
