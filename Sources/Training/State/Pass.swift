import NeuralNetworks

/// Sums over the images of one pass.
struct Pass: Sendable, Codable {
    private(set) var images = 0
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
            means[metric.name] = images == 0 ? 0 : Double(count) / Double(images)
        }
        return means
    }

    /// Adds the batch that a plan has just run.
    mutating func add(_ batch: SampleBatch, of plan: some LossPlan) {
        for image in 0..<batch.count {
            lossSum += Double(plan.loss(image))
            let outputs = plan.outputs(image)
            for (index, metric) in metrics.enumerated()
            where metric.counts(outputs, label: batch.label(of: image)) {
                counts[index] += 1
            }
        }
        images += batch.count
    }

    func result(epoch: Int, validation: EvaluationResult?) -> EpochResult {
        EpochResult(
            epoch: epoch, loss: meanLoss, metrics: means, validationLoss: validation?.loss,
            validationMetrics: validation?.metrics ?? [:], seconds: seconds,
            imagesPerSecond: seconds > 0 ? Double(images) / seconds : 0)
    }
}
