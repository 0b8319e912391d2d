import HTTPMiddleware
import HTTPTypes
import Hummingbird

/// The page on which digits are drawn and read, at `/`, and its files.
///
/// It asks for nothing but these, `v1/read` and `v1/corrections`, all of them beside it, so that it can be mounted anywhere.
struct PageRoutes {
    /// Adds the routes.
    func add<Context, Router>(to routes: RouteTable<Context, Router>) {
        for asset in PageAsset.all {
            routes.resource(
                RouterPath(asset.path), [.get: { request, _ in Self.response(asset, to: request) }])
        }
    }

    /// The file, or 304 where the browser has it already.
    private static func response(_ asset: PageAsset, to request: Request) -> Response {
        var headers = headers
        headers[.eTag] = asset.entityTag
        let isKnown = request.headers[values: .ifNoneMatch].contains { matches($0, asset.entityTag) }
        guard !isKnown else { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = asset.contentType
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.contents))
    }

    /// Whether a field `If-None-Match` names the tag. Tags are compared weakly (RFC 9110, section 13.1.2): a proxy that compresses
    /// makes strong ones weak.
    private static func matches(_ field: String, _ entityTag: String) -> Bool {
        field.split(separator: ",").contains { part in
            let tag = part.trimmingBlanks
            return tag == "*" || tag == entityTag || tag == "W/" + entityTag
        }
    }

    /// What all files of the page are sent with. A browser keeps them and asks each time whether they are still the same.
    private static let headers: HTTPFields = {
        var headers: HTTPFields = [.cacheControl: "no-cache", .contentSecurityPolicy: policy]
        headers[.xContentTypeOptions] = "nosniff"
        if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "no-referrer" }
        if let name = HTTPField.Name("Cross-Origin-Opener-Policy") { headers[name] = "same-origin" }
        return headers
    }()

    /// All that the page may load comes from where it came from itself; pictures, too, from its own memory.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "base-uri 'none'",
        "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")
}
