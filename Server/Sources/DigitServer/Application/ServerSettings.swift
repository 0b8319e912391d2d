/// What a server is told before it starts. Every setting has a default with which it is safe to start: on this machine alone, with
/// limits.
public struct ServerSettings: Sendable {
    /// The name or address that connections are accepted on.
    public var host = "127.0.0.1"
    /// The port that connections are accepted on, 0…65,535. With 0 the system chooses a free one.
    public var port = 8080
    /// Which models are served.
    public var models = ModelSettings()
    /// How much may be asked for.
    public var limits = ServerLimits()
    /// How long things may take.
    public var times = ServerTimes()
    /// Whether digits that people correct on the page are kept.
    public var corrections = CorrectionSettings()
    /// Whether the page to draw on is served at `/`.
    public var servesPage = true
    /// Threads that compute networks, at least 1; nil for as many as there are processors.
    public var workers: Int?
    /// Threads that read pictures, at least 1; nil for half as many as there are processors, so that pictures leave room for
    /// inference.
    public var pictureWorkers: Int?

    /// The default settings.
    public init() {}
}
