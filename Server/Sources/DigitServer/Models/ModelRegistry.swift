import DigitRecognition
import Synchronization

/// The models that are served now, by name and version.
///
/// Models are loaded outside of its lock. A request holds the model that it found, so that unloading loses none.
package final class ModelRegistry: Sendable {
    private struct State {
        /// Versions of each model.
        var models: [String: [Int: ServedModel]] = [:]
        var aliases: [String: String] = [:]
        /// The versions that answer where a request names none.
        var defaultVersions: [String: Int] = [:]

        /// The version of a model that answers where a request names none: that of the settings if it is there, else the highest.
        func defaultVersion(of name: String) -> Int? {
            guard let versions = models[name] else { return nil }
            if let version = defaultVersions[name], versions[version] != nil { return version }
            return versions.keys.max()
        }
    }

    private let state: Mutex<State>

    /// The models of the settings, loaded, but for those of the folder.
    /// - Throws: `ModelSettingsError`.
    package init(_ settings: ModelSettings) throws(ModelSettingsError) {
        var state = State()
        let names = settings.sources.map(\.name)
        for source in settings.sources {
            guard ModelFileSource.isPossible(name: source.name) else { throw .badName(source.name) }
            guard names.count(where: { $0 == source.name }) == 1 else { throw .duplicateName(source.name) }
            state.models[source.name] = [1: try Self.load(source)]
        }
        if settings.includesShipped {
            for shipped in PretrainedModel.all where state.models[shipped.name] == nil {
                state.models[shipped.name] = [1: ServedModel(shipped.model(), name: shipped.name, version: 1)]
            }
        }
        if state.models.isEmpty && settings.folder == nil { throw .noModels }
        for (alias, name) in settings.aliases {
            guard ModelFileSource.isPossible(name: alias) else { throw .badName(alias) }
            if state.models[alias] != nil { throw .aliasIsModel(alias) }
            // What is in the folder comes and goes.
            guard state.models[name] != nil || settings.folder != nil else {
                throw .aliasWithoutModel(alias: alias, name: name)
            }
        }
        for (name, version) in settings.defaultVersions {
            guard let versions = state.models[name] else {
                guard settings.folder != nil, settings.aliases[name] == nil else {
                    throw .defaultVersionWithoutModel(name)
                }
                continue
            }
            guard versions[version] != nil else { throw .noSuchVersion(name: name, version: version) }
        }
        state.aliases = settings.aliases
        state.defaultVersions = settings.defaultVersions
        self.state = Mutex(state)
    }

    private static func load(_ source: ModelSettings.Source) throws(ModelSettingsError) -> ServedModel {
        do {
            return ServedModel(
                try ModelFileSource.model(at: source.path), name: source.name, version: 1)
        } catch {
            throw .unreadable(name: source.name, reason: "\(error)")
        }
    }
}

// MARK: - Asking

extension ModelRegistry {
    /// The model of a name, or of what an alias stands for.
    /// - Parameter version: nil for the default one.
    /// - Throws: `ServiceError`, not found.
    package func model(_ name: String, version: Int? = nil) throws(ServiceError) -> ServedModel {
        let found = state.withLock { state -> (versions: [Int: ServedModel], model: ServedModel?)? in
            let name = state.models[name] == nil ? state.aliases[name] ?? name : name
            guard let versions = state.models[name] else { return nil }
            return (versions, (version ?? state.defaultVersion(of: name)).flatMap { versions[$0] })
        }
        guard let found else {
            throw .notFound(
                "There is no model '\(name.forMessage)'. GET /v2/models lists those that there are.")
        }
        guard let model = found.model else {
            throw .notFound(
                "The model '\(name.forMessage)' has no version \(version ?? 0); it has "
                    + "\(found.versions.keys.sorted().map(String.init).joined(separator: ", ")).")
        }
        return model
    }

    /// The versions of a model that are served, lowest first.
    /// - Throws: `ServiceError`, not found.
    package func versions(of name: String) throws(ServiceError) -> [ServedModel] {
        let name = try model(name).name
        return state.withLock { state in
            (state.models[name] ?? [:]).values.sorted { $0.version < $1.version }
        }
    }

    /// The default versions of the settings that are not there, by their models' names.
    var missingDefaultVersions: [String: Int] {
        state.withLock { state in state.defaultVersions.filter { state.models[$0.key]?[$0.value] == nil } }
    }

    /// Every version of every model, by name and version.
    package var all: [ServedModel] {
        state.withLock { state in state.models.values.flatMap(\.values) }
            .sorted { ($0.name, $0.version) < ($1.name, $1.version) }
    }
}

// MARK: - Changing

extension ModelRegistry {
    /// Serves a model, in the place of that of its name and version if there is one.
    func insert(_ model: ServedModel) {
        state.withLock { $0.models[model.name, default: [:]][model.version] = model }
    }

    /// Serves a version no longer.
    func remove(_ name: String, version: Int) {
        state.withLock { state in
            state.models[name]?[version] = nil
            if state.models[name]?.isEmpty == true { state.models[name] = nil }
        }
    }
}
