/// What a ``PrometheusMetricsFactory`` cannot know by itself: buckets, help texts, limits.
public struct MetricsConfiguration: Sendable {
    /// Upper bounds of timers' buckets, in seconds, ascending.
    public var secondBuckets: [Double]
    /// Upper bounds of recorders' buckets, in the recorder's unit, ascending.
    public var sizeBuckets: [Double]
    /// Upper bounds for single histograms, by the name that Prometheus sees.
    public var buckets: [String: [Double]]
    /// Help texts by the name that Prometheus sees; without one, the metric's label is its help.
    public var help: [String: String]
    /// How many different label sets a name may have. Further ones are counted together, under labels that all say `other`,
    /// so that what clients choose cannot fill the memory.
    public var labelSetLimit: Int

    /// A configuration for a service that answers in fractions of a millisecond up to seconds.
    ///
    /// - Parameters:
    ///   - secondBuckets: bounds for timers, from 50 µs to 10 s unless given.
    ///   - sizeBuckets: bounds for recorders, the powers of two from 1 to 2²⁶ unless given.
    ///   - buckets: bounds for single histograms.
    ///   - help: help texts.
    ///   - labelSetLimit: label sets of a name, at least 1.
    public init(
        secondBuckets: [Double] = Self.secondsFrom50MicrosecondsTo10,
        sizeBuckets: [Double] = Self.powersOfTwo,
        buckets: [String: [Double]] = [:],
        help: [String: String] = [:],
        labelSetLimit: Int = 256
    ) {
        self.secondBuckets = secondBuckets
        self.sizeBuckets = sizeBuckets
        self.buckets = buckets
        self.help = help
        self.labelSetLimit = max(1, labelSetLimit)
    }

    /// Three bounds in each decade from 50 µs to 10 s.
    public static let secondsFrom50MicrosecondsTo10: [Double] = [
        0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
        10,
    ]

    /// 1, 2, 4, … 2²⁶: batches of images, and bodies up to 64 MiB.
    public static let powersOfTwo: [Double] = (0...26).map { Double(1 << $0) }
}
