package import Compute

/// A compiled network made ready to compute the outputs of batches of up to `capacity` images.
///
/// Several plans of one `CompiledNetwork` may run at the same time.
package final class InferencePlan: Plan, Sendable {
    private let pipeline: Pipeline
    private let stages: [Stage]

    /// - Parameters:
    ///   - capacity: The most images in a batch, at least 1.
    ///   - pool: The threads that run it.
    package init(_ network: CompiledNetwork, capacity: Int, pool: WorkerPool) {
        pipeline = Pipeline(network.blocks, capacity: capacity, pool: pool)
        var list = StageList()
        list.forward(pipeline.steps)
        stages = list.stages
    }

    package var capacity: Int { pipeline.setting.capacity }

    /// Steps that an image goes through.
    package var stepCount: Int { pipeline.steps.count }

    /// Computes the outputs of a batch.
    package func run(_ batch: some ImageBatch) { pipeline.run(stages, batch) }

    package func outputs(_ image: Int) -> UnsafeBufferPointer<Float> { pipeline.outputs(image) }
}
