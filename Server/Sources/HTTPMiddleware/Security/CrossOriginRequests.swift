import HTTPTypes
public import Hummingbird

/// What pages of other origins may do: nothing, but for those that are named.
///
/// A browser sends requests for any page that somebody visits, also to a server that listens on this machine alone; it tells where
/// the page is from in `Origin`. Requests that compute or change something are refused with 403 if they come from a page of an
/// origin that is not named. Pages of named origins may send them and read all answers (CORS); cookies are not used. Programs send no
/// `Origin` and are not touched.
public struct CrossOriginRequests<Context: RequestContext>: RouterMiddleware {
    private let allowedOrigins: Set<String>
    private let isLocal: Bool

    /// A middleware.
    ///
    /// - Parameters:
    ///   - allowedOrigins: origins of other pages that may ask.
    ///   - isLocal: whether only this machine reaches the server: then its own page is one of `localhost`, `127.0.0.1` or `[::1]`, and
    ///     not of a name that somebody lets lead here.
    public init(allowedOrigins: [Origin], isLocal: Bool = false) {
        self.allowedOrigins = Set(allowedOrigins.map(\.description))
        self.isLocal = isLocal
    }

    /// Answers a browser's question beforehand, or gives the request on and says who may read the answer.
    ///
    /// - Throws: ``RequestRefusal`` with status 403.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let origin = request.headers[.origin] else { return try await next(request, context) }
        let isAllowed = allowedOrigins.contains(origin)

        if request.method == .options, request.headers.contains(.accessControlRequestMethod) {
            return isAllowed
                ? Self.permission(origin) : Response(status: .noContent, headers: [.vary: "Origin"])
        }
        let isHarmless = request.method == .get || request.method == .head || request.method == .options
        guard isHarmless || isAllowed || isOwn(origin, request) else {
            throw RequestRefusal(
                .forbidden,
                "Pages of other origins may not send this: whoever runs the server can allow theirs.")
        }

        var response = try await next(request, context)
        if !allowedOrigins.isEmpty {
            response.headers.append(HTTPField(name: .vary, value: "Origin"))
        }
        if isAllowed {
            response.headers[.accessControlAllowOrigin] = origin
            response.headers[.accessControlExposeHeaders] =
                "Inference-Header-Content-Length, Retry-After, Traceparent, X-Request-ID"
        }
        return response
    }

    /// Whether a page comes from this server.
    private func isOwn(_ origin: String, _ request: Request) -> Bool {
        guard let origin = Origin(origin) else { return false }
        return origin.isSame(as: request.head.authority) && (!isLocal || origin.isLocal)
    }

    /// The answer to the question whether a page may send what it wants to.
    private static func permission(_ origin: String) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin,
                .accessControlAllowMethods: "GET, HEAD, POST, OPTIONS",
                .accessControlAllowHeaders:
                    "Accept, Authorization, Content-Encoding, Content-Type, Inference-Header-Content-Length, Traceparent, "
                    + "Tracestate, X-Request-ID",
                .accessControlMaxAge: "600",
                .vary: "Origin",
            ])
    }
}
