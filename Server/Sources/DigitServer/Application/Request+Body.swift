import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Request {
    /// All of the body.
    /// - Throws: `ServiceError`, too large.
    func body(upTo limit: Int) async throws -> ByteBuffer {
        let error = ServiceError.tooLarge(
            "The body has more than \(limit) bytes, the most that are taken. Send less at once.")
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw error }
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw error
        }
    }

    /// The value of a query's member.
    func query(_ name: String) -> String? { uri.queryParameters[Substring(name)].map { String($0) } }
}
