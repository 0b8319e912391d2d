package import Compute
package import NeuralNetworks

/// A network's results on labelled images.
public struct EvaluationResult: Sendable, Hashable {
    /// Number of images.
    public let count: Int
    /// Mean loss.
    public let loss: Double
    /// Metrics by name.
    public let metrics: [String: Double]
    /// The class with the largest output, for each image.
    public let predictions: [Int]
}

/// Runs a network on labelled images without changing it.
package final class Evaluator {
    private let network: Network
    private lazy var compiled = CompiledNetwork(network, mode: .evaluation(loss), kernels: kernels)
    /// Made when the images have been checked, with room for no more than there are.
    private var plan: Plan?
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
    /// - Throws: `InputError` if the images do not fit the network.
    package func evaluate(_ source: any BatchSource) throws(InputError) -> EvaluationResult {
        try check(source, fits: network, purpose: "evaluation")
        var pass = Pass(metrics: metrics)
        var predictions: [Int] = []
        predictions.reserveCapacity(source.count)
        let plan = plan(for: source.count)
        let size = plan.setting.capacity
        let inputCount = network.inputShape.count
        for first in stride(from: 0, to: source.count, by: size) {
            let images = min(size, source.count - first)
            plan.setTargets(Array(first..<first + images)[...], of: source, loss: loss)
            plan.run(images: images) { place, destination in
                var input = UnsafeMutableBufferPointer(start: destination, count: inputCount).mutableSpan
                source.copyInput(of: first + place, into: &input)
            }
            pass.add(plan, images: images) { source.label(of: first + $0) }
            for image in 0..<images { predictions.append(plan.outputs(image).indexOfLargest) }
        }
        return EvaluationResult(
            count: pass.images, loss: pass.meanLoss, metrics: pass.means, predictions: predictions)
    }

    /// The last plan, unless there are more images than it has room for.
    private func plan(for images: Int) -> Plan {
        let capacity = min(Self.batchSize, images, compiled.largestBatch)
        if let plan, plan.setting.capacity >= capacity { return plan }
        let made = Plan(compiled, capacity: capacity, pool: pool)
        plan = made
        return made
    }
}
