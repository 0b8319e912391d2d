import Imaging

/// Puts components into lines.
package struct LineFinder: Sendable {
    /// Whether all ink is one line.
    package var isOneLine: Bool

    /// What is lower than this share of the usual height is a speck.
    private static let speckHeight = 0.4

    package init(isOneLine: Bool = false) { self.isOneLine = isOneLine }

    /// The lines, from top to bottom, those of one height from left to right; specks far from all digits are in none.
    /// - Parameters:
    ///   - strokeWidth: The middle width of strokes, in the plane's pixels.
    ///   - rules: The rules that were taken out of the plane; what is left of them is no writing, and what stands in one row of a table
    ///     is one line.
    package func lines(of components: Components, strokeWidth: Float, rules: [Rule] = []) -> [InkLine] {
        let marks = Self.marks(components, strokeWidth: strokeWidth).filter { mark in
            !rules.contains { $0.isLeft(in: mark.box) }
        }
        let height = Self.usualHeight(of: marks, strokeWidth: strokeWidth)
        let direction = WritingDirection(
            of: marks.filter { Double($0.box.height) >= Self.speckHeight * height }, height: height)
        let pieces = components.pieces(marks, direction)
        // Specks join a line later, when it is known where digits are.
        let bodies = pieces.filter { $0.height >= Self.speckHeight * height }
        guard !bodies.isEmpty else { return [] }
        var groups =
            isOneLine ? [bodies] : Table(rules).groups(bodies, direction, height: height)
        for speck in pieces where speck.height < Self.speckHeight * height {
            let distances = groups.map { Self.distance(speck, $0) }
            let nearest = distances.indices.min { distances[$0] < distances[$1] }
            if let nearest, distances[nearest] < 0.5 * height { groups[nearest].append(speck) }
        }
        return Self.inReadingOrder(groups.map { InkLine($0, direction) })
    }

    /// What is more than a dot of the pen.
    private static func marks(_ components: Components, strokeWidth: Float) -> [Component] {
        let rings = components.rings()
        return components.all.filter {
            $0.peak >= 0.5 && Double(max($0.box.height, $0.box.width)) >= 1.5 * Double(strokeWidth)
                && !rings.contains($0.label)
        }.largest
    }

    /// The height below which half of the ink's components are, each as heavy as its ink; without one or two huge ones beside which there
    /// are several that are alike.
    private static func usualHeight(of components: [Component], strokeWidth: Float) -> Double {
        let height = middleHeight(of: components)
        func alike(_ components: [Component], _ height: Double) -> [Component] {
            components.filter {
                1.6 * Double($0.box.height) >= height && Double($0.box.height) <= 1.6 * height
            }
        }
        func ink(_ components: [Component]) -> Int { components.reduce(0) { $0 + $1.count } }
        let huge = alike(components, height)
        let others = components.filter { 2.6 * Double($0.box.height) < height }
        guard huge.count < 3, others.count > 3 else { return height }
        let otherHeight = usualHeight(of: others, strokeWidth: strokeWidth)
        let several = alike(others, otherHeight)
        return otherHeight > 4 * Double(strokeWidth) && several.count > 3 && 3 * ink(several) > ink(huge)
            ? otherHeight : height
    }

    private static func middleHeight(of components: [Component]) -> Double {
        let sorted = components.sorted { $0.box.height < $1.box.height }
        var left = sorted.reduce(0) { $0 + $1.count } / 2
        for component in sorted {
            left -= component.count
            if left < 0 { return Double(component.box.height) }
        }
        return 0
    }

    private static func distance(_ piece: Piece, _ group: [Piece]) -> Double {
        let squares = group.map { other in
            let x = max(other.area.left - piece.area.right, piece.area.left - other.area.right, 0)
            let y = max(other.area.top - piece.area.bottom, piece.area.top - other.area.bottom, 0)
            return x * x + y * y
        }
        return squares.min().map { $0.squareRoot() } ?? .infinity
    }

    /// From top to bottom; lines whose middles are at one height, from left to right.
    private static func inReadingOrder(_ lines: [InkLine]) -> [InkLine] {
        var rows: [[InkLine]] = []
        for line in lines.sorted(by: { ($0.middle, $0.area.left) < ($1.middle, $1.area.left) }) {
            if let first = rows.last?.first,
                line.middle - first.middle < 0.5 * min(line.digitHeight, first.digitHeight)
            {
                rows[rows.count - 1].append(line)
            } else {
                rows.append([line])
            }
        }
        return rows.flatMap { $0.sorted { $0.area.left < $1.area.left } }
    }
}

extension InkLine {
    /// The row of its middle.
    fileprivate var middle: Double { middleRow + slope * (area.left + area.right) / 2 }

    /// The line of some pieces.
    /// - Precondition: There is one.
    fileprivate init(_ pieces: [Piece], _ direction: WritingDirection) {
        let heights = pieces.map(\.height).sorted()
        let tall = pieces.filter { $0.height >= 0.5 * heights[heights.count * 4 / 5] }
        let height = tall.map(\.height).sorted()[tall.count / 2]
        let middle = Self.middle(of: tall, height: height)
        self.init(
            labels: Set(pieces.map(\.component.label)),
            box: pieces.dropFirst().reduce(pieces[0].component.box) { $0.union($1.component.box) },
            digitHeight: height, direction: direction,
            area: pieces.dropFirst().reduce(pieces[0].area) { $0.union($1.area) }, middleRow: middle.row,
            slope: middle.slope)
    }

    /// Least squares through the middles of pieces, as far as there are enough of them for a slope: the row at column 0, and the slope.
    private static func middle(of pieces: [Piece], height: Double) -> (row: Double, slope: Double) {
        let count = Double(pieces.count)
        let xs = pieces.map(\.middle.column)
        let ys = pieces.map(\.middle.row)
        let (x, y) = (xs.reduce(0, +) / count, ys.reduce(0, +) / count)
        guard pieces.count >= 3, let first = xs.min(), let last = xs.max(), last - first > 2 * height
        else {
            return (y, 0)
        }
        let spread = xs.reduce(0) { $0 + ($1 - x) * ($1 - x) }
        let together = zip(xs, ys).reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
        let slope = together / spread
        // What is steeper is no line.
        return abs(slope) > 0.5 ? (y, 0) : (y - slope * x, slope)
    }
}
