import PictureReading
import Testing

@Suite struct LongRulesTests {
    /// A zero on ruled paper.
    private func paper(rule: Int?, thickness: Int = 2) -> Plane {
        var plane = Plane(height: 120, width: 200)
        plane.drawRing(row: 60, column: 100, radius: 25, width: 6)
        if let rule { plane.fill(rows: rule..<rule + thickness, columns: 0..<200) }
        return plane
    }

    @Test func rulesGo() {
        for row in [0, 10, 118] {
            let ruled = paper(rule: row)
            #expect(LongRules.removed(from: ruled, length: 80, thickness: 8) == paper(rule: nil))
            #expect(
                LongRules.removed(from: ruled.transposed, length: 80, thickness: 8)
                    == paper(rule: nil).transposed)
        }
    }

    @Test func aDottedRuleAndOneThatIsNotLevelGo() {
        var dotted = paper(rule: nil)
        for column in 0..<200 where column % 15 != 14 { dotted[12, column] = 1 }
        var tilted = paper(rule: nil)
        for column in 0..<200 { tilted[100 + column / 50, column] = 1 }
        for ruled in [dotted, tilted] {
            #expect(LongRules.removed(from: ruled, length: 60, thickness: 8) == paper(rule: nil))
        }
    }

    @Test func digitsThatCrossARuleStay() {
        let ruled = paper(rule: 60)
        let result = LongRules.removed(from: ruled, length: 80, thickness: 8)
        let digit = paper(rule: nil)
        let lost = digit.values.indices.count { digit.values[$0] > 0 && result.values[$0] == 0 }
        #expect(lost <= 4, "\(lost) pixels of the digit, at its utmost left and right, are lost.")
        // Of the rule only what lies in or beside the digit is left.
        let left = result.values.indices.count { digit.values[$0] == 0 && result.values[$0] > 0 }
        #expect(left <= 8, "\(left) pixels of the rule are left.")
    }

    @Test func shortAndThickLinesStay() {
        var plane = paper(rule: nil)
        plane.fill(rows: 5..<7, columns: 10..<60)
        #expect(LongRules.removed(from: plane, length: 80, thickness: 8) == plane)
        let bar = paper(rule: 2, thickness: 12)
        #expect(LongRules.removed(from: bar, length: 80, thickness: 8) == bar)
    }

    @Test(arguments: [(0, 0), (1, 1), (1, 60), (60, 1)])
    func oddSizesAreTaken(height: Int, width: Int) {
        let plane = Plane(height: height, width: width, filledWith: 1)
        for (length, thickness) in [(0, 0), (1, 1), (10_000, 1), (1, 10_000)] {
            let result = LongRules.removed(from: plane, length: length, thickness: thickness)
            #expect(result.height == height && result.width == width)
        }
    }
}
