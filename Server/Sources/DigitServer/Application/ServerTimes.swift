/// How long things may take.
public struct ServerTimes: Sendable, Hashable {
    /// From the arrival of a request for inference to the begin of its computation. Later it is answered by 504.
    public var inference = Duration.seconds(10)
    /// From the arrival of a picture to the begin of its reading. Later it is answered by 504.
    public var picture = Duration.seconds(30)
    /// From the first to the last byte of a request's body. A slower sender is answered by 408, and its connection is closed.
    public var receiving = Duration.seconds(30)
    /// How long the other side may leave a response untaken until its connection is closed.
    public var sending = Duration.seconds(30)
    /// How long a connection may be idle, or take for the head of a request, until it is closed.
    public var idle = Duration.seconds(60)
    /// From the signal to stop, when the server says that it is not ready, until it takes no more connections: as long as a load
    /// balancer needs to see it. Meanwhile connections are closed with the next answer, so that no request is under way when the others
    /// are.
    public var notice = Duration.milliseconds(200)
    /// How long requests that are being answered may still take then, until their connections are closed.
    public var draining = Duration.seconds(30)
    /// An inference that is expected to take no longer is computed by the thread that has the request, if a worker would be free:
    /// handing it over would take as long. With zero, workers compute all of them.
    public var handover = Duration.microseconds(250)

    /// The default times.
    public init() {}
}
