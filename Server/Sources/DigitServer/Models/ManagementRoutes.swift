import DigitRecognition
import Hummingbird
import HummingbirdCore

/// Triton's routes that load and unload models of the models' folder. They are there only where the settings allow it.
struct ManagementRoutes {
    let service: DigitService

    /// Adds the routes.
    func add<Context, Router>(to routes: RouteTable<Context, Router>) {
        let service = service
        routes.resource(
            "v2/repository/models/{model}/load",
            [
                .post: { _, context in
                    try await Self.load(context.parameters.get("model") ?? "", service)
                    return Response { _ in }
                }
            ])
        routes.resource(
            "v2/repository/models/{model}/unload",
            [
                .post: { _, context in
                    let name = context.parameters.get("model") ?? ""
                    try Self.check(name, service)
                    for model in try service.registry.versions(of: name) {
                        service.registry.remove(model.name, version: model.version)
                    }
                    return Response { _ in }
                }
            ])
    }

    /// Refuses names that the folder has not.
    private static func check(_ name: String, _ service: DigitService) throws(ServiceError) {
        guard !service.fixedNames.contains(name), service.settings.models.aliases[name] == nil else {
            throw .badRequest(
                "'\(name.forMessage)' is no model of the models' folder; only these are loaded and unloaded.")
        }
    }

    /// Loads every version of a model of the folder, on a thread of the pictures.
    private static func load(_ name: String, _ service: DigitService) async throws {
        try check(name, service)
        let folder = service.settings.models.folder
        let models = try await service.pictures.run(
            deadline: .now + service.settings.times.picture, isAbandoned: { false }
        ) { () throws -> [ServedModel] in
            let all = folder.flatMap { ModelsFolder.models(in: $0) } ?? [:]
            let found = all.filter { $0.key.name == name }
            guard !found.isEmpty else {
                throw ServiceError.badRequest(
                    "There is no model '\(name.forMessage)' to load; put it into the models' folder.")
            }
            return try found.map { key, file in
                do {
                    return ServedModel(
                        try ModelFileSource.model(at: file.path), name: key.name, version: key.version)
                } catch {
                    throw ServiceError.badRequest(
                        "The model '\(name.forMessage)', version \(key.version), cannot be loaded; 'digits evaluate' with its file says why."
                    )
                }
            }
        }
        for model in models { service.registry.insert(model) }
    }
}
