/// Prometheus's text format 0.0.4, as it grows.
///
/// Source: prometheus.io, "Exposition formats".
package struct TextExposition {
    private(set) var text = ""

    /// A family: its help, its type, and its series in the order of their labels.
    mutating func append(_ entry: MetricsRegistry.Entry) {
        appendHeader(entry.family)
        for (labels, series) in entry.series.sorted(by: { $0.key < $1.key }) {
            switch series.sample {
            case .integer(let value):
                appendLine(entry.family.name, labels.text, "\(value)")
            case .number(let value):
                appendLine(entry.family.name, labels.text, Self.number(value))
            case .histogram(let bounds, let counts, let sum):
                appendHistogram(entry.family.name, labels.text, bounds, counts, sum)
            }
        }
    }

    /// The figures of a process, under the names that Prometheus's own clients use.
    mutating func append(_ process: ProcessFigures) {
        for (family, value) in process.families {
            appendHeader(family)
            appendLine(family.name, "", Self.number(value))
        }
    }

    private mutating func appendHeader(_ family: MetricFamily) {
        let help = family.help.map { character in
            switch character {
            case "\\": "\\\\"
            case "\n", "\r\n": "\\n"
            default: String(character)
            }
        }
        text += "# HELP \(family.name) \(help.joined())\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    }

    /// Buckets count everything up to their bound, so each holds those below it, too.
    private mutating func appendHistogram(
        _ name: String, _ labels: String, _ bounds: [Double], _ counts: [UInt64], _ sum: Double
    ) {
        let others = labels.isEmpty ? "" : labels + ","
        var total: UInt64 = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? Self.number(bounds[index]) : "+Inf"
            appendLine(name + "_bucket", "\(others)le=\"\(bound)\"", "\(total)")
        }
        appendLine(name + "_sum", labels, Self.number(sum))
        appendLine(name + "_count", labels, "\(total)")
    }

    private mutating func appendLine(_ name: String, _ labels: String, _ value: String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    /// The shortest digits that give the same number; whole numbers without a fraction.
    package static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
