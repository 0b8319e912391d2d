import Compute

/// Runs a compiled network on any number of images, with one small plan for each thread.
///
/// Each thread takes a group of images at a time through all steps, so that the activations stay in its cache and take
/// no more memory for a larger batch. It works where steps need nothing of the whole batch: in inference.
package final class BatchRunner: Sendable {
    private let pool: WorkerPool
    /// One for each thread.
    private let plans: [InferencePlan]
    private let groupSize: Int

    /// - Parameters:
    ///   - threads: At least 1.
    ///   - groupSize: Images that a thread takes at a time; it does not change results.
    package init(_ network: CompiledNetwork, threads: Int, groupSize: Int = PlanSetting.largestGroup) {
        self.groupSize = groupSize
        pool = WorkerPool(threads: threads)
        plans = (0..<pool.threads).map { _ in
            InferencePlan(network, capacity: groupSize, pool: WorkerPool(threads: 1))
        }
    }

    /// Computes the outputs of some images.
    /// - Parameters:
    ///   - batch: Any number of images.
    ///   - store: Gets the output of an image; called once for each, from any thread.
    /// - Precondition: Not called from two threads at once.
    package func run(
        _ batch: some ImageBatch,
        store: @Sendable (_ place: Int, _ output: UnsafeBufferPointer<Float>) -> Void
    ) {
        let groups = (batch.count + groupSize - 1) / groupSize
        pool.run(pieces: groups) { group, worker in
            let part = BatchPart(batch, from: group * groupSize, atMost: groupSize)
            let plan = plans[worker]
            plan.run(part)
            for place in 0..<part.count { store(part.first + place, plan.outputs(place)) }
        }
    }
}

/// Some images of a batch, one after the other.
private struct BatchPart<Whole: ImageBatch>: ImageBatch {
    let whole: Whole
    let first: Int
    let count: Int

    init(_ whole: Whole, from first: Int, atMost size: Int) {
        self.whole = whole
        self.first = first
        count = min(size, whole.count - first)
    }

    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        whole.copyInput(of: first + place, into: &destination)
    }
}
