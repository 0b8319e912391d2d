/// What the marks in a figure mean: samples with names, in a row.
struct Legend {
    /// A sample and its name.
    struct Entry {
        let name: String
        let paint: Paint
        let marker: Marker?
        /// The line through the marker; `nil` for none.
        var line: Stroke?

        /// A line needs more room than a marker.
        fileprivate var sampleWidth: Double { line == nil ? 9 : 22 }
    }

    /// What is explained.
    let entries: [Entry]

    /// The height that a row needs.
    static let height = 14.0
    private static let gap = 16.0
    private static let size = 10.0

    /// The width of the row.
    var width: Double {
        entries.map { $0.sampleWidth + 5 + TextMetrics.width(of: $0.name, size: Self.size) }
            .reduce(Self.gap * Double(max(0, entries.count - 1)), +)
    }

    /// Draws the row, its upper left corner at (`x`, `y`).
    func draw(in sketch: inout Sketch, x: Double, y: Double) {
        var x = x
        let middle = y + Self.height / 2
        for entry in entries {
            if let line = entry.line {
                sketch.line(x, middle, x + entry.sampleWidth, middle, line)
            }
            if let marker = entry.marker {
                sketch.marker(
                    marker, at: Point(x: x + entry.sampleWidth / 2, y: middle), radius: 3.5,
                    paint: entry.paint
                )
            }
            x += entry.sampleWidth + 5
            sketch.text(entry.name, x: x, middle: middle, TextStyle(size: Self.size))
            x += TextMetrics.width(of: entry.name, size: Self.size) + Self.gap
        }
    }
}
