import Compute
import Imaging
import PictureReading
import SyntheticDigits
import Testing

@Suite struct LineFinderTests {
    /// Rings in rows, as pages of zeros.
    private func page(_ places: [(row: Int, column: Int)], height: Int = 300, width: Int = 400) -> Plane {
        var plane = Plane(height: height, width: width)
        for (row, column) in places {
            plane.drawRing(row: Double(row), column: Double(column), radius: 12, width: 4)
        }
        return plane
    }

    private func lines(_ plane: Plane, isOneLine: Bool = false) -> [InkLine] {
        LineFinder(isOneLine: isOneLine).lines(of: Components(of: plane), strokeWidth: 4)
    }

    @Test func linesAreInTheOrderOfReading() {
        let rows = [40, 110, 180, 250]
        let found = lines(page(rows.flatMap { row in [60, 95, 130, 165].map { (row, $0) } }))
        #expect(found.map(\.labels.count) == [4, 4, 4, 4])
        #expect(found.map { Int($0.middleRow.rounded()) } == [41, 111, 181, 251])
        #expect(found.allSatisfy { $0.slope == 0 && $0.digitHeight == 29 })
    }

    @Test func linesOfOneHeightAreFromLeftToRight() {
        let found = lines(page([(50, 40), (50, 75), (50, 300), (50, 335)]))
        #expect(found.map(\.box.left) == [26, 286])
    }

    @Test func aSlopeIsFound() throws {
        let places = (0..<8).map { (row: 60 + $0 * 5, column: 40 + $0 * 35) }
        let line = try #require(lines(page(places)).first)
        #expect(line.labels.count == 8 && abs(line.angle - Double.atan(1.0 / 7)) < 1e-3)
    }

    /// Also where the first of them stands a little lower.
    @Test func linesAtOneHeightAreFromLeftToRightThoughTheirDigitsAreNot() {
        let found = lines(page([(53, 40), (53, 75), (50, 300), (50, 335), (130, 40), (126, 300)]))
        #expect(found.map(\.box.left) == [26, 286, 26, 286])
    }

