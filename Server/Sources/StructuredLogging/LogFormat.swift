/// How an event is written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// A JSON object a line, for programs.
    case json
    /// Words, and metadata as `key=value`, for people.
    case text
}
