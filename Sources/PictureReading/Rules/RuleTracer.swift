/// Follows thin ink from row to row of a plane, across gaps and other strokes.
struct RuleTracer {
    /// The thickest rule, in pixels.
    let thickness: Int
    /// The most rows that a path is followed across without ink.
    let longestGap: Int
    /// The fewest rows of a path, gaps included.
    let shortest: Int
    /// The steepest way: columns for a row.
    private static let steepest = 1.1

    /// Thin ink in one row.
    struct Run {
        let row: Int32
        let start: Int32
        let end: Int32
        /// The path that it belongs to.
        var path: Int32 = -1

        var middle: Double { Double(start + end) / 2 }
    }

    /// The thin lines that lead from row to row, each with its runs.
    func paths(in plane: Plane) -> [[Run]] {
        var runs: [Run] = []
        var paths: [Path] = []
        var active: [Int32] = []
        // For each column the path that is expected there in this row.
        var expected = [Int32](repeating: -1, count: plane.width)
        for row in 0..<plane.height {
            active.removeAll { isOver(paths[Int($0)], at: row) }
            var columns: [Int] = []
            for path in active {
                let column = Int(paths[Int(path)].place(at: row))
                guard expected.indices.contains(column) else { continue }
                if expected[column] >= 0, paths[Int(expected[column])].hits >= paths[Int(path)].hits {
                    continue
                }
                expected[column] = path
                columns.append(column)
            }
            let first = runs.count
            appendRuns(of: plane, row: row, to: &runs)
            for index in first..<runs.count {
                let middle = runs[index].middle
                if let path = Self.nearest(to: middle, row: row, expected, paths) {
                    paths[Int(path)].append(row, middle)
                    runs[index].path = path
                } else {
                    runs[index].path = Int32(paths.count)
                    active.append(Int32(paths.count))
                    paths.append(Path(row, middle))
                }
            }
            for column in columns { expected[column] = -1 }
        }
        return grouped(runs, paths)
    }

    private func isOver(_ path: Path, at row: Int) -> Bool {
        row - path.last.row - 1 > min(longestGap, max(3, path.hits / 3))
    }

    private func appendRuns(of plane: Plane, row: Int, to runs: inout [Run]) {
        plane.values.withUnsafeBufferPointer { values in
            let start = row * plane.width
            var column = 0
            while column < plane.width {
                guard values[start + column] >= Ink.threshold / 2 else {
                    column += 1
                    continue
                }
                let first = column
                var peak: Float = 0
                while column < plane.width, values[start + column] >= Ink.threshold / 2 {
                    peak = max(peak, values[start + column])
                    column += 1
                }
                if column - first <= thickness, peak >= 0.8 * Ink.threshold {
                    runs.append(Run(row: Int32(row), start: Int32(first), end: Int32(column)))
                }
            }
        }
    }

    /// The path that goes on nearest to a place.
    private static func nearest(
        to middle: Double, row: Int, _ expected: [Int32], _ paths: [Path]
    ) -> Int32? {
        var best: (path: Int32, distance: Double)?
        let column = Int(middle)
        for other in max(0, column - 4)...min(expected.count - 1, column + 4) where expected[other] >= 0 {
            let path = paths[Int(expected[other])]
            guard path.last.row < row else { continue }
            let distance = abs(path.place(at: row) - middle)
            // Far behind its last ink it is less known where a path leads.
            guard distance <= 1.5 + min(2, 0.1 * Double(row - path.last.row - 1)) else { continue }
            if distance < best?.distance ?? .infinity { best = (expected[other], distance) }
        }
        return best?.path
    }

    /// The runs of paths that are long enough and not too steep.
    private func grouped(_ runs: [Run], _ paths: [Path]) -> [[Run]] {
        var numbers = [Int](repeating: -1, count: paths.count)
        var groups: [[Run]] = []
        for (index, path) in paths.enumerated() {
            let rows = path.last.row - path.first.row
            guard rows + 1 >= shortest, 2 * path.hits >= rows else { continue }
            guard abs(path.last.column - path.first.column) <= Self.steepest * Double(rows) else { continue }
            numbers[index] = groups.count
            groups.append([])
        }
        for run in runs where numbers[Int(run.path)] >= 0 { groups[numbers[Int(run.path)]].append(run) }
        return groups
    }
}

/// What has been followed.
private struct Path {
    typealias Point = (row: Int, column: Double)

    let first: Point
    var last: Point
    var hits = 1
    /// Points behind the last one, which its direction is taken from.
    private var older: Point
    private var newer: Point
    /// Rows from which on a direction is known well.
    private static let reach = 32

    init(_ row: Int, _ column: Double) {
        first = (row, column)
        (last, older, newer) = (first, first, first)
    }

    /// Where it is expected to be.
    func place(at row: Int) -> Double {
        let rows = last.row - older.row
        guard rows >= 4 else { return last.column }
        return last.column + (last.column - older.column) / Double(rows) * Double(row - last.row)
    }

    mutating func append(_ row: Int, _ column: Double) {
        last = (row, column)
        hits += 1
        if row - newer.row >= Self.reach { (older, newer) = (newer, last) }
    }
}
