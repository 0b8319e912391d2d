import Imaging

/// Ink, and the rules in it: of ruled paper, of tables and boxes, under an amount.
package struct RuledInk: Sendable {
    /// The ink without rules; where a stroke crosses one, it stays.
    package let plane: Plane
    /// The rules.
    package let rules: [Rule]
    /// The most lines that are looked at, the longest: no page of writing has as many, but noise has.
    private static let mostLines = 500
    /// The longest of a rule's parts, as a share of the length from which on a line is one.
    private static let leastPart = 0.4

    /// Finds the rules and takes them out.
    /// - Parameters:
    ///   - length: From this on what is thin and straight and level is a rule, in pixels; shorter lines are where they lie between rules, or
    ///     close a box.
    ///   - strokeWidth: The middle width of strokes.
    package init(_ plane: Plane, length: Int, strokeWidth: Float) {
        let stroke = Double(strokeWidth)
        let tracer = RuleTracer(
            thickness: max(3, Int((2.2 * stroke).rounded(.up))), longestGap: Int(12 * stroke) + 2,
            shortest: max(10, min(length, Int(6 * stroke))))
        let upright = tracer.paths(in: plane).map { Line($0, isUpright: true) }
        let level = tracer.paths(in: plane.transposed).map { Line($0, isUpright: false) }
        let lines = Self.joined(
            Self.longest(upright + level), longestGap: tracer.longestGap,
            leastPart: Self.leastPart * Double(length))
        let choice = RuleChoice(
            length: Double(length), strokeWidth: stroke, height: plane.height, width: plane.width)
        let isRule = choice.rules(among: lines.map(\.rule))
        let chosen = lines.indices.filter { isRule[$0] }.map { lines[$0] }
        rules = chosen.map(\.rule)
        self.plane = chosen.isEmpty ? plane : Self.removed(chosen, from: plane)
    }

    /// What may be a rule, and its ink.
    private struct Line {
        let rule: Rule
        let runs: [RuleTracer.Run]

        init(_ runs: [RuleTracer.Run], isUpright: Bool) {
            let widths = runs.map { Double($0.end - $0.start) }.sorted()
            rule = Rule(
                isUpright: isUpright, path: runs.map { (Int($0.row), $0.middle) },
                thickness: widths[widths.count / 2])
            self.runs = runs
        }

        /// Whether another is the next part of the same line, and the gap between no longer than both parts together.
        func isContinued(by next: Line, longestGap: Int) -> Bool {
            let gap = next.rule.steps.lowerBound - rule.steps.upperBound
            return 0...min(longestGap, rule.length + next.rule.length) ~= gap
                && rule.continues(next.rule, thickness: RuleChoice.sameThickness)
                && next.rule.continues(rule, thickness: RuleChoice.sameThickness)
        }
    }

    private static func longest(_ lines: [Line]) -> [Line] {
        guard lines.count > mostLines else { return lines }
        let order = lines.indices.sorted { (lines[$0].rule.length, $1) > (lines[$1].rule.length, $0) }
        return order.prefix(mostLines).sorted().map { lines[$0] }
    }

    /// The same with those as one that are parts of one line: what crosses a rule hides a part of it.
    /// - Parameter leastPart: The longest part of such a line has so many steps at least: bars of digits lie in one line, too.
    private static func joined(_ lines: [Line], longestGap: Int, leastPart: Double) -> [Line] {
        var chains: [[Line]] = []
        let order = lines.indices.sorted {
            (lines[$0].rule.steps.lowerBound, $0) < (lines[$1].rule.steps.lowerBound, $1)
        }
        for line in order.map({ lines[$0] }) {
            let before = chains.lastIndex { chain in
                chain[chain.count - 1].isContinued(by: line, longestGap: longestGap)
            }
            if let before { chains[before].append(line) } else { chains.append([line]) }
        }
        return chains.flatMap { chain in
            let longest = chain.map(\.rule.length).max() ?? 0
            return chain.count > 1 && Double(longest) >= leastPart
                ? [Line(chain.flatMap(\.runs), isUpright: chain[0].rule.isUpright)] : chain
        }
    }

    /// The plane without the ink of rules where it is about as thick as they are.
    private static func removed(_ lines: [Line], from plane: Plane) -> Plane {
        var result = plane
        for line in lines {
            for run in line.runs where Double(run.end - run.start) <= 1.5 * line.rule.thickness + 1 {
                for place in Int(run.start)..<Int(run.end) {
                    let (row, column) = line.rule.isUpright ? (Int(run.row), place) : (place, Int(run.row))
                    result[row, column] = 0
                }
            }
        }
        removeCrossings(of: lines.map(\.rule), from: &result)
        return result
    }

    /// Takes out what is left where rules cross each other.
    private static func removeCrossings(of rules: [Rule], from plane: inout Plane) {
        for upright in rules where upright.isUpright {
            for level in rules where !level.isUpright {
                let reach = upright.thickness + level.thickness
                guard let (row, column) = upright.crossing(level, margin: { _ in reach }) else { continue }
                plane.clearIslet(
                    PixelBox(
                        top: Int(row - level.thickness / 2 - 1.5),
                        left: Int(column - upright.thickness / 2 - 1.5),
                        bottom: Int(row + level.thickness / 2 + 1.5) + 1,
                        right: Int(column + upright.thickness / 2 + 1.5) + 1))
            }
        }
    }
}

extension Plane {
    /// Clears a rectangle, unless ink leads out of it: a digit's, that lies over a crossing.
    fileprivate mutating func clearIslet(_ box: PixelBox) {
        let rows = max(0, box.top)..<max(0, box.top, min(height, box.bottom))
        let columns = max(0, box.left)..<max(0, box.left, min(width, box.right))
        guard !rows.isEmpty, !columns.isEmpty else { return }
        func isInk(_ row: Int, _ column: Int) -> Bool {
            0..<height ~= row && 0..<width ~= column && self[row, column] >= Ink.threshold
        }
        let around =
            columns.count { isInk(rows.lowerBound - 1, $0) } + columns.count { isInk(rows.upperBound, $0) }
            + rows.count { isInk($0, columns.lowerBound - 1) } + rows.count { isInk($0, columns.upperBound) }
        guard 5 * around <= rows.count + columns.count else { return }
        for row in rows { for column in columns { self[row, column] = 0 } }
    }
}
