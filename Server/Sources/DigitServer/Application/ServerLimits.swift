/// How much may be asked of a server. What is beyond is refused with words before memory is taken for it.
public struct ServerLimits: Sendable, Hashable {
    /// Bytes of a request's body, as it is when it was decompressed. More is refused by 413.
    public var bodyByteCount = 32 << 20
    /// Bytes of all header fields of a request together. With more the connection is closed by 400.
    public var headerByteCount = 16 << 10
    /// Header fields of a request.
    public var headerFieldCount = 100
    /// Connections at the same time; others wait in the system's queue until one ends.
    public var connections = 1024
    /// How many objects and arrays of JSON may be inside each other.
    public var jsonDepth = 16
    /// Images of one request for inference. More is refused by 400.
    public var imagesOfRequest = 16_384
    /// Requests for inference that wait or are computed at the same time. More is refused by 429.
    public var queuedRequests = 1024
    /// Images of requests that wait, at the same time. More is refused by 429, unless nothing else waits.
    public var queuedImages = 65_536
    /// The most images that a worker takes together.
    public var batchImages = 64
    /// Pixels of a picture, 1…2³¹ − 1. A larger one is refused by 413.
    public var picturePixels = 50_000_000
    /// Pictures that wait or are read at the same time. More is refused by 429.
    public var queuedPictures = 32

    /// The default limits.
    public init() {}
}
