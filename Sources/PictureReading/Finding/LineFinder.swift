import Imaging

/// Puts components into lines.
package struct LineFinder: Sendable {
    /// Whether all ink is one line.
    package var isOneLine: Bool

    /// The most components that are looked at, the largest: no page of writing has as many, but noise has.
    private static let mostComponents = 4000

    package init(isOneLine: Bool = false) { self.isOneLine = isOneLine }

    /// The lines, from top to bottom, those of one height from left to right; specks far from all digits are in none.
    /// - Parameter strokeWidth: The middle width of strokes, in the plane's pixels.
    package func lines(of components: Components, strokeWidth: Float) -> [InkLine] {
        let marks = Self.marks(components, strokeWidth: strokeWidth)
        let height = Self.usualHeight(of: marks)
        // Specks join a line later, when it is known where digits are.
        let bodies = marks.filter { Double($0.box.height) >= 0.4 * height }
        guard !bodies.isEmpty else { return [] }
        var groups = isOneLine ? [bodies] : Self.groups(of: bodies, height: height)
        for speck in marks where Double(speck.box.height) < 0.4 * height {
            let distances = groups.map { Self.distance(speck, $0) }
            let nearest = distances.indices.min { distances[$0] < distances[$1] }
            if let nearest, distances[nearest] < 0.5 * height { groups[nearest].append(speck) }
        }
        return groups.map(Self.line(of:)).sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) }
    }

    /// What is more than a dot of the pen.
    private static func marks(_ components: Components, strokeWidth: Float) -> [Component] {
        let marks = components.all.filter {
            $0.peak >= 0.5 && Double(max($0.box.height, $0.box.width)) >= 1.5 * Double(strokeWidth)
        }
        guard marks.count > mostComponents else { return marks }
        return marks.sorted { ($0.count, $1.label) > ($1.count, $0.label) }.prefix(mostComponents)
            .sorted { $0.label < $1.label }
    }

    /// The height below which half of the ink's components are, each as heavy as its ink.
    private static func usualHeight(of components: [Component]) -> Double {
        let sorted = components.sorted { $0.box.height < $1.box.height }
        var left = sorted.reduce(0) { $0 + $1.count } / 2
        for component in sorted {
            left -= component.count
            if left < 0 { return Double(component.box.height) }
        }
        return 0
    }

    /// Neighbours that stand side by side are of one line.
    private static func groups(of bodies: [Component], height: Double) -> [[Component]] {
        let sorted = bodies.sorted { $0.box.left < $1.box.left }
        var parent = Array(sorted.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parent[index] != index { index = parent[index] }
            return index
        }
        for index in sorted.indices {
            if let next = rightNeighbour(of: index, among: sorted, height: height) {
                parent[root(index)] = root(next)
            }
        }
        var groups = [[Component]](repeating: [], count: sorted.count)
        for index in sorted.indices { groups[root(index)].append(sorted[index]) }
        return groups.filter { !$0.isEmpty }
    }

    /// The nearest component to the right that stands beside one.
    /// - Parameter sorted: By their left edges.
    private static func rightNeighbour(of index: Int, among sorted: [Component], height: Double) -> Int? {
        let one = sorted[index].box
        var nearest: (index: Int, gap: Int)?
        for next in sorted.indices[(index + 1)...] {
            let other = sorted[next].box
            let gap = other.left - one.right
            // All that follow begin even further to the right.
            if let nearest, gap >= nearest.gap { break }
            guard Double(gap) < 1.6 * max(height, Double(one.height)) else { break }
            guard Double(gap) < 1.6 * max(height, Double(min(one.height, other.height))) else { continue }
            guard other.left + other.right >= one.left + one.right else { continue }
            let overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
            guard 5 * overlap >= 2 * min(one.height, other.height) else { continue }
            nearest = (next, gap)
        }
        return nearest?.index
    }

    private static func distance(_ component: Component, _ group: [Component]) -> Double {
        let squares = group.map { other in
            let x = max(other.box.left - component.box.right, component.box.left - other.box.right, 0)
            let y = max(other.box.top - component.box.bottom, component.box.top - other.box.bottom, 0)
            return x * x + y * y
        }
        return squares.min().map { Double($0).squareRoot() } ?? .infinity
    }

    /// - Precondition: There is a component.
    private static func line(of components: [Component]) -> InkLine {
        let box = components.dropFirst().reduce(components[0].box) { $0.union($1.box) }
        let heights = components.map { Double($0.box.height) }.sorted()
        let tall = components.filter { Double($0.box.height) >= 0.5 * heights[heights.count * 4 / 5] }
        let height = tall.map { Double($0.box.height) }.sorted()[tall.count / 2]
        let middle = middle(of: tall, height: height)
        return InkLine(
            labels: Set(components.map(\.label)), box: box, digitHeight: height, middleRow: middle.row,
            slope: middle.slope)
    }

    /// Least squares through the middles of components, as far as there are enough of them for a slope: the row at column 0, and the
    /// slope.
    private static func middle(of components: [Component], height: Double) -> (row: Double, slope: Double) {
        let count = Double(components.count)
        let xs = components.map { Double($0.box.left + $0.box.right) / 2 }
        let ys = components.map { Double($0.box.top + $0.box.bottom) / 2 }
        let (x, y) = (xs.reduce(0, +) / count, ys.reduce(0, +) / count)
        guard components.count >= 3, let first = xs.min(), let last = xs.max(), last - first > 2 * height
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
