import Compute
import NeuralNetworks

/// Goes through the batches and epochs of one run. All that it needs to go on with is in the state; what it has beside it follows
/// from the state, the seed and the images.
package final class TrainingLoop {
    /// What is advanced.
    package let state: TrainingState

    private let seed: UInt64
    private let training: any BatchSource
    private let validation: (any BatchSource)?
    private let callbacks: [(callback: any TrainingCallback, remembering: (any RememberingCallback)?)]
    private let plan: TrainingPlan
    private let evaluator: Evaluator
    /// When the run would have begun without interruptions.
    private let beginning: ContinuousClock.Instant
    /// The samples in the order of the epoch that is under way; nil between epochs.
    private var order: [Int]?
    /// When the epoch would have begun without interruptions.
    private var epochBeginning = ContinuousClock.now

    /// Begins a run, or goes on with one, and tells the callbacks.
    /// - Precondition: A state that is in an epoch has trained on no more images than there are; no two callbacks have one
    ///   memory name.
    /// - Throws: `InputError` if the images do not fit the network, `TrainingError` if a batch of them is too large, or what a
    ///   callback remembered cannot be read.
    init(
        _ state: TrainingState, seed: UInt64, training: any BatchSource, validation: (any BatchSource)?,
        callbacks: [any TrainingCallback], pool: WorkerPool, kernels: Kernels
    ) throws {
        precondition(
            state.progress.pass.images <= training.count,
            "The run's epoch has trained on \(state.progress.pass.images) images, but there are \(training.count)."
        )
        try check(training, fits: state.network, purpose: "training")
        if let validation { try check(validation, fits: state.network, purpose: "validation") }
        self.state = state
        self.seed = seed
        self.training = training
        self.validation = validation
        self.callbacks = callbacks.map { ($0, $0 as? any RememberingCallback) }
        let names = self.callbacks.compactMap { $0.remembering?.memoryName }
        precondition(
            Set(names).count == names.count, "Two of the callbacks \(names) remember under one name.")
        beginning = .now - .seconds(state.progress.seconds)
        evaluator = Evaluator(
            state.network, loss: state.configuration.loss, metrics: state.configuration.metrics, pool: pool,
            kernels: kernels)
        // A batch has no more images than there are.
        let capacity = min(state.configuration.batchSize, training.count)
        do {
            plan = try TrainingPlan(
                state.network, loss: state.configuration.loss,
                labelSmoothing: state.configuration.labelSmoothing, capacity: capacity, pool: pool,
                kernels: kernels)
        } catch {
            throw TrainingError.batchTooLarge(size: error.capacity, largest: error.largest)
        }
        for (callback, remembering) in self.callbacks {
            callback.trainingBegan(state.network)
            try remembering?.recall(from: state)
        }
    }

    private var configuration: TrainingConfiguration { state.configuration }

    /// Goes on to the run's end.
    /// - Throws: `TrainingError` if the time limit is under one step, or the loss stops being finite; then the network holds the
    ///   parameters that gave the last finite loss.
    package func run() throws -> History {
        while state.progress.ending == nil { try advance() }
        if let average = state.average, state.optimizer.step > 0 {
            average.replaceParameters(of: state.network)
            gatherStatistics()
        }
        if configuration.earlyStopping != nil, let best = state.best { state.network.restore(best) }
        _ = tell { $0.trainingEnded() }
        return History(
            epochs: state.progress.epochs, ending: state.progress.ending!,
            minimumDelta: configuration.minimumDelta)
    }

    /// Does the next batch, or, when an epoch's batches are done, the epoch's end.
    /// - Precondition: The run has not ended.
    /// - Throws: As `run`.
    package func advance() throws {
        precondition(state.progress.ending == nil, "The run has ended.")
        if state.progress.isCutShort || state.progress.pass.images == training.count {
            try endEpoch()
        } else {
            try trainBatch()
        }
    }

    /// Calls each callback, and keeps at once what it remembers.
    private func tell<Answer>(_ call: (any TrainingCallback) -> Answer) -> [Answer] {
        callbacks.map { callback, remembering in
            let answer = call(callback)
            remembering?.remember(in: state)
            return answer
        }
    }
}

// MARK: - An epoch

extension TrainingLoop {
    private var size: Int { plan.capacity }

    private func trainBatch() throws {
        let epoch = state.progress.epoch
        let first = state.progress.pass.images
        if order == nil {
            order = order(ofEpoch: epoch)
            epochBeginning = .now - .seconds(state.progress.pass.seconds)
        }
        let batch = SampleBatch(
            source: training, samples: order![first..<min(first + size, training.count)], isDistorted: true,
            seed: seed, epoch: epoch)
        state.optimizer.beginStep(learningRate: learningRate())
        guard train(batch).isFinite else {
            state.lastGood.restore(state.network)
            throw TrainingError.lossNotFinite(epoch: epoch, step: first / size + 1)
        }
        state.progress.pass.add(batch, of: plan)
        let now = ContinuousClock.now
        state.progress.pass.seconds = (now - epochBeginning).inSeconds
        state.progress.seconds = (now - beginning).inSeconds
        let pass = state.progress.pass
        let progress = TrainingProgress(
            epoch: epoch, epochs: configuration.epochs, images: pass.images, imageCount: training.count,
            loss: pass.meanLoss, metrics: pass.means, learningRate: state.optimizer.learningRate,
            seconds: pass.seconds)
        if tell({ $0.batchEnded(progress) }).contains(.stop) {
            state.progress.ending = .stopped
        } else if isOutOfTime, pass.images < training.count || state.optimizer.step == 1 {
            guard state.optimizer.step > 1 else {
                throw TrainingError.timeLimitUnderOneStep(
                    limit: configuration.timeLimit!.inSeconds,
                    step: (ContinuousClock.now - beginning).inSeconds)
            }
            state.progress.isCutShort = true
        }
    }

