import Compute
package import Imaging

/// The components that stand in one line.
package struct InkLine: Sendable, Hashable {
    /// The labels of its components.
    package let labels: Set<Int32>
    /// The rectangle around them, in the plane's pixels.
    package let box: PixelBox
    /// The usual height of its digits, in the plane's pixels.
    package let digitHeight: Double
    /// The direction of writing: rows and columns below are those of level lines.
    package let direction: WritingDirection
    /// The rectangle around its components.
    package let area: Area
    /// The row, at column 0, of the line through the middle of its digits.
    package let middleRow: Double
    /// How many rows that line falls with each column.
    package let slope: Double

    /// - Parameters:
    ///   - direction: Nil for that of a plane which is upright.
    ///   - area: Nil for that of the box.
    package init(
        labels: Set<Int32>, box: PixelBox, digitHeight: Double, direction: WritingDirection? = nil,
        area: Area? = nil, middleRow: Double, slope: Double
    ) {
        self.labels = labels
        self.box = box
        self.digitHeight = digitHeight
        self.direction = direction ?? .level
        self.area = area ?? Area(box)
        self.middleRow = middleRow
        self.slope = slope
    }

    /// How far it falls to the right, in radians; below 0 it rises.
    package var angle: Double { direction.angle + Double.atan(slope) }
}
