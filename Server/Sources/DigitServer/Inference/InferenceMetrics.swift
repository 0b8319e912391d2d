import Metrics

/// What is measured of inference, reported through the metrics library that the program has chosen.
package struct InferenceMetrics: Sendable {
    private let requests = Meter(label: "inference_requests")
    private let batchImages = Recorder(label: "inference_batch_images")
    private let preparation = Timer(label: "inference_preparation_seconds")
    private let waiting = Timer(label: "inference_queue_seconds")
    private let network = Timer(label: "inference_network_seconds")

    package init() {}

    /// Requests that wait or are computed, from now on.
    func record(requests count: Int) { requests.set(count) }
    /// Images that were computed together.
    func record(batch: Int) { batchImages.record(batch) }
    /// How long it took to read a request's images out of its body.
    func record(preparation duration: Duration) { preparation.record(duration: duration) }
    /// How long a request waited for a worker.
    func record(waiting duration: Duration) { waiting.record(duration: duration) }
    /// How long the network took for a batch.
    func record(network duration: Duration) { network.record(duration: duration) }
}
