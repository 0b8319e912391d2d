/// Pieces that stand side by side are of one line.
struct Neighbours {
    /// The usual height of digits.
    let height: Double
    /// How many rows lines fall with each column.
    var slope = 0.0
    /// The widest gap, in heights.
    var widestGap = 1.6
    /// Digits of one number are at most so many times as high as each other.
    private static let highest = 2.6

    /// The pieces, line by line.
    func groups(of pieces: [Piece]) -> [[Piece]] {
        let sorted = pieces.sorted { $0.area.left < $1.area.left }
        var parent = Array(sorted.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parent[index] != index { index = parent[index] }
            return index
        }
        for index in sorted.indices {
            if let next = rightNeighbour(of: index, among: sorted) { parent[root(index)] = root(next) }
        }
        var groups = [[Piece]](repeating: [], count: sorted.count)
        for index in sorted.indices { groups[root(index)].append(sorted[index]) }
        return groups.filter { !$0.isEmpty }
    }

    /// The nearest piece to the right that stands beside one.
    /// - Parameter sorted: By their left edges.
    private func rightNeighbour(of index: Int, among sorted: [Piece]) -> Int? {
        let one = sorted[index].area
        let own = one.bottom - one.top
        var nearest: (index: Int, gap: Double)?
        for next in sorted.indices[(index + 1)...] {
            let other = sorted[next].area
            let gap = other.left - one.right
            // All that follow begin even further to the right.
            if let nearest, gap >= nearest.gap { break }
            guard gap < widestGap * max(height, own) else { break }
            let (lower, higher) = (min(own, other.bottom - other.top), max(own, other.bottom - other.top))
            guard gap < widestGap * max(height, lower), higher <= Self.highest * lower else { continue }
            guard other.left + other.right >= one.left + one.right else { continue }
            let fall = slope * (other.left + other.right - one.left - one.right) / 2
            let overlap = min(one.bottom + fall, other.bottom) - max(one.top + fall, other.top)
            guard 5 * overlap >= 2 * lower else { continue }
            nearest = (next, gap)
        }
        return nearest?.index
    }
}
