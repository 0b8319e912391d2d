import HTTPTypes
public import Hummingbird

/// `GET /v1/corrections` says whether corrected digits are kept, `POST /v1/corrections?label=7` brings one.
///
/// ```swift
/// CorrectionRoutes(CorrectionSettings(folder: "corrections")).add(to: router)
/// ```
public struct CorrectionRoutes: Sendable {
    private let store: CorrectionStore?

    /// - Parameter settings: Without a folder, a correction is answered with 404.
    public init(_ settings: CorrectionSettings) { store = CorrectionStore(settings) }

    /// Adds both routes.
    public func add(to router: some RouterMethods<some RequestContext>) {
        router.get("v1/corrections") { _, _ in
            var writer = JSONWriter()
            writer.object { $0.member("collects", store != nil) }
            return Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: writer.buffer))
        }
        router.post("v1/corrections") { request, _ in
            try await keep(request)
            var writer = JSONWriter()
            writer.object { $0.member("kept", true) }
            return Response(
                status: .created, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: writer.buffer))
        }
    }

    private func keep(_ request: Request) async throws {
        guard let store else {
            throw ServiceError.notFound(
                "This server keeps no corrections. Whoever runs it can start it with --collect FOLDER.")
        }
        // A type that no form of another site's page can send unasked.
        guard request.headers[.contentType] == "image/png" else {
            throw ServiceError(
                status: .unsupportedMediaType, message: "A correction is a picture. Send a PNG with Content-Type: image/png.")
        }
        let limit = CorrectionSample.largestByteCount
        let tooLarge = ServiceError.tooLarge(
            "The picture has more than \(limit) bytes. Send one of 28×28 pixels, as the network saw it.")
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge }
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= limit else { throw tooLarge }
            bytes.append(contentsOf: part.readableBytesView)
        }
        let label = request.uri.queryParameters["label"].map(String.init)
        try await store.keep(CorrectionSample(label: label, bytes: bytes))
    }
}
