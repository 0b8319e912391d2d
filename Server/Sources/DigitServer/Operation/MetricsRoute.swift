import HTTPTypes
import Hummingbird
import NIOCore
import PrometheusMetrics

/// `GET /metrics`: what was counted and measured, and what the process takes.
struct MetricsRoute {
    let metrics: PrometheusMetricsFactory

    /// Adds the route. It waits for nothing that requests wait for.
    func add(to router: some RouterMethods<some RequestContext>) {
        router.get("metrics") { [metrics] _, _ in
            let text = metrics.exposition(process: ProcessFigures.current())
            return Response(
                status: .ok,
                headers: [.contentType: PrometheusMetricsFactory.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }
}
