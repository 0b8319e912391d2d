import HTTPTypes
public import Hummingbird
import Logging

/// Lets requests pass that carry a known token: `Authorization: Bearer …` (RFC 6750).
///
/// All others are answered with 401, but for the paths that need none. The token's name is added to the logger's metadata as
/// `client`.
public struct BearerAuthentication<Context: RequestContext>: RouterMiddleware {
    private let tokens: @Sendable () -> AccessTokens
    private let openPaths: Set<String>

    /// A middleware.
    ///
    /// - Parameters:
    ///   - openPaths: paths that need no token, such as `/v2/health/live`; whole paths, and no patterns.
    ///   - tokens: the tokens that are accepted now; asked at each request.
    public init(openPaths: Set<String>, tokens: @escaping @Sendable () -> AccessTokens) {
        self.openPaths = openPaths
        self.tokens = tokens
    }

    /// Gives the request on, or refuses it.
    ///
    /// - Throws: ``RequestRefusal`` with status 401.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !openPaths.contains(request.uri.path) else {
            return try await next(request, context)
        }
        guard let authorization = request.headers[.authorization] else {
            throw RequestRefusal(
                .unauthorized, "This server needs a token: send “Authorization: Bearer TOKEN”.",
                headers: [.wwwAuthenticate: "Bearer realm=\"digits\""])
        }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let name = tokens().name(of: parts[1].trimmingBlanks)
        else {
            throw RequestRefusal(
                .unauthorized, "The token is not one that this server knows: ask whoever runs it for one.",
                headers: [.wwwAuthenticate: "Bearer realm=\"digits\", error=\"invalid_token\""])
        }
        var context = context
        context.logger[metadataKey: "client"] = .string(name)
        return try await next(request, context)
    }
}
