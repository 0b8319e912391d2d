import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Adds routes to a router so that every error is an answer of the service, and methods that a resource has not are answered by 405.
struct RouteTable<Context: RequestContext, Router: RouterMethods<Context>> {
    let router: Router
    let logger: Logger

    typealias Handler = @Sendable (Request, Context) async throws -> Response

    /// The methods that are answered by 405 where a resource has others.
    private static var methods: [HTTPRequest.Method] { [.get, .head, .post, .put, .patch, .delete] }

    /// Adds a resource.
    /// - Parameter handlers: What answers each of its methods; HEAD is answered as GET, without a body.
    func resource(_ path: RouterPath, _ handlers: [HTTPRequest.Method: Handler]) {
        var handlers = handlers
        if let get = handlers[.get] {
            handlers[.head] = { request, context in try await get(request, context).createHeadResponse() }
        }
        let allowed = Self.methods.filter { handlers[$0] != nil }.map(\.rawValue).joined(separator: ", ")
        for method in Self.methods {
            if let handler = handlers[method] {
                router.on(path, method: method) { request, context in
                    try await Self.answer(request, context, handler)
                }
            } else {
                router.on(path, method: method) { request, _ in
                    ServiceError(
                        status: .methodNotAllowed,
                        message:
                            "\(request.method.rawValue) is not a method of this address; it has \(allowed).",
                        allowed: allowed
                    ).response
                }
            }
        }
    }

    /// The answer, or what is told in place of one.
    private static func answer(
        _ request: Request, _ context: Context, _ handler: Handler
    ) async throws -> Response {
        do {
            return try await handler(request, context)
        } catch let error as ServiceError {
            return error.response
        } catch is CancellationError {
            // Whoever asked has gone, or the server ends.
            return ServiceError.stopping.response
        } catch let error where error is any HTTPResponseError || error is HTTPParserError {
            // Hummingbird answers what is no HTTP, such as a wrong chunk, and ends the connection.
            throw error
        } catch let error where error is ChannelError || error is IOError {
            // The connection has ended while the body came.
            return ServiceError.stopping.response
        } catch {
            context.logger.error("A request failed: \(error)")
            return ServiceError(
                status: .internalServerError,
                message: "Something went wrong in the server. Its log says what."
            ).response
        }
    }
}
