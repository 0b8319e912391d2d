import Figures
import PlainText

/// Curves of one quantity over the epochs, in a frame of characters:
///
/// ```
/// Loss  * 0.0871  o 0.1032
/// 0.4┤*
///    │ ***
/// 0.2┤oo  *****
///    │  ooooooo**********
/// 0.0┤         oooooooooo
///    └────────────────────
///     1    2    3    4    5
/// ```
struct CurvePanel {
    /// Rows around the curves: the title, the axis and its numbers.
    static let frameRows = 3

    struct Curve {
        let values: [Double]
        let style: DotCanvas.Style
    }

    /// What is measured.
    let title: String
    let curves: [Curve]
    /// The epochs that there is room for.
    let epochs: ClosedRange<Int>
    /// Values from 0 to 1, told in per cent; otherwise from 0 without an end.
    let isShare: Bool

    /// The rows, none wider than `width`.
    /// - Parameters:
    ///   - width: Characters in a row.
    ///   - height: Rows of the curves alone.
    func lines(width: Int, height: Int, colors: TerminalStream.ColorDepth) -> [String] {
        let axis = valueAxis(most: max(3, (height + 1) / 2))
        let labelWidth = axis.ticks.reduce(0) { max($0, $1.label.count) }
        let columns = width - labelWidth - 1
        var canvas = DotCanvas(columns: columns, rows: height, colors: colors)
        for curve in curves {
            canvas.draw(
                curve.values.enumerated().map { index, value in
                    value.isFinite ? (place(of: index + 1), Self.depth(of: value, in: axis)) : nil
                }, curve.style)
        }

        var labels: [Int: String] = [:]
        for tick in axis.ticks {
            let depth = Self.depth(of: tick.value, in: axis)
            labels[Int((depth * Double(height - 1)).rounded())] = tick.label
        }
        let rows = canvas.lines.enumerated().map { row, text in
            (labels[row] ?? "").padded(to: labelWidth, .right) + (labels[row] == nil ? "│" : "┤") + text
        }
        let margin = String(repeating: " ", count: labelWidth)
        return [header(colors)] + rows
            + [
                margin + "└" + String(repeating: "─", count: columns),
                margin + " " + epochLabels(columns: columns),
            ]
    }

    /// The title and each curve's last value.
    private func header(_ colors: TerminalStream.ColorDepth) -> String {
        ([title]
            + curves.compactMap { curve in
                curve.values.last.map { value in
                    let text = isShare ? NumberText.percent(value) : NumberText.fixed(value, decimals: 4)
                    return "\(curve.style.sign(colors)) \(text)"
                }
            }).joined(separator: "  ")
    }

    private func valueAxis(most: Int) -> Axis {
        let values = curves.flatMap(\.values)
        return isShare
            ? Axis(around: values, within: 0...1, .percent, most: most)
            : Axis(around: values + [0], within: 0...Double.greatestFiniteMagnitude / 4, most: most)
    }

    /// Where an epoch is, as a share of the width; the only one is in the middle.
    private func place(of epoch: Int) -> Double {
        epochs.count == 1 ? 0.5 : Double(epoch - epochs.lowerBound) / Double(epochs.count - 1)
    }

    /// Where a value is, as a share of the height from the top.
    private static func depth(of value: Double, in axis: Axis) -> Double {
        let extent = axis.domain.upperBound - axis.domain.lowerBound
        return min(max((axis.domain.upperBound - value) / extent, 0), 1)
    }

    /// Round epochs under their places, and the last one; none touches another.
    private func epochLabels(columns: Int) -> String {
        let last = epochs.upperBound
        var row = Array(repeating: Character(" "), count: columns)
        let ticks = Axis(wholeNumbers: epochs, most: max(2, columns / 6)).ticks.map { Int($0.value) }
        for epoch in [last] + ticks {
            let label = Array(String(epoch))
            let middle = Int((place(of: epoch) * Double(columns - 1)).rounded())
            let start = min(max(middle - label.count / 2, 0), columns - label.count)
            let room = max(start - 1, 0)..<min(start + label.count + 1, columns)
            guard start >= 0, row[room].allSatisfy({ $0 == " " }) else { continue }
            row.replaceSubrange(start..<start + label.count, with: label)
        }
        return String(row).trimmingTrailingSpaces
    }
}
