/// Takes away the printed box around a single digit, and what lies beyond it.
package enum Frame {
    /// How far from each edge a frame's line is looked for, as a share of the side.
    private static let reach = 0.24
    /// The share of its length in which a frame's line has ink.
    private static let coverage = 0.8
    /// The steepest line, as a share of its length.
    private static let steepest = 0.08

    /// The ink without a frame; the same ink where there is none, or nothing in it.
    package static func removed(from plane: Plane) -> Plane {
        var result = plane
        // Turned four times, so that each side is once the left one.
        for _ in 0..<4 { result = leftLineRemoved(from: result).turned }
        return result.values.contains { $0 >= Ink.threshold } ? result : plane
    }

    /// Without the innermost line from top to bottom near the left edge, and without what is to the left of it.
    private static func leftLineRemoved(from plane: Plane) -> Plane {
        let (height, width) = (plane.height, plane.width)
        let zone = Int(Double(width) * reach)
        let lean = max(1, Int(Double(height) * steepest))
        // Enough to see a line, however large the plane.
        let rows = Array(stride(from: 0, to: height, by: max(1, height / 64)))
        let isInk = plane.values.map { $0 >= Ink.threshold }
        func column(_ start: Int, _ lean: Int, _ row: Int) -> Int {
            start + Int((Double(lean) * (Double(row) / Double(height) - 0.5)).rounded())
        }
        for start in stride(from: zone, through: 0, by: -1) {
            for lean in stride(from: -lean, through: lean, by: max(1, lean / 8)) {
                var hits = 0
                for row in rows {
                    let place = column(start, lean, row)
                    if place >= 0, place < width, isInk[row * width + place] { hits += 1 }
                }
                guard Double(hits) >= coverage * Double(rows.count) else { continue }
                var result = plane
                for row in 0..<height {
                    // The line's own blur is a pixel or two.
                    var end = min(width - 1, column(start, lean, row) + 1)
                    while end + 1 < width, end < zone + 4, plane[row, end + 1] < plane[row, end], plane[row, end] > 0.05 { end += 1 }
                    if end >= 0 { for inside in 0...end { result[row, inside] = 0 } }
                }
                return result
            }
        }
        return plane
    }
}

extension Plane {
    /// Turned by a quarter.
    var turned: Plane {
        var result = Plane(height: width, width: height)
        for row in 0..<height {
            for column in 0..<width { result[column, height - 1 - row] = self[row, column] }
        }
        return result
    }
}
