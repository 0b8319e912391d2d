import HTTPTypes
public import Hummingbird
import Logging
import NIOCore

/// Makes an answer of every error, so that what stands around it (header fields, metrics) sees answers alone.
///
/// Errors that nobody thought of are logged and answered with 500 and no word of what they were. Hummingbird's own errors
/// (no such path, a body beyond the limit) get the form of ``RequestRefusal``.
public struct ErrorResponses<Context: RequestContext>: RouterMiddleware {
    /// A middleware.
    public init() {}

    /// Answers in any case.
    ///
    /// - Throws: `CancellationError` when the client has gone: there is nobody to answer.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch let error as HTTPError {
            return RequestRefusal.response(
                status: error.status, message: error.body ?? Self.message(error.status),
                headers: error.headers)
        } catch let error as any HTTPResponseError {
            return try error.response(from: request, context: context)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            return RequestRefusal.response(
                status: .internalServerError,
                message: "The server failed on this request; its log says why, under the request's id.")
        }
    }

    private static func message(_ status: HTTPResponse.Status) -> String {
        switch status {
        case .notFound: "There is nothing under this path and method."
        case .methodNotAllowed: "This path does not take this method."
        case .contentTooLarge: "The body is larger than the limit."
        default: status.reasonPhrase.isEmpty ? "The request was refused." : "\(status.reasonPhrase)."
        }
    }
}
