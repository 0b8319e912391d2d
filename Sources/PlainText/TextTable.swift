/// Where text stands in a wider field.
package enum TextAlignment: Sendable {
    case left
    case center
    case right
}

extension String {
    /// The text with spaces up to a width; longer text stays as it is.
    package func padded(to width: Int, _ alignment: TextAlignment) -> String {
        let missing = max(0, width - count)
        let before =
            switch alignment {
            case .left: 0
            case .center: missing / 2
            case .right: missing
            }
        return String(repeating: " ", count: before) + self
            + String(repeating: " ", count: missing - before)
    }
}

/// Rows of text in aligned columns under a header with a rule:
///
/// ```
/// Layer    Output shape   Parameters
/// ──────────────────────────────────
/// conv2d   26×26×64              640
/// ```
package struct TextTable {
    /// A column's title and alignment.
    package struct Column: Sendable {
        /// What stands above the column.
        package let title: String
        /// Where its cells stand.
        package let alignment: TextAlignment

        /// Makes a column.
        package init(_ title: String, _ alignment: TextAlignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// The columns, left to right.
    package let columns: [Column]
    /// Spaces between two columns.
    package let gap: Int
    private var rows: [[String]] = []

    /// Makes a table without rows.
    package init(_ columns: [Column], gap: Int = 3) {
        self.columns = columns
        self.gap = gap
    }

    /// Adds a row.
    /// - Precondition: There is one cell for each column.
    package mutating func append(_ cells: [String]) {
        precondition(
            cells.count == columns.count,
            "A row of \(cells.count) cells in a table of \(columns.count) columns.")
        rows.append(cells)
    }

    /// The header, a rule, and the rows; no line ends in spaces.
    package var lines: [String] {
        let widths = columns.indices.map { index in
            rows.reduce(columns[index].title.count) { max($0, $1[index].count) }
        }
        func line(_ cells: [String]) -> String {
            let fields = cells.indices.map {
                cells[$0].padded(to: widths[$0], columns[$0].alignment)
            }
            return fields.joined(separator: String(repeating: " ", count: gap)).trimmingTrailingSpaces
        }
        let ruleWidth = widths.reduce(gap * (columns.count - 1), +)
        return [line(columns.map(\.title)), String(repeating: "─", count: ruleWidth)]
            + rows.map(line)
    }
}

extension String {
    /// The text without the spaces at its end.
    package var trimmingTrailingSpaces: String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}
