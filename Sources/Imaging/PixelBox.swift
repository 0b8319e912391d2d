/// A rectangle of whole pixels in an image.
public struct PixelBox: Sendable, Hashable {
    /// The first column.
    public let left: Int
    /// The first row.
    public let top: Int
    /// Number of columns.
    public let width: Int
    /// Number of rows.
    public let height: Int

    /// A rectangle from its first pixel on.
    public init(left: Int, top: Int, width: Int, height: Int) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }

    /// The columns.
    package var columns: Range<Int> { left..<left + width }
    /// The rows.
    package var rows: Range<Int> { top..<top + height }

    /// The column behind the last.
    public var right: Int { left + width }
    /// The row behind the last.
    public var bottom: Int { top + height }

    /// A rectangle from its first pixel to behind its last.
    package init(top: Int, left: Int, bottom: Int, right: Int) {
        self.init(left: left, top: top, width: right - left, height: bottom - top)
    }

    /// Whether another lies in it.
    package func contains(_ other: PixelBox) -> Bool { union(other) == self }

    /// The smallest rectangle around two.
    package func union(_ other: PixelBox) -> PixelBox {
        PixelBox(
            top: min(top, other.top), left: min(left, other.left), bottom: max(bottom, other.bottom),
            right: max(right, other.right))
    }
}
