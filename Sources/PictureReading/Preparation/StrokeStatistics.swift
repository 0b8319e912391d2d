/// How much of a plane is strokes, and how wide they are.
package struct StrokeStatistics: Sendable, Hashable {
    /// Pixels of ink.
    package let count: Int
    /// The middle width, in pixels: half of the ink is of strokes that are no wider. From 1 to 255; wider ones count as that.
    package let width: Float

    /// Measures the ink's runs in both directions, of each pixel the shorter one; nil where there is no ink.
    package init?(_ plane: Plane) {
        let widths = Self.widths(of: plane)
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

    /// How many pixels of ink have each width.
    private static func widths(of plane: Plane) -> [Int] {
        let (height, width) = (plane.height, plane.width)
        let vertical = verticalRuns(of: plane)
        var widths = [Int](repeating: 0, count: 256)
        vertical.withUnsafeBufferPointer { vertical in
            for row in 0..<height {
                let (start, end) = (row * width, (row + 1) * width)
                var first = start
                while first < end {
                    guard vertical[first] > 0 else {
                        first += 1
                        continue
                    }
                    var last = first
                    while last + 1 < end, vertical[last + 1] > 0 { last += 1 }
                    let length = min(255, last + 1 - first)
                    for place in first...last { widths[min(length, Int(vertical[place]))] += 1 }
                    first = last + 1
                }
            }
        }
        return widths
    }

    /// Of each pixel of ink how many hang together above and below it, itself counted; 0 where there is no ink.
    private static func verticalRuns(of plane: Plane) -> [Int32] {
        let (height, width) = (plane.height, plane.width)
        return [Int32](unsafeUninitializedCapacity: height * width) { runs, written in
            plane.values.withUnsafeBufferPointer { values in
                // Downwards each counts those above it, then upwards each takes over what the last one has counted. By pointers to rows, so
                // that the loops are done many columns at a time.
                guard let runs = runs.baseAddress, let values = values.baseAddress, height > 0 else { return }
                for column in 0..<width { runs[column] = values[column] >= Ink.threshold ? 1 : 0 }
                for row in 1..<max(1, height) {
                    let (above, here) = (runs + (row - 1) * width, runs + row * width)
                    let ink = values + row * width
                    for column in 0..<width {
                        here[column] = ink[column] >= Ink.threshold ? above[column] &+ 1 : 0
                    }
                }
                for row in stride(from: height - 2, through: 0, by: -1) {
                    let (here, below) = (runs + row * width, runs + (row + 1) * width)
                    for column in 0..<width {
                        here[column] = here[column] > 0 ? max(here[column], below[column]) : 0
                    }
                }
            }
            written = height * width
        }
    }
}
