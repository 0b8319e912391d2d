import Metrics

/// What is measured of inference, reported through the metrics library that the program has chosen.
package struct InferenceMetrics: Sendable {
    private let batchImages = Recorder(label: "inference_batch_images")
    private let waiting = Timer(label: "inference_queue_seconds")
    private let network = Timer(label: "inference_network_seconds")

    package init() {}

    /// Images that were computed together.
    func record(batch: Int) { batchImages.record(batch) }
    /// How long a request waited for a worker.
    func record(waiting duration: Duration) { waiting.record(duration: duration) }
    /// How long the network took for a batch.
    func record(network duration: Duration) { network.record(duration: duration) }
}
