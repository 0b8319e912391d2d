import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1

extension Request {
    /// All of the body.
    /// - Throws: `ServiceError`: too large, or no whole body.
    func body(upTo limit: Int) async throws -> ByteBuffer {
        let error = ServiceError.tooLarge(
            "The body has more than \(limit) bytes, the most that are taken. Send less at once.")
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw error }
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw error
        } catch is HTTPParserError {
            throw ServiceError(
                status: .badRequest,
                message:
                    "The body is cut off, or its chunks are damaged. Send all that its length says, or whole chunks."
            )
        }
    }

    /// The value of a query's member.
    func query(_ name: String) -> String? { uri.queryParameters[Substring(name)].map { String($0) } }
}
