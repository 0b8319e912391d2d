package import Compute

/// More images were asked for than the kernels' 32-bit offsets reach.
package struct CapacityError: Error {
    /// Images asked for.
    package let capacity: Int
    /// The most that there can be.
    package let largest: Int
}

/// A network made ready to be trained on batches of up to `capacity` images.
///
/// Weights in the kernels' layouts are the plan's own, and it brings them up to date: part by part while it trains, and all
/// of them where somebody else has changed the network's parameters.
package final class TrainingPlan: LossPlan {
    package let network: Network

    private let memory: TrainingMemory
    private let pipeline: Pipeline
    private let lossStep: LossStep
    private let forwardStages: [Stage]
    /// Forward, to the loss, and back.
    private let stages: [Stage]
    private let clipping: GradientClipping
    /// The network's count of changes that the derived weights belong to.
    private var derivedChanges: Int

    /// Compiles a network and makes a plan of it.
    /// - Parameters:
    ///   - labelSmoothing: Share of each target that all classes get in equal parts, where the loss is a cross-entropy.
    ///   - capacity: The most images in a batch, at least 1.
    ///   - pool: The threads that run it.
    ///   - kernels: The instruction set.
    package init(
        _ network: Network, loss: Loss, labelSmoothing: Float = 0, capacity: Int, pool: WorkerPool,
        kernels: Kernels = .best
    ) throws(CapacityError) {
        self.network = network
        memory = TrainingMemory(network.parameters)
        let blocks = NetworkBlocks(
            network,
            traits: PlanTraits(training: memory, leavesOutSoftmax: loss.needsProbabilities), kernels: kernels)
        guard capacity <= blocks.largestBatch else {
            throw CapacityError(capacity: capacity, largest: blocks.largestBatch)
        }
        derivedChanges = network.changes
        pipeline = Pipeline(blocks, capacity: capacity, pool: pool)
        lossStep = LossStep(
            loss, labelSmoothing: labelSmoothing, leavesOutSoftmax: blocks.leavesOutSoftmax,
            output: pipeline.output, setting: pipeline.setting)
        var list = StageList()
        list.forward(pipeline.steps)
        forwardStages = list.stages
        list.evaluate(lossStep)
        list.backward(pipeline.steps)
        stages = list.stages
        clipping = GradientClipping(memory.gradients, pieces: pipeline.gradientPieces.count)
    }

    package var capacity: Int { pipeline.setting.capacity }

    /// The gradient of each parameter, laid out like the parameters.
    package var gradients: FloatBuffer { memory.gradients }

    package func outputs(_ image: Int) -> UnsafeBufferPointer<Float> { pipeline.outputs(image) }

    package var outputShape: Shape { network.outputShape }

    package func target(_ image: Int) -> UnsafeBufferPointer<Float> { lossStep.target(of: image) }

    package func loss(_ image: Int) -> Float { lossStep.losses.pointer[image] }
}

// MARK: - Running

extension TrainingPlan {
    /// Computes gradients of a batch and lets `update` use them.
    /// - Parameters:
    ///   - maximumNorm: A gradient whose norm over all parameters is larger is scaled down to it; nil for no limit. With a
    ///     limit there is one more barrier, because the norm needs every gradient.
    ///   - update: Called for parts of the parameters, from any thread, each part once, when their gradient is final.
    /// - Returns: The mean loss. If it is not finite, nothing was updated.
    package func train(
        _ batch: some TrainingBatch, maximumNorm: Float? = nil, update: @Sendable (Range<Int>) -> Void
    ) -> Float {
        let loss = meanLoss(of: batch)
        guard loss.isFinite else { return loss }
        for step in pipeline.steps { step.updateStatistics(kept: nil) }
        let images = batch.count
        let pieces = pipeline.gradientPieces
        if let maximumNorm {
            pipeline.pool.run(pieces: pieces.count) { [clipping] index, worker in
                clipping.measure(piece: index) { isFinal in
                    pieces[index].compute(images: images, worker: worker, isFinal: isFinal)
                }
            }
            let scale = clipping.scale(to: maximumNorm)
            pipeline.pool.run(pieces: pieces.count) { [clipping] index, _ in
                clipping.apply(scale, piece: index, then: update)
                pieces[index].parametersChanged()
            }
        } else {
            pipeline.pool.run(pieces: pieces.count) { index, worker in
                pieces[index].compute(images: images, worker: worker, isFinal: update)
                pieces[index].parametersChanged()
            }
        }
        parametersWereTrained()
        return loss
    }

    /// Computes gradients of a batch, and leaves the parameters and the running statistics as they are.
    /// - Returns: The mean loss. If it is not finite, there are no gradients.
    package func computeGradients(_ batch: some TrainingBatch) -> Float {
        let loss = meanLoss(of: batch)
        if loss.isFinite { pipeline.computeGradients(images: batch.count) }
        return loss
    }

    /// Lets a batch's statistics flow into the running ones, and changes nothing else.
    /// - Parameter kept: Share of the running statistics that is kept, 0…1.
    package func gatherStatistics(_ batch: some TrainingBatch, kept: Float) {
        begin(batch)
        pipeline.run(forwardStages, batch) { [identity = memory.identity] in identity.load($0, of: batch) }
        for step in pipeline.steps { step.updateStatistics(kept: kept) }
        parametersWereTrained()
    }

    /// Runs a batch forward and back.
    private func meanLoss(of batch: some TrainingBatch) -> Float {
        begin(batch)
        pipeline.run(stages, batch) { [identity = memory.identity, lossStep] place in
            identity.load(place, of: batch)
            lossStep.load(place, of: batch)
        }
        var sum: Float = 0
        for image in 0..<batch.count { sum += loss(image) }
        return sum / Float(batch.count)
    }

    /// Notes what random choices are keyed by, and follows changes of the parameters.
    private func begin(_ batch: some TrainingBatch) {
        memory.identity.begin(batch)
        guard derivedChanges != network.changes else { return }
        let pieces = pipeline.gradientPieces
        pipeline.pool.run(pieces: pieces.count) { index, _ in pieces[index].parametersChanged() }
        derivedChanges = network.changes
    }

    /// The parameters were changed, and what is derived from them was brought up to date part by part.
    private func parametersWereTrained() {
        network.parametersChanged()
        derivedChanges = network.changes
    }
}
