import Hummingbird
import HummingbirdCore
import Metrics
import Synchronization

/// Counts requests by route and status, and measures how long they take, through the metrics library that the program has chosen.
struct RequestMetrics<Context: RequestContext>: RouterMiddleware {
    private struct Key: Hashable {
        let route: String
        let status: Int
    }

    private struct Meters {
        let count: Counter
        let time: Timer
    }

    /// Each is made once; routes are few.
    private final class Table: Sendable {
        let meters = Mutex<[Key: Meters]>([:])

        func meters(_ key: Key) -> Meters {
            meters.withLock { meters in
                if let known = meters[key] { return known }
                let dimensions = [("route", key.route), ("status", String(key.status))]
                let made = Meters(
                    count: Counter(label: "http_requests_total", dimensions: dimensions),
                    time: Timer(label: "http_request_seconds", dimensions: [("route", key.route)]))
                meters[key] = made
                return made
            }
        }
    }

    private let table = Table()

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let meters = table.meters(
            Key(route: context.endpointPath ?? "none", status: response.status.code))
        meters.count.increment()
        meters.time.record(duration: ContinuousClock.now - start)
        return response
    }
}
