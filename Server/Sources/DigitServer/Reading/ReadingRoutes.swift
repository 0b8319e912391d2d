import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// `POST /v1/read`: a picture in, the digits in it out.
struct ReadingRoutes {
    let service: DigitService

    /// Adds the route.
    func add<Context, Router>(to routes: RouteTable<Context, Router>) {
        let service = service
        routes.resource(
            "v1/read",
            [
                .post: { request, context in
                    try await Self.answer(request, service, client: context.client)
                }
            ])
    }

    private static func answer(
        _ request: Request, _ service: DigitService, client: Client?
    ) async throws -> Response {
        let arrival = ContinuousClock.now
        let asked = try PictureRequest(request)
        let body = try await request.body(upTo: service.settings.limits.bodyByteCount)
        let type = request.headers[.contentType]
        let result = try await service.reader.read(asked, arrival: arrival, client: client) {
            () throws(ServiceError) in
            let bytes = body.getBytes(at: body.readerIndex, length: body.readableBytes) ?? []
            guard let type, type.lowercased().hasPrefix("multipart/form-data") else {
                return MultipartPart(fileName: nil, bytes: bytes)
            }
            return try MultipartForm(bytes, contentType: type).file()
        }
        if let bytes = result.picture {
            return Response(
                status: .ok, headers: [.contentType: "image/png"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        return Response(json: json(of: result, asked))
    }

    /// The line of `digits read --json`, and behind its members those that were asked for besides.
    private static func json(of result: PictureService.Result, _ asked: PictureRequest) -> ByteBuffer {
        var writer = JSONWriter(capacity: result.json.utf8.count + 16)
        guard asked.wantsSteps || asked.wantsExplanation else {
            writer.raw(result.json)
            return writer.buffer
        }
        // Without the braces around it, the line is members.
        writer.object { writer in
            writer.raw(String(result.json.dropFirst().dropLast()))
            if asked.wantsSteps {
                writer.key("steps")
                writer.array { writer in
                    for step in result.steps {
                        writer.object { writer in
                            writer.member("name", step.name)
                            writer.member("pictures", step.pictures.map(Base64.text))
                        }
                    }
                }
            }
            if asked.wantsExplanation {
                writer.key("explanation")
                if let bytes = result.explanation { writer.string(Base64.text(bytes)) } else { writer.null() }
            }
        }
        return writer.buffer
    }
}
