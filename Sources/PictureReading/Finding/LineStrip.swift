import Imaging

/// A line of ink as a network sees it: 32 rows high, its digits about 21, straightened.
package struct LineStrip: Sendable, Hashable {
    /// Rows of every strip.
    package static let height = 32
    /// Rows that the usual digit fills.
    package static let digitHeight = 21.0
    /// Columns before the first ink and behind the last.
    private static let margin = 8.0
    /// The thinnest stroke, in the strip's pixels: a thinner one is widened.
    private static let leastStrokeWidth = 1.7

    /// What was cut out.
    package let line: InkLine
    /// `[32][width]`, 1 being full ink.
    package let plane: Plane
    /// The plane's pixels for one of the strip's.
    package let size: Double
    /// Where the strip's corner is, in the plane: its row as it would be at column 0, and its column.
    private let startRow: Double
    private let startColumn: Double
    private let slope: Double

    /// Cuts a line out.
    /// - Parameters:
    ///   - plane: The ink that the components were found in.
    ///   - strokeWidth: The middle width of its strokes, in pixels.
    package init(_ line: InkLine, of plane: Plane, components: Components, strokeWidth: Float) {
        self.line = line
        size = max(line.digitHeight, 1) / Self.digitHeight
        slope = line.slope
        // The middle of the line lies in the middle of the strip.
        startRow = line.middleRow - Double(Self.height) / 2 * size
        startColumn = Double(line.box.left) - Self.margin * size
        let columns = Int((Double(line.box.width) / size + 2 * Self.margin).rounded(.up))
        let widening = Int(max(0, ((Self.leastStrokeWidth * size - Double(strokeWidth)) / 2).rounded()))
        let reach = 4 + widening
        let area = PixelBox(
            top: line.box.top - reach, left: line.box.left - reach, bottom: line.box.bottom + reach,
            right: line.box.right + reach)
        // Its own ink, and what fades out beside it.
        let mask = components.mask(of: line.labels, planeWidth: plane.width, in: area).maximum(radius: 2)
        let ink = plane.cropped(to: area).zip(mask) { $0 * $1 }.maximum(radius: widening)
        self.plane = Self.sampled(
            ink, columns: columns, size: size,
            startRow: startRow - Double(area.top) + slope * Double(area.left),
            startColumn: startColumn - Double(area.left), slope: slope)
    }

    /// The mean of the area that each of the strip's pixels covers, by a grid of points in it, so that a whole stroke has 1.
    private static func sampled(
        _ ink: Plane, columns: Int, size: Double, startRow: Double, startColumn: Double, slope: Double
    ) -> Plane {
        let points = max(1, Int(size.rounded(.up)))
        let share = 1 / Float(points * points)
        // Where the points are, in pixels of the ink.
        func places(_ count: Int) -> [Double] {
            (0..<count * points).map {
                (Double($0 / points) + (Double($0 % points) + 0.5) / Double(points)) * size
            }
        }
        let (rowPlaces, columnPlaces) = (places(height), places(columns))
        var result = Plane(height: height, width: columns)
        for row in 0..<height {
            for column in 0..<columns {
                var sum: Float = 0
                for b in column * points..<(column + 1) * points {
                    let x = startColumn + columnPlaces[b]
                    for a in row * points..<(row + 1) * points {
                        let y = startRow + rowPlaces[a] + slope * x
                        sum += ink.interpolated(row: y - 0.5, column: x - 0.5)
                    }
                }
                result[row, column] = sum * share
            }
        }
        let full = max(0.35, result.quantileOfInk(0.8))
        return result.map { min(1, $0 / full) }
    }

    /// The point of the strip where a point of the plane lies.
    package func place(row: Double, column: Double) -> (row: Double, column: Double) {
        ((row - slope * column - startRow) / size, (column - startColumn) / size)
    }

    /// The point of the plane where a point of the strip lies.
    package func source(row: Double, column: Double) -> (row: Double, column: Double) {
        let x = startColumn + column * size
        return (startRow + row * size + slope * x, x)
    }
}

extension Plane {
    /// The number at a point between pixels' middles, in straight lines; 0 beyond the edge.
    fileprivate func interpolated(row: Double, column: Double) -> Float {
        let (top, left) = (Int(row.rounded(.down)), Int(column.rounded(.down)))
        let (v, u) = (Float(row - Double(top)), Float(column - Double(left)))
        guard top >= 0, top + 1 < height, left >= 0, left + 1 < width else {
            func at(_ row: Int, _ column: Int) -> Float {
                0..<height ~= row && 0..<width ~= column ? self[row, column] : 0
            }
            return (at(top, left) * (1 - u) + at(top, left + 1) * u) * (1 - v)
                + (at(top + 1, left) * (1 - u) + at(top + 1, left + 1) * u) * v
        }
        let place = top * width + left
        return (values[place] * (1 - u) + values[place + 1] * u) * (1 - v)
            + (values[place + width] * (1 - u) + values[place + width + 1] * u) * v
    }
}
