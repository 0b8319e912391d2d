/// A rectangle of whole pixels in an image.
package struct PixelBox: Sendable, Hashable {
    /// The first column and the first row.
    package let left: Int
    package let top: Int
    /// Columns and rows.
    package let width: Int
    package let height: Int

    /// A rectangle from its first pixel on.
    package init(left: Int, top: Int, width: Int, height: Int) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }

    /// The columns and the rows.
    package var columns: Range<Int> { left..<left + width }
    package var rows: Range<Int> { top..<top + height }

    /// The column and the row behind the last.
    package var right: Int { left + width }
    package var bottom: Int { top + height }

    /// A rectangle from its first pixel to behind its last.
    package init(top: Int, left: Int, bottom: Int, right: Int) {
        self.init(left: left, top: top, width: right - left, height: bottom - top)
    }

    /// The smallest rectangle around two.
    package func union(_ other: PixelBox) -> PixelBox {
        PixelBox(
            top: min(top, other.top), left: min(left, other.left), bottom: max(bottom, other.bottom),
            right: max(right, other.right))
    }
}
