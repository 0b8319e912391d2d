import Hummingbird
import NIOCore

/// `GET /openapi.json`: all routes, what they take and what they answer, for programs (OpenAPI 3.0).
struct OpenAPIRoute {
    /// Adds the route.
    func add<Context, Router>(to routes: RouteTable<Context, Router>) {
        let description = ByteBuffer(bytes: PackageResources.openapi_json)
        routes.resource("openapi.json", [.get: { _, _ in Response(json: description) }])
    }
}
