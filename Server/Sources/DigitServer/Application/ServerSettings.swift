/// What a server is told before it starts. Every setting has a default with which it is safe to start: on this machine alone,
/// with limits.
public struct ServerSettings: Sendable {
    /// The name or address that connections are accepted on.
    public var host = "127.0.0.1"
    /// The port that connections are accepted on, 0…65,535. With 0 the system chooses a free one.
    public var port = 8080

    /// The default settings.
    public init() {}
}
