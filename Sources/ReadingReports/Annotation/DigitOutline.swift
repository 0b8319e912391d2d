import Compute
import Figures

/// The outline of a digit's ink in a drawing, its top and bottom along the line.
///
/// A reading has upright rectangles; of a line that falls, the rectangle around the outline and the line's angle tell the outline. Lines that
/// fall a little are read with upright sides, and those that stand aslant turned.
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
        let skew = (angle - quarters * 90) * Double.pi / 180
        let slope = Double.tan(skew)
        // The line's direction without its slope, and what is down for it.
        let directions = [(1.0, 0.0), (0, 1), (-1, 0), (0, -1)]
        let (x, y) = directions[((Int(quarters) % 4) + 4) % 4]
        let isUpright = x != 0
        let length = isUpright ? box.width : box.height
        let extent = isUpright ? box.height : box.width
        if abs(skew) > Self.mostOfUpright {
            let sides = Self.turnedSides(along: length, across: extent, skew: abs(skew))
            let (cosine, sine) = (Double.cos(skew), Double.sin(skew))
            along = Point(
                x: sides.width * (x * cosine - y * sine), y: sides.width * (y * cosine + x * sine))
            down = Point(
                x: sides.height * (-y * cosine - x * sine), y: sides.height * (x * cosine - y * sine))
            start = Point(x: box.midX - (along.x + down.x) / 2, y: box.midY - (along.y + down.y) / 2)
            return
        }
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

    /// Lines that fall by more, in radians, stand aslant.
    private static let mostOfUpright = 0.11
    /// By how much, as a share of half a rectangle's rim, a digit is usually higher than wide, and how much that counts where the rectangle
    /// around it does not tell, which is so near 45 degrees.
    private static let usual = (difference: 0.25, weight: 0.005)

    /// The sides of a rectangle that is turned by some angle, from the extents of the upright one around it.
    private static func turnedSides(along: Double, across: Double, skew: Double) -> (
        width: Double, height: Double
    ) {
        let (cosine, sine) = (Double.cos(skew), Double.sin(skew))
        let sum = (along + across) / (cosine + sine)
        let lever = cosine - sine
        let difference =
            ((across - along) * lever + usual.weight * usual.difference * sum)
            / (lever * lever + usual.weight)
        // However the numbers were rounded, it has two sides.
        let bounded = min(max(difference, -0.8 * sum), 0.8 * sum)
        return ((sum - bounded) / 2, (sum + bounded) / 2)
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

    /// How far another digit that stands above this one is from it; infinite for one that does not stand there.
    func gap(above other: DigitOutline) -> Double {
        // Most are far away.
        let reach = 3 * (height + width + other.height + other.width)
        guard abs(other.start.x - start.x) < reach, abs(other.start.y - start.y) < reach else {
            return .infinity
        }
        let places = other.corners.map(shares(of:))
        let (first, last) = (places.map(\.along).min()!, places.map(\.along).max()!)
        let bottom = places.map(\.down).max()!
        // A label is a little wider than its digit.
        guard last > -0.2, first < 1.2, bottom < 0.5 else { return .infinity }
        return max(0, -bottom * height)
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
