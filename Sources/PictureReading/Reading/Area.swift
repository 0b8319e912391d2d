package import Imaging

/// A rectangle with sides between pixels.
package struct Area: Sendable, Hashable {
    package var top: Double
    package var left: Double
    package var bottom: Double
    package var right: Double

    package init(top: Double, left: Double, bottom: Double, right: Double) {
        (self.top, self.left, self.bottom, self.right) = (top, left, bottom, right)
    }

    /// Columns.
    package var width: Double { right - left }
    /// Rows.
    package var height: Double { bottom - top }

    /// The corners.
    package var corners: [(row: Double, column: Double)] {
        [(top, left), (top, right), (bottom, left), (bottom, right)]
    }

    /// The smallest around points.
    /// - Precondition: There is one.
    package init(around points: [(row: Double, column: Double)]) {
        let (rows, columns) = (points.map(\.row), points.map(\.column))
        self.init(top: rows.min()!, left: columns.min()!, bottom: rows.max()!, right: columns.max()!)
    }

    /// That of whole pixels.
    package init(_ box: PixelBox) {
        self.init(
            top: Double(box.top), left: Double(box.left), bottom: Double(box.bottom), right: Double(box.right)
        )
    }

    /// The smallest rectangle around two.
    package func union(_ other: Area) -> Area {
        Area(
            top: min(top, other.top), left: min(left, other.left), bottom: max(bottom, other.bottom),
            right: max(right, other.right))
    }

    /// The same in an image of another size.
    package func scaled(by scale: Double) -> Area { scaled(across: scale, down: scale) }

    /// The same in an image whose columns and rows are others.
    package func scaled(across: Double, down: Double) -> Area {
        Area(top: top * down, left: left * across, bottom: bottom * down, right: right * across)
    }
}

extension PixelBox {
    /// The pixels of an image that lie in an area, at least one.
    package init(_ area: Area, width: Int, height: Int) {
        let left = min(max(0, Int(area.left.rounded(.down))), width - 1)
        let top = min(max(0, Int(area.top.rounded(.down))), height - 1)
        self.init(
            left: left, top: top,
            width: max(1, min(width, Int(area.right.rounded(.up))) - left),
            height: max(1, min(height, Int(area.bottom.rounded(.up))) - top))
    }
}
