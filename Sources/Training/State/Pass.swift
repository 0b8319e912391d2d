import Compute
import NeuralNetworks

/// Sums over the images of one pass.
struct Pass: Sendable, Codable {
    private(set) var images = 0
    /// Answers that were counted right or wrong: one for each image that is no outlier, or for each position that has a target.
    private var answers = 0
    private(set) var counts: [Int]
    var seconds = 0.0
    private let metrics: [Metric]
    private var lossSum = 0.0

    init(metrics: [Metric]) {
        self.metrics = metrics
        counts = metrics.map { _ in 0 }
    }

    var meanLoss: Double { images == 0 ? 0 : lossSum / Double(images) }

    var means: [String: Double] {
        var means: [String: Double] = [:]
        for (metric, count) in zip(metrics, counts) {
            means[metric.name] = answers == 0 ? 0 : Double(count) / Double(answers)
        }
        return means
    }

    /// Adds the batch that a plan has just run.
    mutating func add(_ batch: SampleBatch, of plan: some LossPlan) {
        for image in 0..<batch.count {
            lossSum += Double(plan.loss(image))
            let outputs = plan.outputs(image)
            if plan.outputShape.rank == 1 {
                guard !batch.isOutlier(image) else { continue }
                count(outputs) { batch.label(of: image) }
            } else {
                let targets = plan.target(image).positions(of: plan.outputShape)
                for (outputs, target) in zip(outputs.positions(of: plan.outputShape), targets)
                where target.contains(where: { $0 != 0 }) {
                    count(outputs) { target.argmax }
                }
            }
        }
        images += batch.count
    }

    /// Counts one answer.
    /// - Parameter label: The true class, which is asked for where a metric needs it.
    private mutating func count(_ outputs: UnsafeBufferPointer<Float>, label: () -> Int) {
        for (index, metric) in metrics.enumerated() where metric.counts(outputs, label: label()) {
            counts[index] += 1
        }
        answers += 1
    }

    func result(epoch: Int, validation: EvaluationResult?) -> EpochResult {
        EpochResult(
            epoch: epoch, loss: meanLoss, metrics: means, validationLoss: validation?.loss,
            validationMetrics: validation?.metrics ?? [:], images: images, seconds: seconds,
            imagesPerSecond: seconds > 0 ? Double(images) / seconds : 0)
    }
}

extension UnsafeBufferPointer<Float> {
    /// The values at each position of an output: all of a vector, or the last axis at each pixel of a picture.
    func positions(of shape: Shape) -> some Sequence<UnsafeBufferPointer<Float>> {
        let width = shape[shape.rank - 1]
        return stride(from: 0, to: count, by: width).lazy.map {
            UnsafeBufferPointer(rebasing: self[$0..<$0 + width])
        }
    }
}
