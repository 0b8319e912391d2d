import Imaging

/// A plane turned clockwise by quarters, and where its points were before.
package struct QuarterTurns: Sendable, Hashable {
    /// 0 to 3.
    package let count: Int
    /// Rows and columns before.
    private let height: Double
    private let width: Double

    package init(_ count: Int, of plane: Plane) {
        self.count = count
        height = Double(plane.height)
        width = Double(plane.width)
    }

    /// The turned plane.
    package func applied(to plane: Plane) -> Plane {
        (0..<count).reduce(plane) { plane, _ in plane.turned }
    }

    /// Where a point of the turned plane was.
    package func source(row: Double, column: Double) -> (row: Double, column: Double) {
        switch count {
        case 1: (height - column, row)
        case 2: (height - row, width - column)
        case 3: (column, width - row)
        default: (row, column)
        }
    }
}
