/// Takes away the printed box around a single digit, and what lies beyond it.
package enum Frame {
    /// How far from each edge a frame's line is looked for, as a share of the side.
    private static let reach = 0.24
    /// The share of its length in which a frame's line has ink.
    private static let coverage = 0.8
    /// The steepest line, as a share of its length.
    private static let steepest = 0.08
    /// In how many rows a line is looked at: enough to see one, however large the plane.
    private static let samples = 64

    /// The ink without a frame; the same ink where there is none, or nothing in it.
    package static func removed(from plane: Plane) -> Plane {
        var result = plane
        // Turned four times, so that each side is once the left one.
        for _ in 0..<4 { result = leftLineRemoved(from: result).turned }
        return result.values.contains { $0 >= Ink.threshold } ? result : plane
    }

    /// A line from top to bottom.
    private struct Line {
        /// The column in the middle row.
        let middle: Int
        /// Columns from the top to the bottom.
        let lean: Int
        /// Rows from the top to the bottom.
        let height: Int

        /// The line's column in a row; it may be beyond the edge.
        func column(_ row: Int) -> Int {
            middle + Int((Double(lean) * (Double(row) / Double(height) - 0.5)).rounded())
        }
    }

    /// Without the innermost line from top to bottom near the left edge, and without what is to the left of it.
    private static func leftLineRemoved(from plane: Plane) -> Plane {
        let (height, width) = (plane.height, plane.width)
        let zone = Int(Double(width) * reach)
        guard let line = innermostLine(of: plane, zone: zone) else { return plane }
        var result = plane
        for row in 0..<height {
            var end = min(width - 1, line.column(row) + 1)
            guard end >= 0 else { continue }
            // The line's own blur is a pixel or two.
            while end + 1 < width, end < zone + 4, plane[row, end + 1] < plane[row, end],
                plane[row, end] > 0.05
            {
                end += 1
            }
            for inside in 0...end { result[row, inside] = 0 }
        }
        return result
    }

    private static func innermostLine(of plane: Plane, zone: Int) -> Line? {
        let (height, width) = (plane.height, plane.width)
        let steepestLean = max(1, Int(Double(height) * steepest))
        let rows = Array(stride(from: 0, to: height, by: max(1, height / samples)))
        for middle in stride(from: zone, through: 0, by: -1) {
            for lean in stride(from: -steepestLean, through: steepestLean, by: max(1, steepestLean / 8)) {
                let line = Line(middle: middle, lean: lean, height: height)
                let hits = rows.count { row in
                    let column = line.column(row)
                    return 0..<width ~= column && plane[row, column] >= Ink.threshold
                }
                if Double(hits) >= coverage * Double(rows.count) { return line }
            }
        }
        return nil
    }
}
