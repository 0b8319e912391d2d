import Compute

/// The size of one picture-shaped value: a vector is 1 × 1 × its length.
package struct Extent: Hashable, Sendable {
    package var rows: Int
    package var columns: Int
    package var channels: Int

    init(rows: Int, columns: Int, channels: Int) {
        self.rows = rows
        self.columns = columns
        self.channels = channels
    }

    init(_ shape: Shape) {
        switch shape.rank {
        case 1: self.init(rows: 1, columns: 1, channels: shape[0])
        case 3: self.init(rows: shape[0], columns: shape[1], channels: shape[2])
        default: preconditionFailure("A value of shape \(shape) is neither a picture nor a vector.")
        }
    }

    var pixels: Int { rows * columns }
    package var count: Int { pixels * channels }

    /// Calls `body` for each row of the part at its upper left with the row's place here and in the part, and its length.
    func forEachRow(of part: Extent, _ body: (_ full: Int, _ part: Int, _ length: Int) -> Void) {
        let length = part.columns * part.channels
        for row in 0..<part.rows { body(row * columns * channels, row * length, length) }
    }
}
