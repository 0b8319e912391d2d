import CCairo
import Figures
import Testing

@Suite struct PartsTests {
    /// How wide Cairo draws a text in DejaVu Sans.
    private func drawnWidth(_ text: String, isBold: Bool) throws -> Double {
        var reason: UnsafePointer<CChar>?
        let functions = digits_cairo_load(&reason)
        let cairo = try #require(functions).pointee
        let surface = cairo.image_surface_create(Int32(DIGITS_CAIRO_FORMAT_RGB24), 1, 1)!
        let context = cairo.create(surface)!
        let options = cairo.font_options_create()!
        defer {
            cairo.font_options_destroy(options)
            cairo.destroy(context)
            cairo.surface_destroy(surface)
        }
        cairo.font_options_set_hint_metrics(options, Int32(DIGITS_CAIRO_HINT_METRICS_OFF))
        cairo.set_font_options(context, options)
        cairo.select_font_face(
            context, "DejaVu Sans", 0,
            Int32(isBold ? DIGITS_CAIRO_FONT_WEIGHT_BOLD : DIGITS_CAIRO_FONT_WEIGHT_NORMAL))
        cairo.set_font_size(context, 1000)
        var extents = digits_cairo_text_extents()
        cairo.text_extents(context, text, &extents)
        return extents.x_advance
    }

    @Test(arguments: [false, true]) func tableOfWidthsIsThatOfTheFont(isBold: Bool) throws {
        for code in 32...126 {
            let text = String(UnicodeScalar(UInt8(code)))
            let table = TextMetrics.width(of: text, size: 1000, isBold: isBold)
            let drawn = try drawnWidth(text, isBold: isBold)
            #expect(
                drawn <= table && table - drawn <= 1.01, "'\(text)' is \(drawn) wide, the table says \(table)"
            )
        }
        for text in ["→", "–", "×", "±", "…", "ä", "é", "ß", "Ω", "Ж"] {
            #expect(
                try drawnWidth(text, isBold: isBold)
                    <= TextMetrics.width(of: text, size: 1000, isBold: isBold))
        }
    }

    @Test func longTextsAreBrokenAtSpacesAndShortened() {
        let text = "one two three four supercalifragilistic five"
        let lines = TextMetrics.lines(of: text, width: 60, size: 10)
        #expect(lines.joined(separator: " ") == text)
        #expect(lines.contains("supercalifragilistic"))
        for line in lines where line.contains(" ") { #expect(TextMetrics.width(of: line, size: 10) <= 60) }
        #expect(
            zip(lines, lines.dropFirst()).allSatisfy { TextMetrics.width(of: $0 + " " + $1, size: 10) > 60 })

        let short = TextMetrics.shortened(text, width: 60, size: 10)
        #expect(
            short.hasSuffix("…") && text.hasPrefix(short.dropLast())
                && TextMetrics.width(of: short, size: 10) <= 60)
        #expect(TextMetrics.shortened("one", width: 60, size: 10) == "one")
    }

    @Test func axesHaveRoundMarks() {
        #expect(Axis(0...1, .percent).ticks.map(\.label) == ["0%", "20%", "40%", "60%", "80%", "100%"])
        #expect(Axis(-45...45, most: 7).ticks.map(\.value) == [-40, -20, 0, 20, 40])
        #expect(
            Axis(around: [0.013, 0.297], within: 0...1000).ticks.map(\.label) == ["0.0", "0.1", "0.2", "0.3"])
        #expect(Axis(around: [0.9712, 0.9987], within: 0...1, .percent).domain == 0.97...1)
        #expect(Axis(wholeNumbers: 1...1).ticks == [Tick(value: 1, label: "1")])
        #expect(Axis(wholeNumbers: 1...5).ticks.map(\.label) == ["1", "2", "3", "4", "5"])
        #expect(Axis(wholeNumbers: 1...99).ticks.map(\.label) == ["1", "20", "40", "60", "80"])
    }

    @Test(
        arguments: [
            [], [.nan], [0.5], [0], [1], [1, 1, 1], [.infinity, 0.2], [0.99999, 0.999991], [1e-12, 2e-12],
        ] as [[Double]])
    func axisAroundAnyValuesHasAnExtentWithinItsLimits(values: [Double]) {
        let axis = Axis(around: values, within: 0...1, .percent)
        #expect(axis.domain.lowerBound >= 0 && axis.domain.upperBound <= 1)
        #expect(axis.domain.upperBound > axis.domain.lowerBound)
        for value in values where value.isFinite { #expect(axis.domain.contains(value)) }
        #expect(!axis.ticks.isEmpty && Set(axis.ticks.map(\.label)).count == axis.ticks.count)
        #expect(
            axis.ticks.allSatisfy {
                $0.value >= axis.domain.lowerBound - 1e-9 && $0.value <= axis.domain.upperBound + 1e-9
            })
    }

    @Test func resizedMapIsTheSameWhereTheSizeIsTheSameAndStraightBetween() {
        let map = ValueMap(width: 2, height: 1, values: [0, 4])
        #expect(map.resized(width: 2, height: 1) == map)
        #expect(map.resized(width: 4, height: 2).values == [0, 1, 3, 4, 0, 1, 3, 4])
    }

    @Test func coloursRunFromOneEndOfTheScaleToTheOther() {
        let map = ValueMap(width: 5, height: 1, values: [-2, 0, 2, .nan, 99])
        let colors = map.pixels(.signed, over: -2...2).colors
        #expect(colors[0] == ColorMap.signed.color(at: 0) && colors[4] == ColorMap.signed.color(at: 1))
        #expect(colors[1] == RGBColor(0xFFFFFF) && colors[2] == colors[4] && colors[3] == colors[1])
        #expect(map.range == -2...99 && map.largestMagnitude == 99)
        // Amounts grow brighter all the way, so that a grey copy still shows them.
        let steps = (0...50).map { ColorMap.amount.color(at: Double($0) / 50).luminance }
        #expect(
            zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 + 0.002 } && steps[50] > 0.6 && steps[0] < 0.05
        )
    }

    @Test func numbersOfScalesHaveThreeDigitsThatCount() {
        let texts: [Float: String] = [
            0: "0", 1: "1", 0.5: "0.5", 255: "255", 12.34: "12.3", -0.0123: "-0.012", 0.00123: "0.00123",
            1.2334286e-7: "1.23e-7", -4.5e8: "-4.50e8", 9.997e-5: "1.00e-4",
        ]
        for (value, text) in texts { #expect(ScaleBar.text(value) == text) }
        #expect(ScaleBar.text(.nan) == "nan")
    }
}
