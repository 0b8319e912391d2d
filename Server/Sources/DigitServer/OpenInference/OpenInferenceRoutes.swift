import DigitRecognition
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The routes of the Open Inference Protocol (version 2) over HTTP, with Triton's extensions that its clients use.
struct OpenInferenceRoutes {
    let service: DigitService

    /// What is spoken beyond the protocol.
    private static let extensions = [
        "classification", "binary_tensor_data", "model_configuration", "model_repository", "schedule_policy",
        "statistics",
    ]

    /// Adds the routes.
    func add<Context, Router>(to routes: RouteTable<Context, Router>) {
        addHealth(to: routes)
        let registry = service.registry
        routes.resource("v2", [.get: { _, _ in Self.server }])
        routes.resource(
            "v2/models",
            [
                .get: { _, _ in
                    Response { $0.member("models", Array(Set(registry.all.map(\.name))).sorted()) }
                }
            ])
        routes.resource("v2/repository/index", [.post: { _, _ in ModelDescriptions.index(registry.all) }])
        routes.resource("v2/models/stats", [.get: { _, _ in ModelDescriptions.statistics(registry.all) }])
        for path in ["v2/models/{model}", "v2/models/{model}/versions/{version}"] {
            addModel(at: path, to: routes)
        }
        if service.settings.models.allowsManagement { ManagementRoutes(service: service).add(to: routes) }
    }

    private func addHealth<Context, Router>(to routes: RouteTable<Context, Router>) {
        let readiness = service.readiness
        routes.resource("v2/health/live", [.get: { _, _ in Response { $0.member("live", true) } }])
        routes.resource(
            "v2/health/ready",
            [
                .get: { _, _ in
                    let isReady = readiness.isReady
                    return Response(status: isReady ? .ok : .serviceUnavailable) {
                        $0.member("ready", isReady)
                    }
                }
            ])
    }

    private func addModel<Context, Router>(at path: String, to routes: RouteTable<Context, Router>) {
        let service = service
        let registry = service.registry
        routes.resource(
            RouterPath(path),
            [
                .get: { _, context in
                    let model = try Self.model(context, registry)
                    return ModelDescriptions.metadata(
                        model, versions: try registry.versions(of: model.name).map(\.version))
                }
            ])
        routes.resource(
            RouterPath(path + "/ready"),
            [
                .get: { _, context in
                    let model = try Self.model(context, registry)
                    return Response { writer in
                        writer.member("name", model.name)
                        writer.member("ready", true)
                    }
                }
            ])
        routes.resource(
            RouterPath(path + "/config"),
            [
                .get: { _, context in
                    ModelDescriptions.configuration(
                        try Self.model(context, registry),
                        largestBatch: service.settings.limits.imagesOfRequest)
                }
            ])
        routes.resource(
            RouterPath(path + "/stats"),
            [.get: { _, context in ModelDescriptions.statistics([try Self.model(context, registry)]) }])
        let inference = InferenceHandler(service: service)
        routes.resource(
            RouterPath(path + "/infer"),
            [
                .post: { request, context in
                    try await inference.answer(
                        request, model: try Self.model(context, registry), client: context.client)
                }
            ])
    }

    /// The model of a request's address.
    static func model(_ context: some RequestContext, _ registry: ModelRegistry) throws(ServiceError)
        -> ServedModel
    {
        let name = context.parameters.get("model") ?? ""
        guard let text = context.parameters.get("version") else { return try registry.model(name) }
        guard let version = Int(text), version > 0 else {
            throw .badRequest(
                "'\(text.forMessage)' is no version of a model; versions are whole numbers from 1.")
        }
        return try registry.model(name, version: version)
    }

    private static var server: Response {
        Response { writer in
            writer.member("name", "digits-server")
            writer.member("version", ModelInformation.currentVersion)
            writer.member("extensions", extensions)
        }
    }
}
