package import Imaging

/// A line of ink as a network sees it: 32 rows high, its digits about 22, straightened.
package struct LineStrip: Sendable {
    /// Rows of every strip.
    package static let height = 32
    /// Rows that the usual digit fills.
    package static let digitHeight = 21.0

    /// `[32][width]`, 1 being full ink.
    package let plane: Plane
    /// The plane's pixels for one of the strip's.
    package let size: Double
    private let start: (row: Double, column: Double)
    private let slope: Double

    /// Cuts a line out.
    package init(_ line: InkLine, of plane: Plane, components: Components, strokeWidth: Float) {
        size = line.digitHeight / Self.digitHeight
        slope = line.middle.slope
        let margin = 8.0
        let columns = Int((Double(line.box.width) / size + 2 * margin).rounded(.up))
        let firstColumn = Double(line.box.left) - margin * size
        // The middle of the line lies in the middle of the strip.
        start = (line.middle.row - Double(Self.height) / 2 * size, firstColumn)
        // Its own ink, and what fades out beside it.
        var mask = Plane(height: plane.height, width: plane.width)
        let (top, bottom) = (max(0, line.box.top - 2), min(plane.height, line.box.bottom + 2))
        for row in top..<bottom {
            for column in max(0, line.box.left - 2)..<min(plane.width, line.box.right + 2) {
                if line.labels.contains(components.labels[row * plane.width + column]) { mask[row, column] = 1 }
            }
        }
        let widening = max(0, Int(((1.7 * size - Double(strokeWidth)) / 2).rounded()))
        let area = PixelBox(
            top: line.box.top - 4 - widening, left: line.box.left - 4 - widening, bottom: line.box.bottom + 4 + widening,
            right: line.box.right + 4 + widening)
        let cutMask = mask.cropped(to: area).maximum(radius: 2)
        let ink = plane.cropped(to: area).zip(cutMask) { $0 * $1 }.maximum(radius: widening)
        self.plane = Self.sampled(
            ink, rows: Self.height, columns: columns, size: size, slope: slope,
            start: (start.row - Double(area.top), start.column - Double(area.left)))
    }

    /// Mean of the area that each pixel covers, by a grid of points in it.
    private static func sampled(
        _ ink: Plane, rows: Int, columns: Int, size: Double, slope: Double, start: (row: Double, column: Double)
    ) -> Plane {
        let points = max(1, Int(size.rounded(.up)))
        let share = 1 / Float(points * points)
        var result = Plane(height: rows, width: columns)
        for row in 0..<rows {
            for column in 0..<columns {
                var sum: Float = 0
                for b in 0..<points {
                    let x = start.column + (Double(column) + (Double(b) + 0.5) / Double(points)) * size
                    for a in 0..<points {
                        let y =
                            start.row + (Double(row) + (Double(a) + 0.5) / Double(points)) * size + slope * x
                        sum += ink.between(row: y - 0.5, column: x - 0.5)
                    }
                }
                result[row, column] = sum * share
            }
        }
        let full = max(0.35, result.quantileOfInk(0.8))
        return result.map { min(1, $0 / full) }
    }

    /// The column of the strip where a point of the plane lies, and its row.
    package func place(row: Double, column: Double) -> (row: Double, column: Double) {
        ((row - slope * column - start.row) / size, (column - start.column) / size)
    }

    /// The point of the plane where a point of the strip lies.
    package func source(row: Double, column: Double) -> (row: Double, column: Double) {
        let x = start.column + column * size
        return (start.row + row * size + slope * x, x)
    }
}

extension Plane {
    /// The number at a point between pixels' middles, in straight lines; 0 beyond the edge.
    func between(row: Double, column: Double) -> Float {
        let (y, x) = (Int(row.rounded(.down)), Int(column.rounded(.down)))
        let (v, u) = (Float(row - Double(y)), Float(column - Double(x)))
        func at(_ row: Int, _ column: Int) -> Float {
            row >= 0 && row < height && column >= 0 && column < width ? values[row * width + column] : 0
        }
        return (at(y, x) * (1 - u) + at(y, x + 1) * u) * (1 - v)
            + (at(y + 1, x) * (1 - u) + at(y + 1, x + 1) * u) * v
    }
}
