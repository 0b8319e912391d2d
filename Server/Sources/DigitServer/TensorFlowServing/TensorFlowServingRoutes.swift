import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The routes of TensorFlow Serving's REST interface that clients use: `:predict` and a model's status.
struct TensorFlowServingRoutes {
    let service: DigitService

    /// Adds the routes. A name and its verb are one part of the address, `MODEL:predict`.
    func add<Context, Router>(to routes: RouteTable<Context, Router>) {
        let registry = service.registry
        let handler = PredictHandler(service: service)
        let predict: @Sendable (Request, Context, String, Int?) async throws -> Response = {
            request, context, call, version in
            guard let colon = call.lastIndex(of: ":"), call[colon...] == ":predict" else {
                throw ServiceError.notFound("There is nothing at this address; POST to MODEL:predict.")
            }
            let model = try registry.model(String(call[..<colon]), version: version)
            return try await handler.answer(request, model: model, client: context.client)
        }
        routes.resource(
            "v1/models/{model}",
            [
                .get: { _, context in
                    Self.status(try registry.versions(of: context.parameters.get("model") ?? ""))
                },
                .post: { request, context in
                    try await predict(request, context, context.parameters.get("model") ?? "", nil)
                },
            ])
        routes.resource(
            "v1/models/{model}/versions/{version}",
            [
                .get: { _, context in
                    Self.status([try OpenInferenceRoutes.model(context, registry)])
                },
                .post: { request, context in
                    let call = context.parameters.get("version") ?? ""
                    let text = call.prefix { $0 != ":" }
                    guard let version = Int(text) else {
                        throw ServiceError.badRequest(
                            "'\(String(text).forMessage)' is no version of a model; versions are whole numbers from 1."
                        )
                    }
                    let name = context.parameters.get("model") ?? ""
                    return try await predict(request, context, name + call.dropFirst(text.count), version)
                },
            ])
    }

    private static func status(_ models: [ServedModel]) -> Response {
        Response { writer in
            writer.key("model_version_status")
            writer.array { writer in
                for model in models.reversed() {
                    writer.object { writer in
                        writer.member("version", String(model.version))
                        writer.member("state", "AVAILABLE")
                        writer.key("status")
                        writer.object { writer in
                            writer.member("error_code", "OK")
                            writer.member("error_message", "")
                        }
                    }
                }
            }
        }
    }
}
