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
}
