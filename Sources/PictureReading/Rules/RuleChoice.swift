/// Tells rules from straight strokes of digits.
struct RuleChoice {
    /// From this length on a line that lies level is a rule, in pixels.
    let length: Double
    /// The middle width of strokes.
    let strokeWidth: Double
    /// The plane's sides.
    let height: Int
    let width: Int
    /// A line that leads further aside with each step is not level.
    private static let levelSlope = 0.35
    /// How far a rule leaves the straight way, as a share of its length, on bent paper.
    private static let bend = 0.03
    /// How far two lines are from a right angle, as a slope, that belong to one table.
    private static let skew = 0.12
    /// How much thicker a line is than another of the same paper, at most.
    static let sameThickness = 1.6

    /// A level line that is thinner than this share of the pen's strokes is of another pen: such a share of the plane's shorter side, and so
    /// many strokes' widths, are long enough.
    private static let thin = (thickness: 0.6, share: 0.5, strokes: 8.0)

    private var reach: Double { 2 * strokeWidth + 3 }

    private func leastLength(of line: Rule) -> Double {
        guard isLevel(line), line.thickness <= Self.thin.thickness * strokeWidth else { return length }
        return min(length, max(Self.thin.share * Double(min(height, width)), Self.thin.strokes * strokeWidth))
    }

    /// Which of some lines are rules.
    func rules(among lines: [Rule]) -> [Bool] {
        let isStraight = lines.map { $0.bend <= Self.bend * Double($0.length) + 1.5 }
        let neighbours = neighbours(of: lines)
        var isRule = lines.indices.map { index in
            let isLong =
                Double(lines[index].length) >= leastLength(of: lines[index]) || reachesEdges(lines[index])
            return isStraight[index] && isLong && lines[index].coverage >= 0.6
        }
        // A long upright stroke that meets nothing may be a one.
        let long = isRule
        for index in lines.indices where long[index] && !isLevel(lines[index]) {
            let isMet = neighbours[index].contains { $0.contains { long[$0] } }
            if !isMet, !isCrossed(lines[index], by: lines, long), !isOneOfMany(index, lines, long),
                !reachesEdges(lines[index]) || Double(lines[index].length) <= 60 * strokeWidth
            {
                isRule[index] = false
            }
        }
        let ones = addDividers(among: lines, neighbours, isStraight, to: &isRule)
        let mayBeSide = lines.indices.map { isStraight[$0] && !ones.contains($0) }
        addBoxes(among: lines, neighbours, mayBeSide, to: &isRule)
        addParts(among: lines, isStraight, to: &isRule)
        return isRule
    }

    /// The lines across one that its beginning and its end lie on.
    private func neighbours(of lines: [Rule]) -> [[[Int]]] {
        lines.map { line in
            [false, true].map { atEnd in
                lines.indices.filter { other in
                    lines[other].isUpright != line.isUpright
                        && line.meets(lines[other], atEnd: atEnd, reach: reach)
                }
            }
        }
    }

    private func isLevel(_ line: Rule) -> Bool { !line.isUpright && abs(line.slope) < Self.levelSlope }

    /// Whether an end of a line lies at the edge of the plane.
    private func reachesEdge(_ line: Rule, atEnd: Bool) -> Bool {
        let end = Double(line.isUpright ? height : width)
        return atEnd
            ? Double(line.steps.upperBound) > 0.98 * end : Double(line.steps.lowerBound) < 0.02 * end
    }

    /// Whether a line goes from one edge of the plane to the other: a digit's stroke that does ends in another stroke.
    private func reachesEdges(_ line: Rule) -> Bool {
        reachesEdge(line, atEnd: false) && reachesEdge(line, atEnd: true) && line.coverageOfEnds >= 0.8
    }

    /// Whether a long level line crosses an upright one.
    private func isCrossed(_ line: Rule, by lines: [Rule], _ isLong: [Bool]) -> Bool {
        lines.indices.contains { other in
            isLong[other] && isLevel(lines[other]) && line.crossing(lines[other], margin: { _ in 0 }) != nil
        }
    }

