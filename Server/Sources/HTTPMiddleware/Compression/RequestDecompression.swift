import HTTPTypes
public import Hummingbird

/// Takes compressed request bodies: gzip and deflate, the latter with zlib's header or without.
///
/// What comes after sees the original body, without `Content-Encoding` and without the length of what was sent. Other codings are
/// answered with 415, damaged bodies with 400, bodies beyond the limit with 413.
public struct RequestDecompression<Context: RequestContext>: RouterMiddleware {
    private let limit: Int

    /// A middleware.
    ///
    /// - Parameter limit: how many bytes a body may have when it is decompressed.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Gives the request on with its original body.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard request.headers.contains(.contentEncoding) else {
            return try await next(request, context)
        }
        guard let coding = try ContentCoding.ofRequest(request.headers) else {
            return try await next(request, context)
        }
        var head = request.head
        head.headerFields[.contentEncoding] = nil
        head.headerFields[.contentLength] = nil
        var original = Request(head: head, body: request.body)
        original.body = RequestBody(
            asyncSequence: InflatedBody(body: request.body, coding: coding, limit: limit))
        return try await next(original, context)
    }
}
