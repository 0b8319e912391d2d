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
    /// Where the strip's corner is among level lines: its row as it would be at column 0, and its column.
    private let startRow: Double
    private let startColumn: Double

    /// Cuts a line out.
    /// - Parameters:
    ///   - plane: The ink that the components were found in.
    ///   - strokeWidth: The middle width of its strokes, in pixels.
    package init(_ line: InkLine, of plane: Plane, components: Components, strokeWidth: Float) {
        self.line = line
        size = Self.size(of: line)
        // The middle of the line lies in the middle of the strip.
        startRow = line.middleRow - Double(Self.height) / 2 * size
        startColumn = line.area.left - Self.margin * size
        let columns = Int(Self.columns(of: line))
        let widening = Int(max(0, ((Self.leastStrokeWidth * size - Double(strokeWidth)) / 2).rounded()))
        let area = PixelBox(around: line.area, margin: 4 + widening)
        // Its own ink, and what fades out beside it.
        let mask = components.mask(of: line.labels, in: area, line.direction).maximum(radius: 2)
        let ink = plane.cropped(to: area, line.direction).zip(mask) { $0 * $1 }.maximum(radius: widening)
        self.plane = Self.sampled(
            ink, columns: columns, size: size,
            startRow: startRow - Double(area.top) + line.slope * Double(area.left),
            startColumn: startColumn - Double(area.left), slope: line.slope)
    }

    private static func size(of line: InkLine) -> Double { max(line.digitHeight, 1) / digitHeight }

    private static func columns(of line: InkLine) -> Double {
        (line.area.width / size(of: line) + 2 * margin).rounded(.up)
    }

    /// How many pixels of the plane lie under the strip of a line, beyond the plane's edges, too.
    static func pixelCount(under line: InkLine) -> Double {
        Double(height) * columns(of: line) * size(of: line) * size(of: line)
    }

    /// The mean of the area that each of the strip's pixels covers, by a grid of points in it, so that a whole stroke has 1.
    private static func sampled(
        _ ink: Plane, columns: Int, size: Double, startRow: Double, startColumn: Double, slope: Double
    ) -> Plane {
        let points = max(1, Int(size.rounded(.up)))
        let share = 1 / Float(points * points)
        // Where a pixel's points are, in pixels of the ink, from the pixel on.
        func places(_ count: Int) -> [Double] {
            (0..<count * points).map {
                (Double($0 / points) + (Double($0 % points) + 0.5) / Double(points)) * size
            }
        }
        let (rowPlaces, columnPlaces) = (places(height), places(columns))
        // Columns one after the other: all points in one have the same two columns of the ink beside them.
        let turned = ink.transposed
        var column = InkColumn(length: ink.height)
        var result = Plane(height: height, width: columns)
        for (b, place) in columnPlaces.enumerated() {
            let x = startColumn + place
            column.interpolate(turned, at: x - 0.5)
            for row in 0..<height {
                var sum = result[row, b / points]
                for a in row * points..<(row + 1) * points {
                    sum += column.interpolated(startRow + rowPlaces[a] + slope * x - 0.5)
                }
                result[row, b / points] = sum
            }
        }
        result = result.map { $0 * share }
        let full = max(0.35, result.quantileOfInk(0.8))
        return result.map { min(1, $0 / full) }
    }

    /// The point of the strip where a point of the plane lies.
    package func place(row: Double, column: Double) -> (row: Double, column: Double) {
        let place = line.direction.place(row: row, column: column)
        return (
            (place.row - line.slope * place.column - startRow) / size, (place.column - startColumn) / size
        )
    }

    /// The point of the plane where a point of the strip lies.
    package func source(row: Double, column: Double) -> (row: Double, column: Double) {
        let x = startColumn + column * size
        return line.direction.source(row: startRow + row * size + line.slope * x, column: x)
    }
}

/// The ink along a line from top to bottom, between two columns of pixels; nothing beyond its ends.
private struct InkColumn {
    private var values: [Float]

    init(length: Int) { values = [Float](repeating: 0, count: length) }

    /// Takes the numbers over from a plane's columns, in straight lines between the two around a place.
    /// - Parameter turned: The plane with rows and columns exchanged.
    mutating func interpolate(_ turned: Plane, at place: Double) {
        let left = Int(place.rounded(.down))
        let share = Float(place - Double(left))
        let length = values.count
        turned.values.withUnsafeBufferPointer { ink in
            values.withUnsafeMutableBufferPointer { values in
                switch (0..<turned.height ~= left, 0..<turned.height ~= left + 1) {
                case (true, true):
                    let (one, other) = (
                        ink.baseAddress! + left * length, ink.baseAddress! + (left + 1) * length
                    )
                    for row in 0..<length { values[row] = one[row] * (1 - share) + other[row] * share }
                case (true, false):
                    for row in 0..<length { values[row] = ink[left * length + row] * (1 - share) }
                case (false, true):
                    for row in 0..<length { values[row] = ink[(left + 1) * length + row] * share }
                case (false, false): values.update(repeating: 0)
                }
            }
        }
    }

    /// The number at a place, in straight lines between two.
    func interpolated(_ place: Double) -> Float {
        let top = Int(place.rounded(.down))
        let share = Float(place - Double(top))
        let upper = values.indices ~= top ? values[top] : 0
        let lower = values.indices ~= top + 1 ? values[top + 1] : 0
        return upper * (1 - share) + lower * share
    }
}

extension PixelBox {
    /// The whole pixels around an area.
    fileprivate init(around area: Area, margin: Int) {
        self.init(
            top: Int(area.top.rounded(.down)) - margin, left: Int(area.left.rounded(.down)) - margin,
            bottom: Int(area.bottom.rounded(.up)) + margin, right: Int(area.right.rounded(.up)) + margin)
    }
}
