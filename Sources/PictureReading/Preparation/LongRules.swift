/// Takes long straight rules out of ink: of ruled paper, of forms, under an amount.
package enum LongRules {
    /// Ink without horizontal and vertical rules; where a stroke crosses one, it stays.
    /// - Parameters:
    ///   - length: The shortest rule, in pixels, gaps included.
    ///   - thickness: The thickest, in pixels.
    package static func removed(from plane: Plane, length: Int, thickness: Int) -> Plane {
        let horizontal = ruled(plane, length: length, thickness: thickness)
        let vertical = ruled(plane.transposed, length: length, thickness: thickness)
        var result = plane
        for row in 0..<plane.height {
            for column in 0..<plane.width
            where horizontal[row * plane.width + column] || vertical[column * plane.height + row] {
                result[row, column] = 0
            }
        }
        return result
    }

    /// Where a long horizontal rule is, `[height][width]`.
    private static func ruled(_ plane: Plane, length: Int, thickness: Int) -> [Bool] {
        let isLong = longRuns(of: plane, length: length)
        let (height, width) = (plane.height, plane.width)
        var isRule = [Bool](repeating: false, count: height * width)
        // Only where the ink is as thin as a rule. Of each column: where its ink began, and whether a long run passed.
        var starts = [Int](repeating: 0, count: width)
        var isPassed = [Bool](repeating: false, count: width)
        for row in 0...height {
            for column in 0..<width {
                if row < height, plane.values[row * width + column] >= Ink.threshold / 2 {
                    if isLong[row * width + column] { isPassed[column] = true }
                    continue
                }
                if isPassed[column], row - starts[column] <= thickness {
                    for inside in starts[column]..<row { isRule[inside * width + column] = true }
                }
                (starts[column], isPassed[column]) = (row + 1, false)
            }
        }
        return isRule
    }

    /// Where a row has ink over a great length.
    private static func longRuns(of plane: Plane, length: Int) -> [Bool] {
        let (height, width) = (plane.height, plane.width)
        let isInk = plane.values.map { $0 >= Ink.threshold }
        var isLong = [Bool](repeating: false, count: height * width)
        var joined = [Bool](repeating: false, count: width)
        for row in 0..<height {
            // A rule that is not quite level goes on in the next row: join what is one row apart.
            let (above, own, below) = (max(row - 1, 0) * width, row * width, min(row + 1, height - 1) * width)
            for column in 0..<width {
                joined[column] = isInk[above + column] || isInk[own + column] || isInk[below + column]
            }
            var start = 0
            var gaps = 0
            for column in 0...width {
                if column < width, joined[column] { continue }
                // Print may be dotted, and ink may be missing.
                if column < width, gaps < (column - start) / 12 {
                    gaps += 1
                    continue
                }
                if column - start >= length { for inside in start..<column { isLong[own + inside] = true } }
                start = column + 1
                gaps = 0
            }
        }
        return isLong
    }
}
