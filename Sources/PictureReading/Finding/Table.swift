import Compute
import Imaging

/// Cells between rules that cross each other.
struct Table {
    private let level: [Rule]
    private let upright: [Rule]
    /// The fewest upright rules; two level ones are enough, as of a comb.
    private static let fewest = 3
    /// How high the cells of a table are at least, in heights of digits; a comb's, one row or a few, may be lower.
    private static let room = (table: 1.3, comb: 1.05)
    /// From so many rules in both directions on it is a puzzle: what stands around it is no writing of interest.
    private static let puzzle = 8
    /// Rules that are nearer to each other, in pixels, are parts of one.
    private static let nearest = 8.0

    /// The table of some rules; it has no cells where too few of them cross.
    init(_ rules: [Rule]) {
        let crossing = rules.filter { rule in
            rules.count { rule.crossing($0, margin: \.margin) != nil } >= Self.fewest - 1
        }
        level = crossing.filter { !$0.isUpright }
        upright = crossing.filter(\.isUpright)
    }

    /// Pieces in lines: a row of cells with a digit each is one, and else each cell is for itself.
    func groups(_ pieces: [Piece], _ direction: WritingDirection, height: Double) -> [[Piece]] {
        let neighbours = Neighbours(height: height)
        guard hasCells(forHeight: height) else { return neighbours.groups(of: pieces) }
        var cells: [[Int]: [Piece]] = [:]
        var inside: [Piece] = []
        var outside: [Piece] = []
        for piece in pieces {
            if let cell = cell(of: piece.component) {
                cells[cell, default: []].append(piece)
                inside.append(piece)
            } else {
                outside.append(piece)
            }
        }
        guard 4 * cells.values.count(where: { $0.count > 1 }) <= cells.count else {
            // From top to bottom and from left to right, so that the order is always the same.
            let inOrder = cells.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            return inOrder.flatMap { neighbours.groups(of: $0.value) } + neighbours.groups(of: outside)
        }
        let slopes = level.map { Double.atan($0.slope) - direction.angle }.sorted()
        let rows = Neighbours(
            height: height, slope: Double.tan(slopes[slopes.count / 2]), widestGap: .infinity)
        let lines = rows.groups(of: inside)
        return (lines.allSatisfy(Self.isRow) ? lines : neighbours.groups(of: inside))
            + (isPuzzle ? [] : neighbours.groups(of: outside))
    }

    /// Whether most pieces stand beside each other, not above.
    private static func isRow(_ pieces: [Piece]) -> Bool {
        let sorted = pieces.sorted { $0.area.left < $1.area.left }
        let stacked = zip(sorted, sorted.dropFirst()).count { $1.area.left < $0.middle.column }
        return 4 * stacked <= pieces.count
    }

    /// Whether there are cells, and digits of a height do not fill them: else it is squared paper.
    private func hasCells(forHeight height: Double) -> Bool {
        guard level.count >= 2, upright.count >= Self.fewest else { return false }
        let steps = upright[upright.count / 2].place(at: Double(upright[upright.count / 2].steps.lowerBound))
        let places = Self.places(of: level, at: steps)
        let gaps = zip(places.dropFirst(), places).map { $0 - $1 }.sorted()
        guard !gaps.isEmpty else { return false }
        return gaps[gaps.count / 2] >= (gaps.count > 3 ? Self.room.table : Self.room.comb) * height
    }

    /// Whether there are as many rules beside each other somewhere, in both directions; other tables may stand on the same page.
    private var isPuzzle: Bool {
        [level, upright].allSatisfy { rules in
            rules.contains { rule in
                let middle = Double(rule.steps.lowerBound + rule.steps.upperBound) / 2
                return Self.places(of: rules, at: middle).count >= Self.puzzle
            }
        }
    }

    private func cell(of component: Component) -> [Int]? {
        let row = Double(component.box.top + component.box.bottom) / 2
        let column = Double(component.box.left + component.box.right) / 2
        let above = Self.places(of: level, at: column)
        let before = Self.places(of: upright, at: row)
        let cell = (row: above.count { $0 <= row }, column: before.count { $0 <= column })
        // Before the first and behind the last rule there are no cells.
        guard cell.row > 0, cell.row < above.count, cell.column > 0, cell.column < before.count else {
            return nil
        }
        return [cell.row, cell.column]
    }

    /// Where rules are at a step. Of a rule that is interrupted each part counts, but they lie at one place.
    private static func places(of rules: [Rule], at step: Double) -> [Double] {
        let places = rules.filter { $0.reaches(step, margin: $0.margin) }.map { $0.place(at: step) }.sorted()
        var merged: [Double] = []
        for place in places where place - (merged.last ?? -.infinity) > nearest { merged.append(place) }
        return merged
    }
}

extension Rule {
    /// How far beyond its ends it may go on unseen.
    fileprivate var margin: Double { 0.1 * Double(length) + 6 }
}
