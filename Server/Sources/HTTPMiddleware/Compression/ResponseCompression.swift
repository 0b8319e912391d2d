import HTTPTypes
public import Hummingbird
import NIOCore

/// Compresses answers for clients that ask for it, where that is worth it: from 1 kB up, and not what is compressed already.
///
/// Bodies up to 1 MB are compressed as a whole and keep a length; longer ones and streams are compressed as they go.
public struct ResponseCompression<Context: RequestContext>: RouterMiddleware {
    /// Below it, a compressed answer takes as many packets as the original.
    private static var minimumSize: Int { 1024 }
    private static var maximumWholeSize: Int { 1_048_576 }

    /// A middleware.
    public init() {}

    /// Compresses the answer of what comes after.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let coding = ContentCoding.preferred(request.headers[values: .acceptEncoding])
        var response = try await next(request, context)
        guard Self.isWorthwhile(response) else { return response }
        // A cache must know that the answer depends on it, also where this client asked for none.
        response.headers.append(HTTPField(name: .vary, value: "Accept-Encoding"))
        guard let coding, request.method != .head else { return response }
        return try await Self.compressed(response, coding)
    }

    private static func isWorthwhile(_ response: Response) -> Bool {
        guard response.status.kind == .successful || response.status.kind == .clientError,
            !response.headers.contains(.contentEncoding), !response.headers.contains(.contentRange),
            response.body.contentLength ?? minimumSize >= minimumSize
        else { return false }
        if let control = response.headers[.cacheControl], control.contains("no-transform") { return false }
        guard let type = response.headers[.contentType]?.lowercased() else { return true }
        return !type.hasPrefix("image/") || type.hasPrefix("image/svg")
    }

    private static func compressed(_ original: Response, _ coding: ContentCoding) async throws -> Response {
        var response = original
        if let length = original.body.contentLength, length <= maximumWholeSize {
            let storage = CollectingWriter.Storage()
            try await original.body.write(CollectingWriter(storage: storage))
            let whole = compressed(storage.bytes, coding)
            guard storage.trailingHeaders == nil, let whole, whole.readableBytes < length else {
                // The body has been read; what was collected is the same.
                let trailingHeaders = storage.trailingHeaders
                let bytes = storage.bytes
                response.body = ResponseBody(contentLength: length) { writer in
                    try await writer.write(bytes)
                    try await writer.finish(trailingHeaders)
                }
                return response
            }
            response.body = ResponseBody(byteBuffer: whole)
        } else {
            let body = original.body
            response.body = ResponseBody { writer in
                guard let stream = DeflateStream(coding) else { throw HTTPError(.serviceUnavailable) }
                try await body.write(CompressingWriter(writer: writer, stream: stream))
            }
        }
        response.headers[.contentEncoding] = coding.rawValue
        if let tag = response.headers[.eTag], !tag.hasPrefix("W/") {
            // The bytes differ from those that the tag was made of.
            response.headers[.eTag] = "W/" + tag
        }
        return response
    }

    private static func compressed(_ bytes: ByteBuffer, _ coding: ContentCoding) -> ByteBuffer? {
        guard let stream = DeflateStream(coding) else { return nil }
        var result = stream.compress(bytes)
        var rest = stream.finish()
        result.writeBuffer(&rest)
        return result
    }
}
