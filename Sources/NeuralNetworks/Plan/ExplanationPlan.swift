package import Compute

/// A network made ready to say why it predicts what it predicts, as it is when the plan is made: the outputs of every
/// layer, and the gradients of Σ output · upstream with respect to them and to the input.
///
/// Moving statistics, no dropout. A softmax at the end is left out, so that the outputs are logits. Every layer is
/// computed whole and apart from the others.
package final class ExplanationPlan: Plan {
    /// Whether the outputs are what a softmax at the network's end would be given.
    package let leavesOutSoftmax: Bool

    private let pipeline: Pipeline
    private let stages: [Stage]

    /// Compiles a copy of a network's parameters, and makes a plan of it.
    /// - Parameters:
    ///   - capacity: The most images in a batch, at least 1.
    ///   - pool: The threads that run it.
    ///   - kernels: The instruction set.
    package init(_ network: Network, capacity: Int, pool: WorkerPool, kernels: Kernels = .best) {
        let traits = PlanTraits(
            differentiatesInput: true, keepsLayersApart: true, leavesOutSoftmax: true)
        let blocks = NetworkBlocks(
            network, traits: traits, kernels: kernels)
        leavesOutSoftmax = blocks.leavesOutSoftmax
        pipeline = Pipeline(blocks, capacity: capacity, pool: pool)
        var list = StageList()
        list.forward(pipeline.steps)
        stages = list.stages
    }

    /// Computes the outputs of a batch.
    package func run(_ batch: some ImageBatch) { pipeline.run(stages, batch) }

    /// Takes the gradient of Σ output · upstream back to the input, after `run`.
    /// - Parameters:
    ///   - images: As many as in the run.
    ///   - upstream: Writes one image's gradient with respect to the output, `[outputs]`.
    package func backpropagate(images: Int, upstream: ImageWriter) {
        for image in 0..<images { upstream(image, pipeline.output.gradient(image)) }
        pipeline.forEachGroup(of: images) { [steps = pipeline.steps] range, worker in
            for step in steps.reversed() { step.backward(range, worker: worker) }
        }
    }

    package var capacity: Int { pipeline.setting.capacity }

    package func outputs(_ image: Int) -> UnsafeBufferPointer<Float> { pipeline.outputs(image) }

    /// One image's output of a layer, its activation included, `[rows][columns][channels]`: after `run`.
    package func layerOutput(_ layer: Int, image: Int) -> UnsafeBufferPointer<Float> {
        pipeline.layerOutputs[layer].elements(image)
    }

    /// One image's gradient with respect to a layer's output, likewise: after `backpropagate`.
    package func layerGradient(_ layer: Int, image: Int) -> UnsafeBufferPointer<Float> {
        pipeline.layerOutputs[layer].gradientElements(image)
    }

    /// Copies one image's gradient with respect to the input, `[height][width][channels]`: after `backpropagate`.
    package func copyInputGradient(_ image: Int, to destination: UnsafeMutablePointer<Float>) {
        pipeline.copyInputGradient(image, to: destination)
    }
}
