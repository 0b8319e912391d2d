import Imaging
import PictureReading
import SyntheticDigits
import Testing

@Suite struct LineStripTests {
    private func strips(of plane: Plane, isOneLine: Bool = true) -> [LineStrip] {
        let components = Components(of: plane)
        return LineFinder(isOneLine: isOneLine).lines(of: components, strokeWidth: 4).map {
            LineStrip($0, of: plane, components: components, strokeWidth: 4)
        }
    }

    private func level() -> Plane {
        var plane = Plane(height: 120, width: 400)
        for column in [130, 170, 210, 250, 290] {
            plane.drawRing(row: 60, column: Double(column), radius: 15, width: 4)
        }
        return plane
    }

    @Test func placesAndSourcesAreInverse() throws {
        var plane = Plane(height: 200, width: 400)
        for number in 0..<8 {
            plane.drawRing(
                row: Double(60 + number * 5), column: Double(60 + number * 40), radius: 15, width: 4)
        }
        for plane in [plane, level()] {
            let strip = try #require(strips(of: plane).first)
            for (row, column) in [(0.0, 0.0), (60, 60), (13.25, 310.5), (-20, 500)] {
                let place = strip.place(row: row, column: column)
                let source = strip.source(row: place.row, column: place.column)
                #expect(abs(source.row - row) < 1e-9 && abs(source.column - column) < 1e-9)
            }
        }
    }

    @Test func digitsAreAsHighAsWantedAndInTheMiddle() throws {
        let strip = try #require(strips(of: level()).first)
        #expect(strip.plane.height == 32 && abs(strip.size - 35.0 / 21) < 1e-9)
        let rows = (0..<32).filter { row in (0..<strip.plane.width).contains { strip.plane[row, $0] >= 0.5 } }
        #expect(5...6 ~= rows.first ?? 0 && 25...26 ~= rows.last ?? 0, "\(rows)")
        // Eight columns of margin on both sides.
        let columns = (0..<strip.plane.width).filter { column in
            (0..<32).contains { strip.plane[$0, column] >= 0.5 }
        }
        #expect(7...9 ~= columns.first ?? 0 && 7...10 ~= strip.plane.width - 1 - (columns.last ?? 0))
        #expect(strip.plane.values.allSatisfy { 0...1 ~= $0 } && strip.plane.values.max() == 1)
    }

    /// Wherever in the plane a tilted line begins.
    @Test func aTiltedLineLiesInTheMiddle() throws {
        for start in [60, 500] {
            var plane = Plane(height: 200, width: 900)
            for number in 0..<8 {
                plane.drawRing(
                    row: Double(60 + number * 6), column: Double(start + number * 40), radius: 15, width: 4)
            }
            let strip = try #require(strips(of: plane).first)
            let rows = (0..<32).filter { row in
                (0..<strip.plane.width).contains { strip.plane[row, $0] >= 0.5 }
            }
            #expect(4...6 ~= rows.first ?? 0 && 25...27 ~= rows.last ?? 0, "\(rows)")
        }
    }

    @Test func anotherLinesInkIsNotInIt() throws {
        var plane = level()
        plane.drawRing(row: 15, column: 210, radius: 13, width: 4)
        let all = strips(of: plane, isOneLine: false)
        #expect(all.count == 2)
        #expect(all.last?.plane == strips(of: level()).first?.plane)
    }

    @Test func oddLinesAreTaken() {
        let plane = Plane(height: 20, width: 30, filledWith: 1)
        let components = Components(of: plane)
        let boxes = [
            PixelBox(top: 0, left: 0, bottom: 20, right: 30), PixelBox(top: 3, left: 3, bottom: 3, right: 3),
            PixelBox(top: -9, left: -9, bottom: 40, right: 40),
        ]
        for box in boxes {
            for height in [0, 1e-9, 1, 20, 500] {
                for stroke: Float in [0, 1, 1000, .infinity] {
                    for labels: Set<Int32> in [[], [1], [7]] {
                        let line = InkLine(
                            labels: labels, box: box, digitHeight: height, middleRow: 10, slope: 0.1)
                        let strip = LineStrip(line, of: plane, components: components, strokeWidth: stroke)
                        #expect(strip.plane.height == 32)
                    }
                }
            }
        }
    }

    // MARK: Scenes

    /// The middles of digits lie in the strip's middle rows, and the digit's ink is there.
    @Test(
        arguments: zip(
            [SceneStyle.strip, .amount, .comb, .stylus, .blackboard], [0.885, 0.925, 0.875, 0.895, 0.87]))
    func digitsOfScenesLieInTheStrip(style: SceneStyle, floor: Double) {
        var (right, count) = (0, 0)
        for scene in DrawnScenes.scenes(style, count: 100) {
            count += scene.digits.count
            guard let ink = InkFinder().ink(of: scene.image) else { continue }
            let components = Components(of: ink.plane)
            let strips = LineFinder(isOneLine: true).lines(of: components, strokeWidth: ink.strokeWidth).map {
                LineStrip($0, of: ink.plane, components: components, strokeWidth: ink.strokeWidth)
            }
            for digit in scene.digits
            where strips.contains(where: { holds(digit, of: scene, in: $0, scale: ink.scale) }) {
                right += 1
            }
        }
        #expect(Double(right) >= floor * Double(count), "\(style): \(right) of \(count) digits.")
    }

    /// Whether most of a digit's drawn ink is ink at its place in a strip.
    private func holds(_ digit: Scene.Digit, of scene: Scene, in strip: LineStrip, scale: Double) -> Bool {
        var (hits, count) = (0, 0)
        for row in digit.box.rows {
            for column in digit.box.columns where scene.mask[row, column] > 127 {
                count += 1
                let place = strip.place(
                    row: (Double(row) + 0.5) * scale, column: (Double(column) + 0.5) * scale)
                let (y, x) = (Int(place.row.rounded(.down)), Int(place.column.rounded(.down)))
                if 0..<32 ~= y, 0..<strip.plane.width ~= x, strip.plane[y, x] >= 0.25 { hits += 1 }
            }
        }
        return 10 * hits >= 7 * count && count > 0
    }
}
