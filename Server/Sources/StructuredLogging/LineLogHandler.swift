public import Logging

/// A log handler that writes each event as one line, for people or for programs.
///
/// ```swift
/// let output = LogOutput(descriptor: 2)
/// LoggingSystem.bootstrap { LineLogHandler(label: $0, format: .json, output: output) }
/// ```
/// writes
/// ```
/// {"time":"2026-11-30T19:18:17.123456Z","level":"info","logger":"server","message":"ready","metadata":{"port":"8080"}}
/// ```
/// or, as text,
/// ```
/// 2026-11-30T19:18:17.123456Z info server: ready port=8080
/// ```
/// Nothing that a client sends can begin a line of its own or steer a terminal: control characters are escaped.
public struct LineLogHandler: LogHandler {
    /// The logger's name.
    public let label: String
    /// JSON or text.
    public let format: LogFormat
    /// Events below it are not written.
    public var logLevel: Logger.Level
    /// What is written with each event.
    public var metadata: Logger.Metadata = [:]
    /// What is asked for metadata at each event.
    public var metadataProvider: Logger.MetadataProvider?

    private let output: LogOutput
    private let now: @Sendable () -> Timestamp

    /// A handler.
    ///
    /// - Parameters:
    ///   - label: the logger's name.
    ///   - format: JSON or text.
    ///   - level: events below it are not written.
    ///   - output: where lines go.
    ///   - metadataProvider: what is asked for metadata at each event.
    ///   - now: the clock.
    public init(
        label: String, format: LogFormat, level: Logger.Level = .info, output: LogOutput,
        metadataProvider: Logger.MetadataProvider? = nil,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.label = label
        self.format = format
        self.logLevel = level
        self.output = output
        self.metadataProvider = metadataProvider
        self.now = now
    }

    /// One entry of the metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an event. Of entries with one key the event's own counts, then the provider's, then the logger's.
    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() {
            all.merge(provided) { _, new in new }
        }
        if let own = event.metadata {
            all.merge(own) { _, new in new }
        }
        if let error = event.error {
            all["error"] = .string("\(error)")
        }
        let line = LogLine(
            time: now(), level: event.level, label: label, message: event.message.description, metadata: all)
        output.write(line.encoded(as: format))
    }
}
