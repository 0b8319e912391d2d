extension LineStrip {
    /// How far a digit's ink reaches from its middle, in columns.
    private static let reach = 14.0

    /// The rectangle around each digit's ink, in the strip: what is nearer to its middle than to another's.
    /// - Parameter middles: The columns of the digits' middles, from left to right.
    package func areas(ofDigitsAt middles: [Double]) -> [Area] {
        middles.indices.map { index in
            let middle = middles[index]
            let start = index > 0 ? (middles[index - 1] + middle) / 2 : -.infinity
            let end = index + 1 < middles.count ? (middle + middles[index + 1]) / 2 : .infinity
            let columns =
                max(
                    0, Int(max(start, middle - Self.reach)))..<min(
                    plane.width, Int(min(end, middle + Self.reach).rounded(.up)))
            return area(ofInkIn: columns)
        }
    }

    /// The rectangle around the ink of some columns; all rows of them where there is none.
    private func area(ofInkIn columns: Range<Int>) -> Area {
        var inked: [(row: Int, column: Int)] = []
        for row in 0..<plane.height {
            for column in columns where plane[row, column] >= Ink.threshold { inked.append((row, column)) }
        }
        let rows = inked.map(\.row)
        let used = inked.map(\.column)
        return Area(
            top: Double(rows.min() ?? 0), left: Double(used.min() ?? columns.lowerBound),
            bottom: Double((rows.max() ?? plane.height - 1) + 1),
            right: Double((used.max() ?? columns.upperBound - 1) + 1))
    }
}
