/// One time series: what was counted under one name and one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// What it is now.
    var sample: MetricSample { get }
}

/// The value of a time series at one moment.
enum MetricSample: Sendable {
    case integer(UInt64)
    case number(Double)
    /// How many values lie in each bucket, the one without an upper bound last, and the sum of all.
    case histogram(bounds: [Double], counts: [UInt64], sum: Double)
}
