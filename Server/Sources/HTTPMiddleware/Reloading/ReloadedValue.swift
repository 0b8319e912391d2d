public import Logging
public import ServiceLifecycle
import Synchronization

/// A value that is read from files, and again when they change, while the service runs: a certificate, the tokens.
///
/// Files that cannot be used are told in the log, and the last good value stays.
public final class ReloadedValue<Value: Sendable>: Service {
    private struct State {
        var value: Value
        var versions: [FileVersion?]
    }

    private let state: Mutex<State>
    private let paths: [String]
    private let interval: Duration
    private let load: @Sendable () throws -> Value
    private let logger: Logger

    /// Reads the value for the first time.
    ///
    /// - Parameters:
    ///   - paths: the files that it comes from.
    ///   - interval: how often is looked whether they have changed.
    ///   - logger: where changes and failures are told.
    ///   - load: reads the files.
    /// - Throws: what `load` throws.
    public init(
        paths: [String], interval: Duration = .seconds(5), logger: Logger,
        load: @escaping @Sendable () throws -> Value
    ) throws {
        // Versions before contents: a change in between is seen as a change.
        let versions = paths.map { FileVersion(path: $0) }
        state = Mutex(State(value: try load(), versions: versions))
        self.paths = paths
        self.interval = interval
        self.logger = logger
        self.load = load
    }

    /// The last good value.
    public var current: Value { state.withLock { $0.value } }

    /// Looks for changes until the service stops.
    public func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: self.interval)
                self.reloadIfChanged()
            }
        }
    }

    /// Reads the files again if they have changed.
    package func reloadIfChanged() {
        let versions = paths.map { FileVersion(path: $0) }
        guard versions != state.withLock({ $0.versions }) else { return }
        do {
            let value = try load()
            state.withLock { $0 = State(value: value, versions: versions) }
            logger.notice("files were read again", metadata: ["files": .array(paths.map { .string($0) })])
        } catch {
            // Not tried again before the next change, so that the log is not filled.
            state.withLock { $0.versions = versions }
            logger.error(
                "files have changed and cannot be used; what they held before stays",
                metadata: ["files": .array(paths.map { .string($0) }), "error": "\(error)"])
        }
    }
}
