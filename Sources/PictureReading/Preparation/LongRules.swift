/// Takes long straight rules out of ink: of ruled paper, of forms, under an amount.
package enum LongRules {
    /// Ink without rules that are longer than `length` and thinner than `thickness`, horizontal or vertical; where a stroke crosses
    /// one, it stays.
    package static func removed(from plane: Plane, length: Int, thickness: Int) -> Plane {
        let horizontal = marked(plane, length: length, thickness: thickness)
        let vertical = marked(plane.transposed, length: length, thickness: thickness).transposed
        return Plane(
            height: plane.height, width: plane.width,
            values: plane.values.indices.map { index in
                horizontal.values[index] + vertical.values[index] > 0 ? 0 : plane.values[index]
            })
    }

    /// 1 where a long horizontal rule is.
    private static func marked(_ plane: Plane, length: Int, thickness: Int) -> Plane {
        let (height, width) = (plane.height, plane.width)
        // A rule that is not quite level goes on in the next row: join what is one row apart.
        var joined = Plane(height: height, width: width)
        for row in 0..<height {
            for column in 0..<width {
                let above = row > 0 ? plane[row - 1, column] : 0
                let below = row + 1 < height ? plane[row + 1, column] : 0
                joined[row, column] = max(plane[row, column], max(above, below)) >= Ink.threshold ? 1 : 0
            }
        }
        var isLong = Plane(height: height, width: width)
        for row in 0..<height {
            var start = 0
            var gaps = 0
            for column in 0...width {
                if column < width, joined[row, column] > 0 { continue }
                // Print may be dotted, and ink may be missing.
                if column < width, gaps < (column - start) / 12 {
                    gaps += 1
                    continue
                }
                if column - start >= length { for inside in start..<column { isLong[row, inside] = 1 } }
                start = column + 1
                gaps = 0
            }
        }
        // Only where the ink is as thin as a rule.
        var result = Plane(height: height, width: width)
        for column in 0..<width {
            var start = 0
            for row in 0...height {
                if row < height, plane[row, column] >= Ink.threshold / 2 { continue }
                if row > start, row - start <= thickness,
                    (start..<row).contains(where: { isLong[$0, column] > 0 })
                {
                    for inside in start..<row { result[inside, column] = 1 }
                }
                start = row + 1
            }
        }
        return result
    }
}
