import DigitRecognition
package import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A folder whose models are served: brings a registry up to what is in it. It belongs to one thread at a time.
package struct ModelsFolder {
    /// A model that the folder has, by its name.
    struct Key: Hashable {
        let name: String
        let version: Int
    }

    /// What tells a file from one that was there before.
    struct Signature: Equatable {
        let path: String
        let size: Int
        /// When it was written last, since 1970.
        let seconds: Int
        let nanoseconds: Int
        /// Which file of its system it is: one that takes another's name has another number.
        let number: UInt64
    }

    let path: String
    /// The files of the models that are served, and of those that cannot be.
    private(set) var known: [Key: Signature] = [:]
    /// Of `known`, those that are served.
    private var served: Set<Key> = []
    /// Names that the folder may not take.
    private let reserved: Set<String>

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
        for (key, signature) in present.sorted(by: {
            ($0.key.name, $0.key.version) < ($1.key.name, $1.key.version)
        })
        where known[key] != signature {
            known[key] = signature
            load(key, signature, registry, logger)
        }
        for key in known.keys where present[key] == nil {
            known[key] = nil
            if served.remove(key) != nil {
                registry.remove(key.name, version: key.version)
                logger.info(
                    "Unloaded a model", metadata: ["model": "\(key.name)", "version": "\(key.version)"])
            }
        }
    }

    private mutating func load(
        _ key: Key, _ signature: Signature, _ registry: ModelRegistry, _ logger: Logger
    ) {
        let metadata: Logger.Metadata = ["model": "\(key.name)", "version": "\(key.version)"]
        guard !reserved.contains(key.name) else {
            logger.warning(
                "A model of the folder has the name of another and is not served", metadata: metadata)
            return
        }
        do {
            let model = try ModelFileSource.model(at: signature.path)
            registry.insert(ServedModel(model, name: key.name, version: key.version))
            served.insert(key)
            logger.info("Loaded a model", metadata: metadata)
        } catch {
            logger.warning("A model of the folder cannot be served: \(error)", metadata: metadata)
        }
    }

    /// The model files of a folder; nil where it, or a folder in it, cannot be read.
    static func models(in folder: String) -> [Key: Signature]? {
        var models: [Key: Signature] = [:]
        func add(_ name: String, _ version: Int, _ path: String) {
            guard ModelFileSource.isPossible(name: name), let signature = Signature(of: path) else { return }
            models[Key(name: name, version: version)] = signature
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

extension ModelsFolder.Signature {
    /// That of a file; nil where there is none.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        self.init(
            path: path, size: Int(status.st_size), seconds: Int(modified.tv_sec),
            nanoseconds: Int(modified.tv_nsec), number: UInt64(status.st_ino))
    }
}
