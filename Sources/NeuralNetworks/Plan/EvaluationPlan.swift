package import Compute

/// A network made ready to compute outputs and losses of batches, as it predicts when the plan is made.
package final class EvaluationPlan: LossPlan {
    private let pipeline: Pipeline
    private let lossStep: LossStep
    private let stages: [Stage]
    /// Whether the outputs are what a softmax at the network's end would be given.
    package let leavesOutSoftmax: Bool
    package let outputShape: Shape

    /// Compiles a copy of a network's parameters, and makes a plan of it.
    /// - Parameters:
    ///   - mostImages: The most images that come in a batch, at least 1. Where the kernels cannot count so far, the
    ///     capacity is less.
    ///   - pool: The threads that run it.
    ///   - kernels: The instruction set.
    package init(
        _ network: Network, loss: Loss, mostImages: Int, pool: WorkerPool, kernels: Kernels = .best
    ) {
        let blocks = NetworkBlocks(
            network,
            traits: PlanTraits(leavesOutSoftmax: loss.needsProbabilities), kernels: kernels)
        leavesOutSoftmax = blocks.leavesOutSoftmax
        outputShape = network.outputShape
        pipeline = Pipeline(blocks, capacity: min(mostImages, blocks.largestBatch), pool: pool)
        lossStep = LossStep(
            loss, leavesOutSoftmax: leavesOutSoftmax, output: pipeline.output,
            setting: pipeline.setting)
        var list = StageList()
        list.forward(pipeline.steps)
        list.evaluate(lossStep)
        stages = list.stages
    }

    package var capacity: Int { pipeline.setting.capacity }

    /// Computes the outputs and losses of a batch.
    package func run(_ batch: some LabeledBatch) {
        pipeline.run(stages, batch) { [lossStep] place in lossStep.load(place, of: batch) }
    }

    package func outputs(_ image: Int) -> UnsafeBufferPointer<Float> { pipeline.outputs(image) }

    package func target(_ image: Int) -> UnsafeBufferPointer<Float> { lossStep.target(of: image) }

    package func loss(_ image: Int) -> Float { lossStep.losses.pointer[image] }
}
