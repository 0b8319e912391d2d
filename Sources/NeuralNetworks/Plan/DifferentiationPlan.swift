package import Compute

/// A network made ready to differentiate Σ output · upstream with respect to the parameters and the input, for an
/// upstream gradient that the caller gives: as in training, with batch statistics and dropout, but of the parameters as
/// they are when the plan is made. Layers are checked with it.
package final class DifferentiationPlan: Plan {
    /// Where the parameters lie.
    package let layout: ParameterLayout

    private let memory: TrainingMemory
    private let pipeline: Pipeline
    private let stages: [Stage]

    /// Compiles a copy of a network's parameters, and makes a plan of it.
    /// - Parameters:
    ///   - capacity: The most images in a batch, at least 1.
    ///   - pool: The threads that run it.
    ///   - kernels: The instruction set.
    package init(_ network: Network, capacity: Int, pool: WorkerPool, kernels: Kernels = .best) {
        layout = network.layout
        memory = TrainingMemory(network.snapshot())
        let blocks = NetworkBlocks(
            network,
            traits: PlanTraits(training: memory, differentiatesInput: true), kernels: kernels)
        pipeline = Pipeline(blocks, capacity: capacity, pool: pool)
        var list = StageList()
        list.forward(pipeline.steps)
        list.backward(pipeline.steps)
        stages = list.stages
    }

    /// The gradient of each parameter, laid out like the parameters.
    package var gradients: FloatBuffer { memory.gradients }

    /// Computes the gradients of a batch; what is true of the images does not matter.
    /// - Parameter upstream: Writes one image's gradient with respect to the output, `[outputs]`, before the run.
    package func differentiate(_ batch: some TrainingBatch, upstream: ImageWriter) {
        for image in 0..<batch.count { upstream(image, pipeline.output.gradient(image)) }
        memory.identity.begin(batch)
        pipeline.run(stages, batch) { [identity = memory.identity] in identity.load($0, of: batch) }
        pipeline.computeGradients(images: batch.count)
    }

    package var capacity: Int { pipeline.setting.capacity }

    package func outputs(_ image: Int) -> UnsafeBufferPointer<Float> { pipeline.outputs(image) }

    /// Copies one image's gradient with respect to the input, `[height][width][channels]`, after `differentiate`.
    package func copyInputGradient(_ image: Int, to destination: UnsafeMutablePointer<Float>) {
        pipeline.copyInputGradient(image, to: destination)
    }
}
