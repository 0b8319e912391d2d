import Tensors

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

    /// Calls `body` for each run of neighbours in the part at the upper left of the whole, once that is moved, with the run's
    /// place here and in the part, and its length.
    func forEachRun(
        of part: Extent, movedBy shift: Ensemble.Shift,
        _ body: (_ full: Int, _ part: Int, _ length: Int) -> Void
    ) {
        // The columns that are seen without repeating the edge.
        let first = min(max(shift.right, 0), part.columns)
        let end = max(min(columns + shift.right, part.columns), first)
        for row in 0..<part.rows {
            let source = min(max(row - shift.down, 0), rows - 1)
            func run(from sourceColumn: Int, to column: Int, columns length: Int) {
                body(
                    (source * columns + sourceColumn) * channels, (row * part.columns + column) * channels,
                    length * channels)
            }
            for column in 0..<first { run(from: 0, to: column, columns: 1) }
            if first < end { run(from: first - shift.right, to: first, columns: end - first) }
            for column in end..<part.columns { run(from: columns - 1, to: column, columns: 1) }
        }
    }
}
