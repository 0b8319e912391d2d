import Compute
import Figures

/// The outline of a digit's ink in a drawing: upright sides in the line's own direction, top and bottom along it.
///
/// A reading has upright rectangles; of a line that falls, the rectangle around the outline and the line's angle tell the outline.
struct DigitOutline {
    /// The corner where the digit begins, at its top.
    let start: Point
    /// From there to the upper right corner.
    let along: Point
    /// From there to the lower left corner.
    let down: Point

    /// - Parameters:
    ///   - box: The rectangle around the outline, in points.
    ///   - angle: The line's, clockwise, in degrees.
    init(around box: Rectangle, angle: Double) {
        let quarters = (angle / 90).rounded()
        let slope = Double.tan((angle - quarters * 90) * Double.pi / 180)
        // The line's direction without its slope, and what is down for it.
        let directions = [(1.0, 0.0), (0, 1), (-1, 0), (0, -1)]
        let (x, y) = directions[((Int(quarters) % 4) + 4) % 4]
        let isUpright = x != 0
        let length = isUpright ? box.width : box.height
        let extent = isUpright ? box.height : box.width
        // However steep, a digit has some height.
        let fall = min(abs(slope) * length, 0.6 * extent) * (slope < 0 ? -1 : 1)
        let height = extent - abs(fall)
        // The corner of the rectangle from which the line goes along and down.
        let corner = Point(
            x: x + -y < 0 ? box.maxX : box.x, y: y + x < 0 ? box.maxY : box.y)
        let first = fall < 0 ? -fall : 0
        start = Point(x: corner.x - y * first, y: corner.y + x * first)
        along = Point(x: x * length - y * fall, y: y * length + x * fall)
        down = Point(x: -y * height, y: x * height)
    }

    /// The point at shares of the way along and down.
    func point(along u: Double, down v: Double) -> Point {
        Point(x: start.x + u * along.x + v * down.x, y: start.y + u * along.y + v * down.y)
    }

    /// The shares at which a point lies.
    func shares(of point: Point) -> (along: Double, down: Double) {
        let (x, y) = (point.x - start.x, point.y - start.y)
        let determinant = along.x * down.y - along.y * down.x
        return ((x * down.y - y * down.x) / determinant, (along.x * y - along.y * x) / determinant)
    }

    /// The corners, one after the other.
    var corners: [Point] {
        [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { point(along: $0.0, down: $0.1) }
    }

    /// The middle of its top.
    var top: Point { point(along: 0.5, down: 0) }
    /// How long it is along the line.
    var width: Double { (along.x * along.x + along.y * along.y).squareRoot() }
    /// How high it is.
    var height: Double { (down.x * down.x + down.y * down.y).squareRoot() }
}
