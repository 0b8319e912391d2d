import Compute
import PictureReading
import Testing

@Suite struct RuledInkTests {
    /// A zero.
    private func digit() -> Plane {
        var plane = Plane(height: 120, width: 200)
        plane.drawRing(row: 60, column: 100, radius: 25, width: 6)
        return plane
    }

    /// A zero on ruled paper.
    private func paper(rule: Int, thickness: Int = 2) -> Plane {
        var plane = digit()
        plane.fill(rows: rule..<rule + thickness, columns: 0..<200)
        return plane
    }

    private func removed(_ plane: Plane, length: Int = 80, strokeWidth: Float = 4) -> Plane {
        RuledInk(plane, length: length, strokeWidth: strokeWidth).plane
    }

    @Test func rulesGo() {
        for row in [0, 10, 118] {
            let ruled = paper(rule: row)
            #expect(removed(ruled) == digit())
        }
    }

    @Test func uprightRulesGoWhereTheyGoFromEdgeToEdge() {
        #expect(removed(paper(rule: 10).transposed, strokeWidth: 2) == digit().transposed)
    }

    @Test func aDottedRuleGoes() {
        var dotted = digit()
        for column in 0..<200 where column % 15 != 14 { dotted[12, column] = 1 }
        #expect(removed(dotted) == digit())
    }

    /// Digits stand on a rule and hide it here and there, so that none of what is seen is as long as a rule.
    @Test func aRuleInPiecesGoes() {
        var pieces = Plane(height: 120, width: 300)
        var digits = pieces
        for column in [60, 150, 240] {
            digits.drawRing(row: 70, column: Double(column), radius: 25, width: 8)
        }
        pieces = digits
        for start in [0, 78, 168, 258] {
            pieces.fill(rows: 92..<94, columns: start..<min(300, start + 64))
        }
        let result = RuledInk(pieces, length: 150, strokeWidth: 4).plane
        let rule = pieces.values.indices.filter { digits.values[$0] == 0 && pieces.values[$0] > 0 }
        let left = rule.count { result.values[$0] > 0 }
        #expect(10 * left < rule.count, "\(left) of \(rule.count) pixels of the rule are left.")
        #expect(digits.values.indices.count { digits.values[$0] > 0 && result.values[$0] == 0 } < 60)
    }

    /// Bars of digits lie at one height, too, but none of them is long.
    @Test func barsOfDigitsAreNoRule() {
        var bars = Plane(height: 120, width: 300)
        for start in stride(from: 10, to: 270, by: 38) {
            bars.fill(rows: 30..<34, columns: start..<start + 24)
        }
        #expect(RuledInk(bars, length: 150, strokeWidth: 4).plane == bars)
    }

    /// Rules of a page that was photographed aslant, or lies bent.
    @Test(arguments: [0.02, -0.09, 0.27])
    func rulesThatAreNotLevelGo(slope: Double) {
        var tilted = digit()
        var bent = digit()
        for column in 0..<200 {
            let way = Double(column - 100)
            let row = (slope > 0.2 ? 28 : slope < 0 ? 20 : 10) + Int(slope * way)
            if 0..<120 ~= row { tilted[row, column] = 1 }
            bent[22 - Int(way * way / 2000), column] = 1
        }
        #expect(removed(tilted) == digit())
        #expect(removed(bent) == digit())
    }

    @Test func digitsThatCrossARuleStay() {
        let result = removed(paper(rule: 60))
        let digit = digit()
        let lost = digit.values.indices.count { digit.values[$0] > 0 && result.values[$0] == 0 }
        #expect(lost <= 4, "\(lost) pixels of the digit, at its utmost left and right, are lost.")
        // Of the rule only what lies in or beside the digit is left.
        let left = result.values.indices.count { digit.values[$0] == 0 && result.values[$0] > 0 }
        #expect(left <= 8, "\(left) pixels of the rule are left.")
    }

    @Test func shortAndThickLinesStay() {
        var plane = digit()
        plane.fill(rows: 5..<7, columns: 10..<60)
        #expect(removed(plane) == plane)
        let bar = paper(rule: 2, thickness: 12)
        #expect(removed(bar) == bar)
    }

    /// A one that reaches from rule to rule: its pen is broader, or it leans. A thin upright line is a divider.
    @Test func onesBetweenRulesStay() {
        var rules = Plane(height: 120, width: 200)
        for row in [20, 100] { rules.fill(rows: row..<row + 2, columns: 0..<200) }
        var broad = rules
        broad.fill(rows: 22..<100, columns: 40..<46)
        var leaning = rules
        for row in 22..<100 { leaning.fill(rows: row..<row + 1, columns: 90 - row / 4..<92 - row / 4) }
        for (name, plane) in [("broad", broad), ("leaning", leaning)] {
            let left = removed(plane).values.indices.count {
                removed(plane).values[$0] > 0 && rules.values[$0] == 0
            }
            #expect(left >= 150, "\(name): \(left) pixels are left.")
        }
        var divided = rules
        divided.fill(rows: 22..<100, columns: 40..<42)
        #expect(removed(divided).values.allSatisfy { $0 == 0 })
    }

