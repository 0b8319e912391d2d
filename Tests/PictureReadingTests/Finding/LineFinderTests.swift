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
        #expect(line.labels.count == 8 && abs(line.slope - 1 / 7) < 1e-9)
        #expect(abs(line.middleRow + line.slope * 40.5 - 60.5) < 0.1)
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

    /// Where a picture has one number, all of its digits are in one line.
    @Test(
        arguments: zip(
            [SceneStyle.strip, .amount, .comb, .stylus, .blackboard], [0.94, 0.97, 0.94, 0.98, 0.95]))
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
