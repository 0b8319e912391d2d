import PictureReading
import Testing

@Suite struct StripLookTests {
    /// A strip with an upright stroke three columns wide, one at full ink.
    private static func strip(strokeAt column: Int, width: Int = 100) -> Plane {
        var strip = Plane(height: LineStrip.height, width: width)
        for row in 6..<26 {
            (strip[row, column - 1], strip[row, column], strip[row, column + 1]) = (0.5, 1, 0.5)
        }
        return strip
    }

    /// The middle of the ink of some rows.
    private static func middle(of plane: Plane, rows: Range<Int>) -> Double {
        var (mass, moment) = (0.0, 0.0)
        for row in rows {
            for column in 0..<plane.width {
                mass += Double(plane[row, column])
                moment += Double(plane[row, column]) * (Double(column) + 0.5)
            }
        }
        return moment / mass
    }

    @Test func looksAreLargerSmallerAndLeaning() {
        let strip = Self.strip(strokeAt: 40)
        let views = StripLook.others.map { $0.view(of: strip) }
        #expect(views.map(\.height) == [32, 32, 32, 32])
        #expect(views.map(\.width) == [110, 90, 100, 100])
        // The middle row stays where it is: there, the stroke moves with the size alone. Between pixels it is a little blurred.
        for (view, place) in zip(views, [40.5 * 1.1, 40.5 * 0.9, 40.5, 40.5]) {
            #expect(abs(Self.middle(of: view, rows: 15..<17) - place) < 0.03)
        }
        // 0.15 of ten rows.
        let leans = views.map { Self.middle(of: $0, rows: 7..<8) - Self.middle(of: $0, rows: 24..<25) }
        for (lean, expected) in zip(leans, [0, 0, 2.55, -2.55]) { #expect(abs(lean - expected) < 0.01) }
        // Larger, there is more ink, and smaller, less.
        #expect(views[0].values.reduce(0, +) > 1.15 * strip.values.reduce(0, +))
        #expect(views[1].values.reduce(0, +) < 0.85 * strip.values.reduce(0, +))
    }

    /// What is seen in a view is found at the strip's own columns.
    @Test(arguments: 0..<4) func answersComeBackToTheirColumns(number: Int) {
        let look = StripLook.others[number]
        let strip = Self.strip(strokeAt: 60, width: 120)
        let view = look.view(of: strip)
        // A network that says 7 where the middle row has ink, and else nothing.
        func probabilities(_ plane: Plane) -> [Float] {
            (0..<(plane.width + 1) / 2).flatMap { column in
                let ink = min(1, (plane[15, 2 * column] + plane[16, min(2 * column + 1, plane.width - 1)]))
                return (0..<NumberDecoder.classCount).map {
                    $0 == 7 ? ink : $0 == NumberDecoder.blank ? 1 - ink : 0
                }
            }
        }
        let own = probabilities(strip)
        let seen = look.probabilities(probabilities(view), atColumns: own.count / NumberDecoder.classCount)
        #expect(seen.count == own.count)
        let (digits, expected) = (NumberDecoder().digits(seen), NumberDecoder().digits(own))
        #expect(digits.map(\.value) == [7] && expected.map(\.value) == [7])
        #expect(abs(digits[0].middle - expected[0].middle) < 0.6)
        for column in 0..<seen.count / 11 {
            #expect(abs(seen[column * 11..<column * 11 + 11].reduce(0, +) - 1) < 1e-4)
        }
    }

    @Test func aStripOfOneColumnCanBeLookedAt() {
        let strip = Plane(height: LineStrip.height, width: 1, filledWith: 1)
        for look in StripLook.others {
            #expect(look.view(of: strip).width == 1)
            let one = [Float](repeating: 1 / 11, count: 11)
            #expect(look.probabilities(one, atColumns: 1) == one)
        }
    }
}
