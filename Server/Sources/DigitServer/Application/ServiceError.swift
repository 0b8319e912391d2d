package import HTTPTypes
package import Hummingbird
package import HummingbirdCore
import NIOCore

/// Why a request is not answered as it was meant: a status, and a sentence that says what happened, what was expected and what to do.
/// It is answered as `{"error":"…"}`, as the Open Inference Protocol has it.
package struct ServiceError: Error, Equatable {
    package let status: HTTPResponse.Status
    let message: String
    /// Seconds after which it is worth to try again; nil where it is not.
    var retryAfter: Int?
    /// The methods that the resource has, for 405.
    var allowed: String?

    static func badRequest(_ message: String) -> ServiceError {
        ServiceError(status: .badRequest, message: message)
    }

    static func notFound(_ message: String) -> ServiceError {
        ServiceError(status: .notFound, message: message)
    }

    static func tooLarge(_ message: String) -> ServiceError {
        ServiceError(status: .contentTooLarge, message: message)
    }

    /// What is to be read or computed already is too much.
    static func busy(_ message: String) -> ServiceError {
        ServiceError(status: .tooManyRequests, message: message, retryAfter: 1)
    }

    package static let stopping = ServiceError(
        status: .serviceUnavailable,
        message: "The server is stopping. Send the request again, to another one.",
        retryAfter: 1)

    package static let late = ServiceError(
        status: .gatewayTimeout,
        message: "The request waited longer than its deadline. Send it again later, or allow more time.")
}

extension ServiceError: HTTPResponseError {
    /// The answer.
    package func response(from request: Request, context: some RequestContext) throws -> Response { response }

    /// The answer.
    var response: Response {
        var writer = JSONWriter()
        writer.object { $0.member("error", message) }
        var headers: HTTPFields = [.contentType: "application/json"]
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if let allowed { headers[.allow] = allowed }
        // What is left of a body that is too large is not read.
        if status == .contentTooLarge || status == .requestTimeout { headers[.connection] = "close" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: writer.buffer))
    }
}

extension String {
    /// The text as a message may repeat it: short, and without characters that something would obey.
    var forMessage: String {
        String(
            unicodeScalars.prefix(64).map { $0.properties.generalCategory == .control ? "?" : Character($0) })
    }
}
