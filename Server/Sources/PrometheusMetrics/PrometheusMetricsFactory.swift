public import CoreMetrics

/// A backend of swift-metrics that Prometheus can read.
///
/// Counters and floating-point counters are Prometheus counters, meters and recorders that do not aggregate are gauges,
/// timers and recorders that do are histograms. Names and labels are made valid, `_total` is added to counters and
/// `_seconds` to timers.
///
/// Keep the `Counter`, `Timer` or `Recorder` that you made: an update of it takes no lock, while making one looks its labels
/// up under the registry's lock.
///
/// ```swift
/// let metrics = PrometheusMetricsFactory()
/// MetricsSystem.bootstrap(metrics)
/// Counter(label: "requests", dimensions: [("route", "/")]).increment()
/// metrics.exposition()  // … requests_total{route="/"} 1 …
/// ```
public final class PrometheusMetricsFactory: MetricsFactory {
    private let configuration: MetricsConfiguration
    private let registry: MetricsRegistry

    /// A factory with no metrics in it.
    ///
    /// - Parameter configuration: buckets, help texts and limits.
    public init(configuration: MetricsConfiguration = MetricsConfiguration()) {
        self.configuration = configuration
        registry = MetricsRegistry(limit: configuration.labelSetLimit)
    }

    /// All metrics in Prometheus's text format 0.0.4, families and label sets in the order of their names.
    ///
    /// - Parameter process: figures of this process, appended behind; `nil` leaves them out.
    /// - Returns: the body of an answer whose type is ``contentType``.
    public func exposition(process: ProcessFigures? = nil) -> String {
        var text = TextExposition()
        for family in registry.families() {
            text.append(family)
        }
        if let process {
            text.append(process)
        }
        return text.text
    }

    /// The media type of ``exposition(process:)``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The counter of these labels.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        registry.handler(counterFamily(label), labels: LabelSet(dimensions)) { IntegerCounter() }
    }

    /// The counter of these labels, for amounts that are no whole numbers.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        registry.handler(counterFamily(label), labels: LabelSet(dimensions)) { FloatingCounter() }
    }

    /// The gauge of these labels.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        registry.handler(gaugeFamily(label), labels: LabelSet(dimensions)) { Gauge() }
    }

    /// The histogram of these labels, or their gauge if values are not to be aggregated.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate {
            let family = histogramFamily(label, name: MetricName.valid(label))
            let buckets = configuration.buckets[family.name] ?? configuration.sizeBuckets
            return registry.handler(family, labels: LabelSet(dimensions, reserved: "le")) {
                Histogram(buckets: buckets)
            }
        }
        return registry.handler(gaugeFamily(label), labels: LabelSet(dimensions)) { Gauge() }
    }

    /// The histogram of seconds of these labels.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let family = histogramFamily(label, name: MetricName.valid(label, suffix: "_seconds"))
        let buckets = configuration.buckets[family.name] ?? configuration.secondBuckets
        return registry.handler(family, labels: LabelSet(dimensions, reserved: "le")) {
            Histogram(buckets: buckets)
        }
    }

    /// Forgets a counter; it begins at 0 when it is made again.
    public func destroyCounter(_ handler: any CounterHandler) { registry.remove(handler) }
    /// Forgets a counter; it begins at 0 when it is made again.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
        registry.remove(handler)
    }
    /// Forgets a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { registry.remove(handler) }
    /// Forgets a histogram or gauge.
    public func destroyRecorder(_ handler: any RecorderHandler) { registry.remove(handler) }
    /// Forgets a histogram.
    public func destroyTimer(_ handler: any TimerHandler) { registry.remove(handler) }

    private func counterFamily(_ label: String) -> MetricFamily {
        family(label, name: MetricName.valid(label, suffix: "_total"), kind: .counter)
    }

    private func gaugeFamily(_ label: String) -> MetricFamily {
        family(label, name: MetricName.valid(label), kind: .gauge)
    }

    private func histogramFamily(_ label: String, name: String) -> MetricFamily {
        family(label, name: name, kind: .histogram)
    }

    private func family(_ label: String, name: String, kind: MetricFamily.Kind) -> MetricFamily {
        MetricFamily(name: name, kind: kind, help: configuration.help[name] ?? label)
    }
}
