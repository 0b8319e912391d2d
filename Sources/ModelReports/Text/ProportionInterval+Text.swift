package import Evaluation
import PlainText

extension ProportionInterval {
    /// `98.51% (9,851/10,000)`.
    package var text: String { "\(NumberText.percent(share)) \(counts)" }

    /// `98.51% ± 0.24 (9,851/10,000)`: the error bar is half the interval, in percentage points.
    package var textWithErrorBar: String {
        "\(NumberText.percent(share)) ± \(halfWidthText) \(counts)"
    }

    /// Half the interval in percentage points: `0.24`.
    var halfWidthText: String { NumberText.fixed(halfWidth * 100, decimals: 2) }

    private var counts: String { "(\(NumberText.grouped(correct))/\(NumberText.grouped(count)))" }
}
