package import Compute
package import NeuralNetworks

/// Trains a network on batches. Equal seeds give equal parameters, to the bit, for any number of threads.
package final class Trainer {
    package let network: Network
    package let configuration: TrainingConfiguration
    package let optimizer: OptimizerState
    /// The network after the epoch with the smallest validation loss; nil without validation.
    package private(set) var bestNetwork: Network?

    private let seed: UInt64
    private let pool: WorkerPool
    private let kernels: Kernels
    private let lastGood: LastGoodParameters
    /// nil where none is asked for.
    private let average: ParameterAverage?
    private var history = History()

    /// - Parameter seed: What all random choices follow from: the order of the images, dropout.
    /// - Throws: `TrainingError` if a setting is out of range, or the network cannot be trained.
    package init(
        _ network: Network, _ configuration: TrainingConfiguration, seed: UInt64, pool: WorkerPool,
        kernels: Kernels = .best
    ) throws(TrainingError) {
        try configuration.check()
        guard !network.description.layers.contains(where: { $0 is Ensemble }) else {
            throw .ensembleNotTrainable
        }
        guard network.outputShape.rank == 1 else { throw .outputNotVector(network.outputShape) }
        self.network = network
        self.configuration = configuration
        self.seed = seed
        self.pool = pool
        self.kernels = kernels
        optimizer = OptimizerState(configuration.optimizer, network: network, kernels: kernels)
        lastGood = LastGoodParameters(of: network)
        average =
            configuration.emaMomentum == 0
            ? nil : ParameterAverage(of: network, momentum: configuration.emaMomentum)
    }

    /// Trains for the epochs asked for, or until a callback or the time limit stops it.
    /// - Throws: `InputError` if the images do not fit the network; `TrainingError` if the time limit is under one step or the
    ///   loss stops being finite; then the network holds the parameters that gave the last finite loss.
    package func fit(
        _ training: any BatchSource, validation: (any BatchSource)?, callbacks: [any TrainingCallback]
    ) throws -> History {
        try check(training, fits: network, purpose: "training")
        var evaluator: Evaluator?
        if let validation {
            try check(validation, fits: network, purpose: "validation")
            evaluator = Evaluator(
                network, loss: configuration.loss, metrics: configuration.metrics, pool: pool,
                kernels: kernels)
        }
        guard average == nil || !callbacks.contains(where: { $0 is EarlyStopping }) else {
            throw TrainingError.earlyStoppingWithAverage
        }
        let deadline = configuration.timeLimit.map { ContinuousClock.now + $0 }
        let plan = try makePlan(images: training.count)
        for callback in callbacks { callback.trainingBegan(network) }
        var lastEpoch = 0
        for epoch in 1...configuration.epochs {
            lastEpoch = epoch
            let stepsBefore = optimizer.step
            let (pass, ending) = try trainEpoch(epoch, on: training, with: plan, until: deadline, callbacks)
            if ending == .stopped {
                history.ending = .stopped
                break
            }
            for callback in callbacks where evaluator != nil { callback.validationBegan(epoch: epoch) }
            var validated: EvaluationResult?
            if let validation { validated = try evaluator?.evaluate(validation) }
            // Nothing else would show that the epoch's last update was a bad one.
            guard validated?.loss.isFinite ?? true, network.parameters.floats.allSatisfy(\.isFinite) else {
                lastGood.restore(network)
                throw TrainingError.lossNotFinite(epoch: epoch, step: optimizer.step - stepsBefore)
            }
            let result = pass.result(epoch: epoch, validation: validated)
            history.epochs.append(result)
            if validated != nil, history.bestEpoch?.epoch == epoch { bestNetwork = network.copy() }
            let decisions = callbacks.map { $0.epochEnded(result) }
            if decisions.contains(.stop) {
                history.ending = .stopped
                break
            }
            if let deadline, ending == .timeLimit || ContinuousClock.now >= deadline {
                history.ending = epoch == configuration.epochs && ending == .finished ? .finished : .timeLimit
                break
            }
        }
        if let average, optimizer.step > 0 {
            average.replaceParameters(of: network)
            gatherStatistics(of: training, with: plan, epoch: lastEpoch)
        }
        for callback in callbacks { callback.trainingEnded() }
        return history
    }

    /// A plan with room for a batch, which has no more images than there are.
    private func makePlan(images: Int) throws(TrainingError) -> TrainingPlan {
        let capacity = min(configuration.batchSize, images)
        do {
            return try TrainingPlan(
                network, loss: configuration.loss, labelSmoothing: configuration.labelSmoothing,
                capacity: capacity, pool: pool,
                kernels: kernels)
        } catch {
            throw .batchTooLarge(size: error.capacity, largest: error.largest)
        }
    }

    /// - Returns: What the epoch came to, and whether it ended before its last batch, and why.
    private func trainEpoch(
        _ epoch: Int, on source: any BatchSource, with plan: TrainingPlan,
        until deadline: ContinuousClock.Instant?,
        _ callbacks: [any TrainingCallback]
    ) throws(TrainingError) -> (pass: Pass, ending: History.Ending) {
        let order = order(of: source.count, epoch: epoch)
        let size = plan.capacity
        let stepsPerEpoch = (source.count + size - 1) / size
        var pass = Pass(metrics: configuration.metrics)
        let start = ContinuousClock.now
        for (step, first) in stride(from: 0, to: source.count, by: size).enumerated() {
            let images = min(size, source.count - first)
            let samples = order[first..<first + images]
            optimizer.beginStep(learningRate: learningRate(stepsPerEpoch: stepsPerEpoch))
            let batch = SampleBatch(
                source: source, samples: samples, isDistorted: true, seed: seed, epoch: epoch)
            let loss = train(batch, with: plan)
            guard loss.isFinite else {
                lastGood.restore(network)
                throw .lossNotFinite(epoch: epoch, step: step + 1)
            }
            pass.add(batch, of: plan)
            pass.seconds = (ContinuousClock.now - start).inSeconds
            let progress = TrainingProgress(
                epoch: epoch, epochs: configuration.epochs, images: pass.images, imageCount: source.count,
                loss: pass.meanLoss, metrics: pass.means, learningRate: optimizer.learningRate,
                seconds: pass.seconds)
            let decisions = callbacks.map { $0.batchEnded(progress) }
            if decisions.contains(.stop) { return (pass, .stopped) }
            if let deadline, let limit = configuration.timeLimit, ContinuousClock.now >= deadline,
                pass.images < source.count || optimizer.step == 1
            {
                guard optimizer.step > 1 else {
                    throw .timeLimitUnderOneStep(
                        limit: limit.inSeconds, step: (limit + deadline.duration(to: .now)).inSeconds)
                }
                return (pass, .timeLimit)
            }
        }
        return (pass, .finished)
    }

    /// The learning rate of the step that begins.
    private func learningRate(stepsPerEpoch: Int) -> Float {
        let share = configuration.schedule.share(
            atStep: optimizer.step, stepsPerEpoch: stepsPerEpoch, epochs: configuration.epochs)
        return Float(Double(optimizer.optimizer.learningRate) * share)
    }

    /// One step on one batch.
    private func train(_ batch: SampleBatch, with plan: TrainingPlan) -> Float {
        let gradients = plan.gradients
        lastGood.stepBegins()
        let isFirstStep = optimizer.step == 1
        let loss = plan.train(batch, maximumNorm: configuration.globalClipNorm) {
            [lastGood, optimizer, average] range in
            lastGood.willUpdate(range)
            optimizer.update(range, gradients: gradients)
            average?.follow(range, isFirstStep: isFirstStep)
        }
        if loss.isFinite { lastGood.stepEnded() }
        return loss
    }

    /// Gives batch normalisations the mean statistics of the training images, each batch's in the share of its images; dropout
    /// is on, as it was in the last epoch.
    private func gatherStatistics(of source: any BatchSource, with plan: TrainingPlan, epoch: Int) {
        guard network.layout.count > network.layout.trainableCount else { return }
        let order = order(of: source.count, epoch: 0)
        let size = plan.capacity
        for first in stride(from: 0, to: source.count, by: size) {
            let images = min(size, source.count - first)
            let batch = SampleBatch(
                source: source, samples: order[first..<first + images], seed: seed, epoch: epoch)
            plan.gatherStatistics(batch, kept: Float(first) / Float(first + images))
        }
    }

    /// The samples in the order of an epoch: Fisher and Yates's shuffle, spelled out so that it is the same with every
    /// version of the standard library.
    private func order(of count: Int, epoch: Int) -> [Int] {
        var order = Array(0..<count)
        guard configuration.shuffles else { return order }
        var random = CounterBasedRandom(seed: seed, purpose: .shuffling, epoch)
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
    mutating func add(_ batch: SampleBatch, of plan: some LossPlan) {
        for image in 0..<batch.count {
            lossSum += Double(plan.loss(image))
            let outputs = plan.outputs(image)
            for (index, metric) in metrics.enumerated()
            where metric.counts(outputs, label: batch.label(of: image)) {
                counts[index] += 1
            }
        }
        images += batch.count
    }

    func result(epoch: Int, validation: EvaluationResult?) -> EpochResult {
        EpochResult(
            epoch: epoch, loss: meanLoss, metrics: means, validationLoss: validation?.loss,
            validationMetrics: validation?.metrics ?? [:], seconds: seconds,
            imagesPerSecond: seconds > 0 ? Double(images) / seconds : 0)
    }
}

/// Refuses images that a network cannot take.
func check(_ source: any BatchSource, fits network: Network, purpose: String) throws(InputError) {
    guard source.count > 0 else { throw .noImages(purpose: purpose) }
    guard source.inputShape == network.inputShape else {
        throw .shapeMismatch(network: network.inputShape, images: source.inputShape)
    }
    let outputs = network.outputShape.count
    for sample in 0..<source.count where !(0..<outputs).contains(source.label(of: sample)) {
        throw .labelOutOfRange(label: source.label(of: sample), sample: sample, outputs: outputs)
    }
}