    /// Whether a line is one of three at least that lead the same way, and longer than digits are.
    private func isOneOfMany(_ index: Int, _ lines: [Rule], _ isLong: [Bool]) -> Bool {
        let line = lines[index]
        let parallel = lines.indices.count { other in
            isLong[other] && lines[other].isUpright == line.isUpright
                && abs(lines[other].slope - line.slope) < 0.06
        }
        return parallel >= 3 && 2 * line.length >= min(height, width)
    }

    /// Lines between two rules across them.
    /// - Returns: Those that are not taken for rules: a one may stand on a rule and reach the next.
    private func addDividers(
        among lines: [Rule], _ neighbours: [[[Int]]], _ isStraight: [Bool], to isRule: inout [Bool]
    ) -> Set<Int> {
        let long = isRule
        let candidates = lines.indices.filter { index in
            let ends = neighbours[index].map { Set($0.filter { long[$0] }) }
            return !isRule[index] && isStraight[index] && !ends[0].isEmpty && !ends[1].isEmpty
                && ends[0].union(ends[1]).count > 1
        }
        for index in candidates {
            // A divider is as thin as its rules and upright on them, or another goes on in the row below.
            let isThin = neighbours[index].allSatisfy { ends in
                ends.contains { long[$0] && fits(lines[index], lines[$0]) }
            }
            isRule[index] =
                isThin
                || candidates.contains { $0 != index && lines[index].continues(lines[$0], thickness: 3) }
        }
        return Set(candidates.filter { !isRule[$0] })
    }

    /// Whether a line may belong to one table with another across it: it stands upright on it, and its pen is no broader.
    private func fits(_ line: Rule, _ other: Rule) -> Bool {
        abs(other.slope + line.slope) < Self.skew
            && line.thickness <= Self.sameThickness * other.thickness + 1
    }

    /// Lines that close boxes: both of their ends lie on others that do, or one at the edge of the plane.
    private func addBoxes(
        among lines: [Rule], _ neighbours: [[[Int]]], _ mayBeSide: [Bool], to isRule: inout [Bool]
    ) {
        var isLeft = lines.indices.map { isRule[$0] || mayBeSide[$0] && isSide(lines[$0]) }
        var isChanged = true
        func otherEnds(_ index: Int) -> [Set<Int>] {
            neighbours[index].map { Set($0.filter { isLeft[$0] }) }
        }
        while isChanged {
            isChanged = false
            for index in lines.indices where isLeft[index] && !isRule[index] {
                let ends = otherEnds(index)
                var isClosed = ends.allSatisfy { !$0.isEmpty } && ends[0].union(ends[1]).count > 1
                // The plane's edge cuts a box off that has another side, between two.
                for (cut, whole) in [(0, 1), (1, 0)]
                where ends[cut].isEmpty && reachesEdge(lines[index], atEnd: cut == 1) {
                    isClosed = ends[whole].contains { side in otherEnds(side).allSatisfy { !$0.isEmpty } }
                }
                if !isClosed {
                    isLeft[index] = false
                    isChanged = true
                }
            }
        }
        for index in lines.indices where isLeft[index] { isRule[index] = true }
    }

    /// Parts of rules that a digit hides in the middle.
    private func addParts(among lines: [Rule], _ isStraight: [Bool], to isRule: inout [Bool]) {
        let rules = lines.indices.filter { isRule[$0] }.map { lines[$0] }
        for index in lines.indices where !isRule[index] && isStraight[index] {
            isRule[index] = rules.contains { lines[index].continues($0, thickness: Self.sameThickness) }
        }
    }

    /// Whether a line may be the side of a box around a digit.
    private func isSide(_ line: Rule) -> Bool {
        abs(line.slope) < Self.levelSlope && Double(line.length) >= 9 * strokeWidth && line.coverage >= 0.6
    }
}
