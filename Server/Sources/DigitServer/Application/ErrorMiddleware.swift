import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Makes every error of other routes, and the absence of one, an answer of the service.
struct ErrorMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as ServiceError {
            return error.response
        } catch let error as HTTPError {
            let message =
                error.status == .notFound
                ? "There is nothing at this address. GET /v2 says what the server is."
                : error.body ?? error.status.reasonPhrase
            var response = ServiceError(status: error.status, message: message).response
            response.headers.append(contentsOf: error.headers)
            return response
        }
    }
}