    private func endEpoch() throws {
        let epoch = state.progress.epoch
        let pass = state.progress.pass
        var validated: EvaluationResult?
        if let validation {
            _ = tell { $0.validationBegan(epoch: epoch) }
            validated = try evaluator.evaluate(validation)
            state.progress.seconds = (ContinuousClock.now - beginning).inSeconds
        }
        // Nothing else would show that the epoch's last update was a bad one.
        guard validated?.loss.isFinite ?? true, state.network.parameters.floats.allSatisfy(\.isFinite) else {
            state.lastGood.restore(state.network)
            throw TrainingError.lossNotFinite(epoch: epoch, step: (pass.images + size - 1) / size)
        }
        let result = pass.result(epoch: epoch, validation: validated)
        let isWhole = !state.progress.isCutShort
        let isLast = epoch == configuration.epochs
        // All of it before callbacks are told, so that what they see is the state after the epoch.
        state.progress.epochs.append(result)
        state.progress.epoch += 1
        state.progress.pass = Pass(metrics: configuration.metrics)
        state.progress.isCutShort = false
        order = nil
        if !keepIfBest(result), let patience = configuration.earlyStopping,
            epoch - state.progress.bestEpoch!.epoch >= patience
        {
            state.progress.ending = .earlyStopping
        } else if isLast, isWhole {
            state.progress.ending = .finished
        }
        let decisions = tell { $0.epochEnded(result) }
        guard state.progress.ending != .earlyStopping else { return }
        if decisions.contains(.stop) {
            state.progress.ending = .stopped
        } else if state.progress.ending == nil, !isWhole || isOutOfTime {
            state.progress.ending = .timeLimit
        }
    }

    /// - Returns: Whether the epoch improves on all before it; then it is the best one, and its parameters are kept where
    ///   somebody may want them.
    private func keepIfBest(_ result: EpochResult) -> Bool {
        guard result.improves(on: state.progress.bestEpoch, by: configuration.minimumDelta) else {
            return false
        }
        state.progress.bestEpoch = result
        if validation != nil || configuration.earlyStopping != nil { state.best = state.network.snapshot() }
        return true
    }

    private var isOutOfTime: Bool {
        configuration.timeLimit.map { ContinuousClock.now >= beginning + $0 } ?? false
    }
}

// MARK: - A batch

extension TrainingLoop {
    /// The learning rate of the step that begins.
    private func learningRate() -> Float {
        let share = configuration.schedule.share(
            atStep: state.optimizer.step, stepsPerEpoch: (training.count + size - 1) / size,
            epochs: configuration.epochs)
        return Float(Double(configuration.optimizer.learningRate) * share)
    }

    /// One step on one batch.
    private func train(_ batch: SampleBatch) -> Float {
        let gradients = plan.gradients
        let (lastGood, optimizer, average) = (state.lastGood, state.optimizer, state.average)
        lastGood.stepBegins()
        let isFirstStep = optimizer.step == 1
        let loss = plan.train(batch, maximumNorm: configuration.globalClipNorm) { range in
            lastGood.willUpdate(range)
            optimizer.update(range, gradients: gradients)
            average?.follow(range, isFirstStep: isFirstStep)
        }
        if loss.isFinite { lastGood.stepEnded() }
        return loss
    }

    /// Gives batch normalisations the mean statistics of the training images, each batch's in the share of its images; dropout
    /// is on, as it was in the last epoch.
    private func gatherStatistics() {
        guard state.network.layout.count > state.network.layout.trainableCount else { return }
        let order = order(ofEpoch: 0)
        let progress = state.progress
        let lastEpoch = progress.pass.images > 0 ? progress.epoch : progress.epoch - 1
        for first in stride(from: 0, to: training.count, by: size) {
            let end = min(first + size, training.count)
            let batch = SampleBatch(
                source: training, samples: order[first..<end], seed: seed, epoch: lastEpoch)
            plan.gatherStatistics(batch, kept: Float(first) / Float(end))
        }
    }

    /// The samples in the order of an epoch: Fisher and Yates's shuffle, spelled out so that it is the same with every
    /// version of the standard library.
    private func order(ofEpoch epoch: Int) -> [Int] {
        var order = Array(0..<training.count)
        guard configuration.shuffles else { return order }
        var random = CounterBasedRandom(seed: seed, purpose: .shuffling, epoch)
        for index in stride(from: training.count - 1, to: 0, by: -1) {
            order.swapAt(index, Int(random.next().multipliedFullWidth(by: UInt64(index + 1)).high))
        }
        return order
    }
}
