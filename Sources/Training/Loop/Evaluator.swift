package import Compute
package import NeuralNetworks

/// A network's results on labelled images.
package struct EvaluationResult: Sendable, Hashable {
    /// Number of images.
    package let count: Int
    /// Mean loss.
    package let loss: Double
    /// Metrics by name.
    package let metrics: [String: Double]
    /// The class with the largest output, for each image; where networks answer at positions, for each position of each image.
    package let predictions: [Int]
    /// Whether the outputs that were handed out are what a softmax at the network's end would be given.
    package let leavesOutSoftmax: Bool
}

/// Runs a network on labelled images without changing it.
package final class Evaluator {
    private let network: Network
    private let pool: WorkerPool
    private let kernels: Kernels
    private let loss: Loss
    private let metrics: [Metric]

    /// Large enough to keep the threads busy, small enough for their caches.
    private static let batchSize = 128

    package init(
        _ network: Network, loss: Loss, metrics: [Metric], pool: WorkerPool, kernels: Kernels = .best
    ) {
        self.loss = loss
        self.metrics = metrics
        self.network = network
        self.pool = pool
        self.kernels = kernels
    }

    /// Evaluates all samples with the network's present parameters.
    /// - Parameter keep: Gets the outputs of each sample, in their order: logits where a softmax is left out.
    /// - Throws: `InputError` if the images do not fit the network.
    package func evaluate(
        _ source: any BatchSource, keep: (_ outputs: UnsafeBufferPointer<Float>) -> Void = { _ in }
    ) throws(InputError) -> EvaluationResult {
        try check(source, fits: network, purpose: "evaluation")
        var pass = Pass(metrics: metrics)
        var predictions: [Int] = []
        predictions.reserveCapacity(source.count)
        let plan = EvaluationPlan(
            network, loss: loss, mostImages: min(Self.batchSize, source.count), pool: pool, kernels: kernels)
        let samples = Array(0..<source.count)
        for first in stride(from: 0, to: source.count, by: plan.capacity) {
            let batch = SampleBatch(
                source: source, samples: samples[first..<min(first + plan.capacity, source.count)])
            plan.run(batch)
            pass.add(batch, of: plan)
            for image in 0..<batch.count {
                let outputs = plan.outputs(image)
                for answer in outputs.positions(of: plan.outputShape) { predictions.append(answer.argmax) }
                keep(outputs)
            }
        }
        return EvaluationResult(
            count: pass.images, loss: pass.meanLoss, metrics: pass.means, predictions: predictions,
            leavesOutSoftmax: plan.leavesOutSoftmax)
    }
}
