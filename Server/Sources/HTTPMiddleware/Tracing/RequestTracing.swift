import HTTPTypes
public import Hummingbird
import Logging

/// Gives each request a name and a place in a trace: in the logger's metadata, and in the answer.
///
/// `X-Request-ID` and `traceparent` of the request are used where they are valid, else made; `tracestate` is passed on. Metadata:
/// `request_id`, `trace_id`, `span_id`, and `parent_id` where there is one. Each answer is a line of the log at level `debug`, and those
/// of status 500 at `warning`; a path is in it, and neither a query nor a body.
public struct RequestTracing<Context: RequestContext>: RouterMiddleware {
    /// A middleware.
    public init() {}

    /// Gives the request on with a logger that knows it.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var generator = SystemRandomNumberGenerator()
        let trace = TraceContext(continuing: request.headers[.traceparent], using: &generator)
        let state = trace.parentID == nil ? nil : TraceState.valid(request.headers[values: .tracestate])
        // Without a name of its own a request is called as its operation is.
        let identifier = RequestIdentifier.valid(request.headers[.requestID]) ?? trace.spanID

        var context = context
        context.logger[metadataKey: "request_id"] = .string(identifier)
        context.logger[metadataKey: "trace_id"] = .string(trace.traceID)
        context.logger[metadataKey: "span_id"] = .string(trace.spanID)
        if let parentID = trace.parentID {
            context.logger[metadataKey: "parent_id"] = .string(parentID)
        }

        let start = ContinuousClock.now
        var response = try await next(request, context)
        Self.log(request, response, ContinuousClock.now - start, context.logger)
        response.headers[.requestID] = identifier
        response.headers[.traceparent] = trace.traceparent
        if let state {
            response.headers[.tracestate] = state
        }
        return response
    }

    /// A line for each answer: a warning of those that are the server's fault, and for whoever looks closely of all others.
    private static func log(
        _ request: Request, _ response: Response, _ time: Duration, _ logger: Logger
    ) {
        logger.log(
            level: response.status == .internalServerError ? .warning : .debug, "Answered a request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)",
                "status": "\(response.status.code)",
                "microseconds": "\(time / .microseconds(1))",
            ])
    }
}
