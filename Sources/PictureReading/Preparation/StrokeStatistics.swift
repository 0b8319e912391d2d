/// How much of a plane is strokes, and how wide they are.
package struct StrokeStatistics: Sendable, Hashable {
    /// Pixels of ink.
    package let count: Int
    /// The middle width, in pixels: half of the ink is of strokes that are no wider. From 1 to 255; wider ones count as that.
    package let width: Float

    /// Measures the ink's runs in both directions, of each pixel the shorter one; nil where there is no ink.
    package init?(_ plane: Plane) {
        let (height, width) = (plane.height, plane.width)
        let vertical = Self.verticalRuns(of: plane)
        var widths = [Int](repeating: 0, count: 256)
        for row in 0..<height {
            var column = 0
            while column < width {
                var end = column
                while end < width, vertical[row * width + end] > 0 { end += 1 }
                for inside in column..<end {
                    widths[min(255, end - column, Int(vertical[row * width + inside]))] += 1
                }
                column = end + 1
            }
        }
        count = widths.reduce(0, +)
        guard count > 0 else { return nil }
        var left = count / 2
        var middle = 0
        while left >= widths[middle] {
            left -= widths[middle]
            middle += 1
        }
        self.width = Float(middle)
    }

    /// Of each pixel of ink how many hang together above and below it, itself counted; 0 where there is no ink.
    private static func verticalRuns(of plane: Plane) -> [Int32] {
        let (height, width) = (plane.height, plane.width)
        var runs = [Int32](repeating: 0, count: height * width)
        runs.withUnsafeMutableBufferPointer { runs in
            plane.values.withUnsafeBufferPointer { values in
                // Downwards each counts those above it, then upwards each takes over what the last one has counted.
                for place in 0..<runs.count where values[place] >= Ink.threshold {
                    runs[place] = place < width ? 1 : runs[place - width] + 1
                }
                for place in (0..<max(0, runs.count - width)).reversed() where runs[place] > 0 {
                    runs[place] = max(runs[place], runs[place + width])
                }
            }
        }
        return runs
    }
}
