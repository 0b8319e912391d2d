/// What all time series of one name share.
struct MetricFamily: Sendable {
    /// Prometheus's type of a metric.
    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    /// The name, valid and with its suffix.
    let name: String
    let kind: Kind
    /// One line of help, not yet escaped.
    let help: String
}
