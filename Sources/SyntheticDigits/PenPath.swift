/// A stroke as it is written: points close to each other, each with the pen's width there.
struct PenPath {
    /// A place in the plane and half the width of the ink there, all in one unit.
    struct Point {
        var place: SIMD2<Float>
        var radius: Float
    }

    /// The points in the order of writing; straight ink lies between neighbours.
    var points: [Point]

    /// Pieces into which the way from one control point to the next is cut.
    private static let piecesPerSpan = 6

    /// A way along points, at least one.
    init(points: [Point]) {
        self.points = points
    }

    /// The smooth line through control points: a Catmull–Rom spline from corner to corner, of places and radii alike.
    ///
    /// E. Catmull, R. Rom, "A class of local interpolating splines", Computer Aided Geometric Design, 1974.
    /// - Parameter corners: The control points at which the line turns sharply, rising.
    init(through controls: [Point], corners: [Int]) {
        points = [controls[0]]
        points.reserveCapacity(1 + (controls.count - 1) * Self.piecesPerSpan)
        var first = 0
        for last in corners + [controls.count - 1] {
            for span in first..<last {
                appendSpan(from: span, of: controls, first: first, last: last)
            }
            first = last
        }
    }

    /// The way whose points are those of this one, each changed.
    func mapped(_ change: (Point) -> Point) -> PenPath {
        var path = self
        for index in points.indices { path.points[index] = change(points[index]) }
        return path
    }

    /// Appends the points after the control point `span`, up to the next one.
    private mutating func appendSpan(from span: Int, of controls: [Point], first: Int, last: Int) {
        let (start, end) = (controls[span].vector, controls[span + 1].vector)
        // Beyond its ends the line goes on straight.
        let before = span > first ? controls[span - 1].vector : 2 * start - end
        let after = span + 1 < last ? controls[span + 2].vector : 2 * end - start
        let (startSlope, endSlope) = ((end - before) / 2, (after - start) / 2)
        for piece in 1...Self.piecesPerSpan {
            let t = Float(piece) / Float(Self.piecesPerSpan)
            let (square, cube) = (t * t, t * t * t)
            let startPart = (2 * cube - 3 * square + 1) * start + (cube - 2 * square + t) * startSlope
            let endPart = (3 * square - 2 * cube) * end + (cube - square) * endSlope
            points.append(Point(startPart + endPart))
        }
    }
}

extension PenPath.Point {
    fileprivate var vector: SIMD4<Float> { SIMD4(place.x, place.y, radius, 0) }

    fileprivate init(_ vector: SIMD4<Float>) {
        place = SIMD2(vector.x, vector.y)
        radius = vector.z
    }
}