    /// What is left of a rule beside a digit that hides its middle is shorter than a rule has to be.
    @Test func partsOfARuleGo() {
        var plane = Plane(height: 120, width: 400)
        plane.fill(rows: 40..<100, columns: 100..<180)
        let digit = plane
        plane.fill(rows: 60..<62, columns: 0..<400)
        let result = removed(plane, length: 120)
        let left = (0..<100).count { result[60, $0] > 0 } + (180..<400).count { result[60, $0] > 0 }
        #expect(left <= 4, "\(left) columns of the rule are left.")
        #expect(digit.values.indices.count { digit.values[$0] > 0 && result.values[$0] == 0 } <= 4)
    }

    /// A seven that fills the picture has a bar from edge to edge, as a rule is: its end is hidden by the stem.
    @Test func theBarOfASevenStays() {
        var seven = Plane(height: 100, width: 60)
        seven.fill(rows: 0..<4, columns: 0..<60)
        for row in 0..<100 { seven.fill(rows: row..<row + 1, columns: 53 - row / 3..<60 - row / 3) }
        #expect(removed(seven, length: 90) == seven)
    }

    /// It may be a one.
    @Test func aLongUprightStrokeStays() {
        var plane = Plane(height: 120, width: 200)
        plane.fill(rows: 10..<110, columns: 60..<63)
        for row in 10..<110 { plane.fill(rows: row..<row + 1, columns: 150 - row / 3..<153 - row / 3) }
        #expect(removed(plane, strokeWidth: 3) == plane)
    }

    /// A box around a digit, which touches it.
    @Test func aBoxGoes() {
        for tilt in [0.0, 0.06] {
            var box = digit()
            for step in 0..<80 {
                let way = Double(step - 40)
                for side in [-40.0, 40.0] {
                    let (x, y) = (100 + way - tilt * side, 60 + side + tilt * way)
                    box[Int(y), Int(x)] = 1
                    let (u, v) = (100 + side - tilt * way, 60 + way + tilt * side)
                    box[Int(v), Int(u)] = 1
                }
            }
            let result = removed(box, length: 150, strokeWidth: 4)
            let digit = digit()
            let wrong = digit.values.indices.count { digit.values[$0] != result.values[$0] }
            #expect(wrong <= 8, "\(wrong) pixels, tilt \(tilt)")
        }
    }

    /// Fields side by side: their sides are shorter than a rule has to be.
    @Test func aCombGoes() {
        var comb = Plane(height: 60, width: 240)
        var digits = comb
        for column in [30, 70, 150] {
            digits.drawRing(row: 30, column: Double(column), radius: 12, width: 4)
            comb.drawRing(row: 30, column: Double(column), radius: 12, width: 4)
        }
        for row in [8, 52] { comb.fill(rows: row..<row + 2, columns: 10..<212) }
        for column in stride(from: 10, through: 210, by: 40) {
            comb.fill(rows: 8..<54, columns: column..<column + 2)
        }
        #expect(removed(comb, length: 100) == digits)
        let found = RuledInk(comb, length: 100, strokeWidth: 4).rules
        #expect(found.count { !$0.isUpright } == 2 && found.count(where: \.isUpright) == 6)
    }

    @Test(arguments: [(0, 0), (1, 1), (1, 60), (60, 1), (40, 50)])
    func oddSizesAreTaken(height: Int, width: Int) {
        for plane in [
            Plane(height: height, width: width, filledWith: 1),
            Plane.random(height: height, width: width, seed: 3),
        ] {
            for (length, strokeWidth) in [(0, Float(0)), (1, 1), (10_000, 1), (1, 255)] {
                let result = removed(plane, length: length, strokeWidth: strokeWidth)
                #expect(result.height == height && result.width == width)
            }
        }
    }

    /// A ring around a digit is none, nor a box that the picture cuts off; a zero with a speck in it is one.
    @Test func ringsSurroundDigits() {
        func rings(_ draw: (inout Plane) -> Void) -> Int {
            var plane = Plane(height: 100, width: 100)
            draw(&plane)
            let components = Components(of: plane)
            return LineFinder(isOneLine: true).lines(of: components, strokeWidth: 3)
                .reduce(components.all.count) { $0 - $1.labels.count }
        }
        #expect(
            rings {
                $0.drawRing(row: 50, column: 50, radius: 40, width: 3)
                $0.fill(rows: 30..<70, columns: 46..<54)
            } == 1)
        #expect(
            rings {
                for side in [20, 78] { $0.fill(rows: 20..<100, columns: side..<side + 3) }
                $0.fill(rows: 20..<23, columns: 20..<80)
                $0.fill(rows: 40..<90, columns: 46..<54)
            } == 1)
        #expect(
            rings {
                $0.drawRing(row: 50, column: 50, radius: 40, width: 3)
                $0.fill(rows: 48..<54, columns: 46..<54)
            } == 0)
    }
}