    /// Whole pages that lie aslant, and single lines.
    @Test(arguments: [-40.0, -15, 15, 40], [1, 4])
    func skewedLinesAreFound(degrees: Double, count: Int) throws {
        let direction = (x: Double.cos(degrees * .pi / 180), y: Double.sin(degrees * .pi / 180))
        let places = (0..<count).flatMap { row in
            (0..<5).map { column -> (row: Int, column: Int) in
                let (x, y) = (Double(column - 2) * 35, (Double(row) - Double(count - 1) / 2) * 60)
                return (
                    Int(200 + direction.y * x + direction.x * y), Int(200 + direction.x * x - direction.y * y)
                )
            }
        }
        let plane = page(places, height: 400, width: 400)
        let found = lines(plane)
        #expect(found.map(\.labels.count) == [Int](repeating: 5, count: count))
        for line in found { #expect(abs(line.angle * 180 / .pi - degrees) < 2) }
    }

    @Test func aFewLoosePiecesHaveNoDirection() {
        let found = lines(page([(60, 60), (90, 110), (200, 60)]))
        #expect(!found.isEmpty && found.allSatisfy { $0.angle == 0 })
    }

    @Test func somethingHugeSpoilsNoHeight() {
        var plane = page([(60, 60), (60, 100), (60, 140), (60, 180)])
        plane.fill(rows: 10..<290, columns: 205..<212)
        let found = lines(plane)
        #expect(found.contains { $0.labels.count == 4 && $0.digitHeight == 29 })
    }

    private func rules(_ places: [Int], isUpright: Bool, length: Int) -> [Rule] {
        var plane = Plane(height: 400, width: 400)
        for place in places { plane.fill(rows: 20..<20 + length, columns: place..<place + 2) }
        return RuledInk(isUpright ? plane : plane.transposed, length: 100, strokeWidth: 3).rules
    }

    @Test func aRowOfATableIsOneLine() {
        let table =
            (rules([20, 120, 220, 320], isUpright: true, length: 302)
                + rules([20, 120, 220, 320], isUpright: false, length: 302))
        let plane = page([(70, 70), (75, 270), (170, 170), (270, 70), (265, 170), (270, 270)], height: 400)
        let finder = LineFinder()
        let found = finder.lines(of: Components(of: plane), strokeWidth: 4, rules: table)
        #expect(found.map(\.labels.count) == [2, 1, 3])
    }

    @Test func aCellWithANumberIsALine() {
        let table =
            (rules([20, 120, 220, 320], isUpright: true, length: 302)
                + rules([20, 120, 220, 320], isUpright: false, length: 302))
        let plane = page(
            [(70, 52), (70, 88), (70, 152), (70, 188), (170, 170), (270, 52), (270, 88)], height: 400)
        let finder = LineFinder()
        let found = finder.lines(of: Components(of: plane), strokeWidth: 4, rules: table)
        #expect(found.map(\.labels.count) == [2, 2, 1, 2])
    }

    @Test func aSpeckJoinsTheLineItIsNear() {
        var plane = page([(60, 60), (60, 100), (60, 140), (200, 60), (200, 100)])
        plane.fill(rows: 70..<74, columns: 160..<168)
        plane.fill(rows: 280..<284, columns: 380..<388)
        let found = lines(plane)
        #expect(found.map(\.labels.count) == [4, 2])
    }

    @Test func allMayBeOneLine() {
        let found = lines(page([(60, 60), (60, 100), (200, 250)]), isOneLine: true)
        #expect(found.map(\.labels.count) == [3])
    }

    @Test func withoutInkThereAreNoLines() {
        #expect(lines(Plane(height: 0, width: 0)).isEmpty)
        #expect(lines(Plane(height: 30, width: 30)).isEmpty)
        var one = Plane(height: 30, width: 30)
        one[4, 4] = 1
        #expect(lines(one).isEmpty)
        // Strokes wider than all that is there.
        let plane = page([(60, 60)])
        for width: Float in [1000, .greatestFiniteMagnitude, .infinity] {
            #expect(LineFinder().lines(of: Components(of: plane), strokeWidth: width).isEmpty)
        }
    }

    /// Dots everywhere take no longer than a page of writing.
    @Test func aPageOfDotsIsTaken() {
        var plane = Plane(height: 1000, width: 1000)
        for row in stride(from: 0, to: 999, by: 4) {
            for column in stride(from: row % 8 / 4 * 2, to: 996, by: 4) {
                plane.fill(rows: row..<row + 2, columns: column..<column + 2)
            }
        }
        let components = Components(of: plane)
        #expect(components.all.count > 60_000)
        #expect(LineFinder().lines(of: components, strokeWidth: 1).flatMap(\.labels).count <= 4000)
    }

    // MARK: Scenes

    /// Where a picture has one number, all of its digits are in one line. Rules are not taken out here: digits that touch a comb go with it.
    @Test(
        arguments: zip(
            [SceneStyle.strip, .amount, .comb, .stylus, .blackboard], [0.96, 0.92, 0.87, 0.98, 0.94]))
    func digitsOfANumberAreInOneLine(style: SceneStyle, floor: Double) {
        var (right, count) = (0, 0)
        for scene in DrawnScenes.scenes(style, count: 100) where !scene.digits.isEmpty {
            count += 1
            guard let ink = InkFinder().ink(of: scene.image) else { continue }
            let found = LineFinder().lines(of: Components(of: ink.plane), strokeWidth: ink.strokeWidth)
            let boxes = scene.digits.map { $0.box.scaled(by: ink.scale) }
            if found.contains(where: { line in
                boxes.allSatisfy {
                    line.box.columns ~= $0.left + $0.width / 2 && line.box.rows ~= $0.top + $0.height / 2
                }
            }) {
                right += 1
            }
        }
        #expect(Double(right) >= floor * Double(count), "\(style): in \(right) of \(count) scenes.")
    }
}
