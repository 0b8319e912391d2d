package import Evaluation
import PlainText

extension ProportionInterval {
    /// `98.51% (9,851/10,000)`.
    package var text: String { "\(NumberText.percent(share)) \(counts)" }

    /// `98.51% ± 0.24 (9,851/10,000)`: the error bar is half the interval, in percentage points.
    package var textWithErrorBar: String {
        "\(NumberText.percent(share)) ± \(NumberText.fixed(halfWidth * 100, decimals: 2)) \(counts)"
    }

    private var counts: String { "(\(NumberText.grouped(correct))/\(NumberText.grouped(count)))" }
}
