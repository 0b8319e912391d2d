import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /v1/corrections` says whether corrected digits are kept, `POST /v1/corrections?label=7` brings one.
struct CorrectionRoutes {
    /// nil if none are kept.
    private let store: CorrectionStore?

    init(_ settings: CorrectionSettings) { store = CorrectionStore(settings) }

    /// Adds the routes.
    func add<Context, Router>(to routes: RouteTable<Context, Router>) {
        let store = store
        routes.resource(
            "v1/corrections",
            [
                .get: { _, _ in
                    var response = Response { $0.member("collects", store != nil) }
                    response.headers[.cacheControl] = "no-store"
                    return response
                },
                .post: { request, _ in
                    try await Self.keep(request, in: store)
                    return Response(status: .created) { $0.member("kept", true) }
                },
            ])
    }

    private static func keep(_ request: Request, in store: CorrectionStore?) async throws {
        guard let store else {
            throw ServiceError.notFound(
                "This server keeps no corrections. Whoever runs it can start it with --collect FOLDER.")
        }
        // A type that no form of another site's page can send unasked.
        guard request.headers[.contentType] == "image/png" else {
            throw ServiceError(
                status: .unsupportedMediaType,
                message: "A correction is a picture. Send a PNG with Content-Type: image/png.")
        }
        var body = try await request.body(upTo: CorrectionSample.largestByteCount)
        let bytes = body.readBytes(length: body.readableBytes) ?? []
        let label = request.query("label")
        try await store.keep(try CorrectionSample(label: label, bytes: bytes))
    }
}
