import HTTPTypes
public import Hummingbird

/// Header fields with which browsers keep an answer from being misused.
///
/// A `Content-Security-Policy` that a route gives stands; all other answers may load and run nothing. The field `Server` is
/// removed.
///
/// Source: OWASP, "HTTP Security Response Headers Cheat Sheet".
public struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    private let isSharedAcrossOrigins: Bool

    /// A middleware.
    ///
    /// - Parameter isSharedAcrossOrigins: whether pages of other origins may read answers, as CORS allows them to.
    public init(isSharedAcrossOrigins: Bool) {
        self.isSharedAcrossOrigins = isSharedAcrossOrigins
    }

    /// Adds the fields to the answer of what comes after.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.crossOriginResourcePolicy] = isSharedAcrossOrigins ? "cross-origin" : "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginEmbedderPolicy] = "require-corp"
        if !response.headers.contains(.contentSecurityPolicy) {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
        response.headers[.server] = nil
        return response
    }
}
