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

    private var reach: Double { 2 * strokeWidth + 3 }

    /// Which of some lines are rules.
    func rules(among lines: [Rule]) -> [Bool] {
        let isStraight = lines.map { $0.bend <= Self.bend * Double($0.length) + 1.5 }
        let neighbours = neighbours(of: lines)
        var isRule = lines.indices.map { index in
            isStraight[index] && Double(lines[index].length) >= length && lines[index].coverage >= 0.6
        }
        // A long upright stroke that meets nothing may be a one.
        let long = isRule
        for index in lines.indices where long[index] && !isLevel(lines[index]) {
            let isMet = neighbours[index].contains { $0.contains { long[$0] } }
            if !isMet, !crossesThePlane(lines[index]), !isOneOfMany(index, lines, long) {
                isRule[index] = false
            }
        }
        addDividers(among: lines, neighbours, isStraight, to: &isRule)
        addBoxes(among: lines, neighbours, isStraight, to: &isRule)
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

    /// Whether a line goes from one edge of the plane to the other.
    private func crossesThePlane(_ line: Rule) -> Bool {
        let end = Double(line.isUpright ? height : width)
        return Double(line.steps.lowerBound) < 0.02 * end && Double(line.steps.upperBound) > 0.98 * end
            && Double(line.length) > 60 * strokeWidth
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
    private func addDividers(
        among lines: [Rule], _ neighbours: [[[Int]]], _ isStraight: [Bool], to isRule: inout [Bool]
    ) {
        let long = isRule
        for index in lines.indices where !isRule[index] && isStraight[index] {
            let ends = neighbours[index].map { Set($0.filter { long[$0] }) }
            if !ends[0].isEmpty, !ends[1].isEmpty, ends[0].union(ends[1]).count > 1 { isRule[index] = true }
        }
    }

    /// Lines that close boxes: both of their ends lie on others that do.
    private func addBoxes(
        among lines: [Rule], _ neighbours: [[[Int]]], _ isStraight: [Bool], to isRule: inout [Bool]
    ) {
        var isLeft = lines.indices.map { isRule[$0] || isStraight[$0] && isSide(lines[$0]) }
        var isChanged = true
        while isChanged {
            isChanged = false
            for index in lines.indices where isLeft[index] && !isRule[index] {
                let ends = neighbours[index].map { Set($0.filter { isLeft[$0] }) }
                if ends[0].isEmpty || ends[1].isEmpty || ends[0].union(ends[1]).count < 2 {
                    isLeft[index] = false
                    isChanged = true
                }
            }
        }
        for index in lines.indices where isLeft[index] { isRule[index] = true }
    }

    /// Whether a line may be the side of a box around a digit.
    private func isSide(_ line: Rule) -> Bool {
        abs(line.slope) < Self.levelSlope && Double(line.length) >= 9 * strokeWidth && line.coverage >= 0.6
    }
}
