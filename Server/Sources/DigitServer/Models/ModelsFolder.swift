import DigitRecognition
import HTTPMiddleware
package import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder whose models are served: brings a registry up to what is in it. It belongs to one thread at a time.
package struct ModelsFolder {
    /// A model that the folder has, by its name.
    struct Key: Hashable {
        let name: String
        let version: Int
    }

    /// A model's file as it is now.
    struct File: Equatable {
        let path: String
        let version: FileVersion
    }

    let path: String
    /// The files of the models that are served, and of those that cannot be.
    private(set) var known: [Key: File] = [:]
    /// Of `known`, those that are served.
    private var served: Set<Key> = []
    /// Names that the folder may not take.
    private let reserved: Set<String>
    /// Models of which was told that their default version is not there.
    private var told: Set<String> = []

    /// - Parameter reserved: Names of models that come from elsewhere.
    package init(path: String, reserved: Set<String>) {
        self.path = path
        self.reserved = reserved
    }

    /// Loads what is new or has changed since the last time, and unloads what has gone.
    ///
    /// A file that cannot be loaded is told of once, and again when it has changed; the version before it goes on being served.
    package mutating func update(_ registry: ModelRegistry, _ logger: Logger) {
        guard let present = Self.models(in: path) else {
            logger.warning("The models' folder cannot be read; its models go on being served")
            return
        }
        for (key, file) in present.sorted(by: {
            ($0.key.name, $0.key.version) < ($1.key.name, $1.key.version)
        })
        where known[key] != file {
            known[key] = file
            load(key, file, registry, logger)
        }
        for key in known.keys where present[key] == nil {
            known[key] = nil
            if served.remove(key) != nil {
                registry.remove(key.name, version: key.version)
                logger.info(
                    "Unloaded a model", metadata: ["model": "\(key.name)", "version": "\(key.version)"])
            }
        }
        tellMissingVersions(registry, logger)
    }

    /// Tells of default versions that are not there, once until they come.
    private mutating func tellMissingVersions(_ registry: ModelRegistry, _ logger: Logger) {
        let missing = registry.missingDefaultVersions
        for (name, version) in missing.sorted(by: { $0.key < $1.key }) where !told.contains(name) {
            logger.warning(
                "A model's default version is not in the folder; the highest is served until it is",
                metadata: ["model": "\(name)", "version": "\(version)"])
        }
        told = Set(missing.keys)
    }

    private mutating func load(
        _ key: Key, _ file: File, _ registry: ModelRegistry, _ logger: Logger
    ) {
        let metadata: Logger.Metadata = ["model": "\(key.name)", "version": "\(key.version)"]
        guard !reserved.contains(key.name) else {
            logger.warning(
                "A model of the folder has the name of another and is not served", metadata: metadata)
            return
        }
        do {
            let model = try ModelFileSource.model(at: file.path)
            registry.insert(ServedModel(model, name: key.name, version: key.version))
            served.insert(key)
            logger.info("Loaded a model", metadata: metadata)
        } catch {
            logger.warning("A model of the folder cannot be served: \(error)", metadata: metadata)
        }
    }

    /// The model files of a folder; nil where it, or a folder in it, cannot be read.
    static func models(in folder: String) -> [Key: File]? {
        var models: [Key: File] = [:]
        func add(_ name: String, _ version: Int, _ path: String) {
            guard ModelFileSource.isPossible(name: name), let file = FileVersion(path: path) else { return }
            models[Key(name: name, version: version)] = File(path: path, version: file)
        }
        guard let entries = names(in: folder) else { return nil }
        for entry in entries {
            if entry.hasSuffix(ModelFileSource.fileExtension) {
                add(String(entry.dropLast(ModelFileSource.fileExtension.count)), 1, "\(folder)/\(entry)")
                continue
            }
            var isFolder = false
            guard
                FileManager.default.fileExists(atPath: "\(folder)/\(entry)", isDirectory: &isFolder), isFolder
            else { continue }
            guard let versions = names(in: "\(folder)/\(entry)") else { return nil }
            for text in versions {
                guard let version = Int(text), version > 0, text == String(version) else { continue }
                add(entry, version, "\(folder)/\(entry)/\(text)/\(ModelFileSource.fileName)")
            }
        }
        return models
    }

    private static func names(in folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }
    }
}
