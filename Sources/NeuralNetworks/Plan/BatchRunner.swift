import Compute

/// Runs a compiled network on any number of images, with one small plan for each thread.
///
/// Each thread takes a group of images at a time through all steps, so that the activations stay in its cache and take
/// no more memory for a larger batch. It works where steps need nothing of the whole batch: in inference.
package final class BatchRunner: Sendable {
    private let pool: WorkerPool
    /// One for each thread.
    private let plans: [Plan]
    private let groupSize: Int

    /// - Parameters:
    ///   - threads: At least 1.
    ///   - groupSize: Images that a thread takes at a time; it does not change results.
    /// - Precondition: The network was compiled for inference.
    package init(_ compiled: CompiledNetwork, threads: Int, groupSize: Int = Plan.groupSize) {
        guard case .inference = compiled.mode else {
            preconditionFailure("The network was compiled for \(compiled.mode), not for inference.")
        }
        self.groupSize = groupSize
        pool = WorkerPool(threads: threads)
        plans = (0..<pool.threads).map { _ in
            Plan(compiled, capacity: groupSize, pool: WorkerPool(threads: 1))
        }
    }

    /// Computes the outputs of some images.
    /// - Parameters:
    ///   - load: Writes the input of an image; called once for each, from any thread.
    ///   - store: Gets the output of an image; called once for each, from any thread.
    /// - Precondition: Not called from two threads at once.
    package func run(
        images: Int, load: Plan.ImageLoader,
        store: @Sendable (_ place: Int, _ output: UnsafeBufferPointer<Float>) -> Void
    ) {
        let groups = (images + groupSize - 1) / groupSize
        pool.run(pieces: groups) { group, worker in
            let first = group * groupSize
            let count = min(groupSize, images - first)
            let plan = plans[worker]
            plan.run(images: count) { place, destination in load(first + place, destination) }
            for place in 0..<count { store(first + place, plan.outputs(place)) }
        }
    }
}
