package import Imaging

/// The components that stand in one line.
package struct InkLine: Sendable, Hashable {
    /// The labels of its components.
    package let labels: Set<Int32>
    /// The rectangle around them, in the plane's pixels.
    package let box: PixelBox
    /// The usual height of its digits, in the plane's pixels.
    package let digitHeight: Double
    /// The row, at the plane's first column, of the line through the middle of its digits.
    package let middleRow: Double
    /// How many rows that line falls with each column.
    package let slope: Double

    package init(labels: Set<Int32>, box: PixelBox, digitHeight: Double, middleRow: Double, slope: Double) {
        self.labels = labels
        self.box = box
        self.digitHeight = digitHeight
        self.middleRow = middleRow
        self.slope = slope
    }
}
