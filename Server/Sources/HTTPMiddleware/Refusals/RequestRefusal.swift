public import HTTPTypes
public import Hummingbird
import NIOCore

/// A request that is refused, with words for whoever sent it.
///
/// Its answer is `{"error": "…"}`, as the Open Inference Protocol has it.
public struct RequestRefusal: Error, HTTPResponseError, Sendable {
    /// The answer's status.
    public let status: HTTPResponse.Status
    /// What happened, what was expected, what to do; nothing of the server's inside.
    public let message: String
    /// Header fields of the answer, beside those of its body.
    public let headers: HTTPFields

    /// A refusal.
    ///
    /// - Parameters:
    ///   - status: the answer's status, 4xx or 5xx.
    ///   - message: what happened, what was expected, what to do.
    ///   - headers: header fields of the answer.
    public init(_ status: HTTPResponse.Status, _ message: String, headers: HTTPFields = [:]) {
        self.status = status
        self.message = message
        self.headers = headers
    }

    /// The answer.
    public func response(from request: Request, context: some RequestContext) -> Response {
        Self.response(status: status, message: message, headers: headers)
    }

    /// An answer with an error's message.
    static func response(status: HTTPResponse.Status, message: String, headers: HTTPFields = [:]) -> Response
    {
        var headers = headers
        headers[.contentType] = "application/json"
        let body = "{\"error\":\(quoted(message))}"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
