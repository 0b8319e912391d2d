package import Imaging

/// The components that stand in one line.
package struct InkLine: Sendable, Hashable {
    /// The labels of its components.
    package var labels: Set<Int32>
    /// The rectangle around them, in the plane's pixels.
    package var box: PixelBox
    /// The usual height of its digits, in the plane's pixels.
    package let digitHeight: Double
    /// The line through the middle of its digits: the row at column 0, and how much it grows with each column.
    package let middle: (row: Double, slope: Double)

    package static func == (one: InkLine, other: InkLine) -> Bool { one.labels == other.labels && one.box == other.box }
    package func hash(into hasher: inout Hasher) { hasher.combine(labels) }
}

/// Puts components into lines.
package struct LineFinder: Sendable {
    /// Whether all ink is one line.
    package var isOneLine = false

    package init(isOneLine: Bool = false) { self.isOneLine = isOneLine }

    /// The lines, from top to bottom.
    package func lines(of components: Components, strokeWidth: Float) -> [InkLine] {
        let stroke = Double(strokeWidth)
        let real = components.all.filter {
            $0.peak >= 0.5 && Double(max($0.box.height, $0.box.width)) >= 1.5 * stroke
        }
        guard !real.isEmpty else { return [] }
        let height = Self.usualHeight(of: real)
        // Specks join a line later, when it is known where digits are.
        let bodies = real.filter { Double($0.box.height) >= 0.4 * height }
        guard !bodies.isEmpty else { return [] }
        var groups = isOneLine ? [bodies] : Self.groups(of: bodies, height: height)
        for small in real where Double(small.box.height) < 0.4 * height {
            let place = groups.indices.min { Self.distance(small, groups[$0]) < Self.distance(small, groups[$1]) }
            if let place, Self.distance(small, groups[place]) < 0.5 * height { groups[place].append(small) }
        }
        return groups.map { Self.line(of: $0) }.sorted { $0.box.top < $1.box.top }
    }

    /// The height that most of the ink belongs to.
    private static func usualHeight(of components: [Component]) -> Double {
        let sorted = components.sorted { $0.box.height < $1.box.height }
        var left = sorted.reduce(0) { $0 + $1.count } / 2
        for component in sorted {
            left -= component.count
            if left < 0 { return Double(component.box.height) }
        }
        return Double(sorted[sorted.count - 1].box.height)
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
        for (index, one) in sorted.enumerated() {
            // Its nearest neighbour to the right that overlaps it vertically.
            var best: (index: Int, gap: Int)?
            for (next, other) in sorted.enumerated() where next != index {
                guard other.box.left + other.box.right >= one.box.left + one.box.right, next > index || other.box.left > one.box.left else { continue }
                let overlap = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
                guard 5 * overlap >= 2 * min(one.box.height, other.box.height) else { continue }
                let gap = other.box.left - one.box.right
                guard Double(gap) < 1.6 * max(height, Double(min(one.box.height, other.box.height))) else { continue }
                if best == nil || gap < best!.gap { best = (next, gap) }
            }
            if let best { parent[root(index)] = root(best.index) }
        }
        return Dictionary(grouping: sorted.indices) { root($0) }.values.map { $0.map { sorted[$0] } }
    }

    private static func distance(_ component: Component, _ group: [Component]) -> Double {
        group.map { other in
            let x = max(other.box.left - component.box.right, component.box.left - other.box.right, 0)
            let y = max(other.box.top - component.box.bottom, component.box.top - other.box.bottom, 0)
            return Double(x * x + y * y).squareRoot()
        }.min() ?? .infinity
    }

    private static func line(of components: [Component]) -> InkLine {
        let box = components.dropFirst().reduce(components[0].box) { $0.union($1.box) }
        let heights = components.map { Double($0.box.height) }.sorted()
        let tall = components.filter { Double($0.box.height) >= 0.5 * heights[heights.count * 4 / 5] }
        let height = tall.map { Double($0.box.height) }.sorted()[tall.count / 2]
        // Least squares through the middles, as far as there are enough of them for a slope.
        let count = Double(tall.count)
        let points = tall.map { (x: Double($0.box.left + $0.box.right) / 2, y: Double($0.box.top + $0.box.bottom) / 2) }
        let (x, y) = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
        let spread = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
        let together = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
        let reach = (points.map(\.x).max()! - points.map(\.x).min()!)
        var slope = tall.count >= 3 && reach > 2 * height ? together / spread : 0
        if abs(slope) > 0.5 { slope = 0 }
        return InkLine(
            labels: Set(components.map(\.label)), box: box, digitHeight: height,
            middle: (y - slope * x, slope))
    }
}
