/// How deep inside the ink the centres of a rectangle's pixels lie.
struct InkDepths {
    /// The rectangle's first column and row.
    let left: Int
    let top: Int
    /// Columns and rows.
    let width: Int
    let height: Int
    /// In pixels, `[height][width]`; below 0 outside the ink, and exact no further than a pixel from it.
    var depths: [Float]

    /// A rectangle without ink.
    init(left: Int, top: Int, width: Int, height: Int) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
        depths = [Float](repeating: -.infinity, count: width * height)
    }

    /// Draws the way of a pen.
    mutating func draw(_ path: PenPath) {
        for (start, end) in zip(path.points, path.points.dropFirst()) {
            draw(from: start, to: end)
        }
    }

    /// Deepens the pixels around a straight piece of ink, which narrows evenly from one end to the other.
    private mutating func draw(from start: PenPath.Point, to end: PenPath.Point) {
        let way = end.place - start.place
        let square = max(way.x * way.x + way.y * way.y, 1e-12)
        let reach = max(start.radius, end.radius) + 1
        let low = pointwiseMin(start.place, end.place) - reach
        let high = pointwiseMax(start.place, end.place) + reach
        for row in Self.pixels(low.y, high.y, first: top, count: height) {
            for column in Self.pixels(low.x, high.x, first: left, count: width) {
                let place = SIMD2(Float(column), Float(row)) + 0.5 - start.place
                let along = min(max((place.x * way.x + place.y * way.y) / square, 0), 1)
                let off = place - along * way
                let radius = start.radius + along * (end.radius - start.radius)
                let depth = radius - (off.x * off.x + off.y * off.y).squareRoot()
                let index = (row - top) * width + column - left
                depths[index] = max(depths[index], depth)
            }
        }
    }

    /// The pixels between two coordinates, of `count` from `first` on.
    private static func pixels(_ low: Float, _ high: Float, first: Int, count: Int) -> Range<Int> {
        let start = Int(min(max(low, Float(first)), Float(first + count)))
        return start..<max(start, Int(min(max(high, Float(first)), Float(first + count - 1))) + 1)
    }
}
