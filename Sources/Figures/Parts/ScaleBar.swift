internal import PlainText

/// The colours of a scale, with the numbers that they stand for.
package struct ScaleBar {
    /// The colours.
    package let colorMap: ColorMap
    /// The numbers at its ends.
    package let range: ClosedRange<Float>
    /// What the two ends mean, under the numbers.
    package var meanings: (low: String, high: String)?

    /// Creates a bar.
    package init(
        colorMap: ColorMap, range: ClosedRange<Float>, meanings: (low: String, high: String)? = nil
    ) {
        self.colorMap = colorMap
        self.range = range
        self.meanings = meanings
    }

    /// How high the bar is with what is written under it.
    package var height: Double { meanings == nil ? 26 : 38 }

    private static let steps = 64

    /// Draws the bar, its upper left corner at (`x`, `y`).
    func draw(in sketch: inout Sketch, x: Double, y: Double, width: Double) {
        let ramp = Pixels(
            width: Self.steps, height: 1,
            colors: (0..<Self.steps).map { colorMap.color(at: Double($0) / Double(Self.steps - 1)) })
        sketch.group("Scale from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))") { bar in
            bar.image(ramp, in: Rectangle(x: x, y: y, width: width, height: 10))
            let middle = (range.lowerBound + range.upperBound) / 2
            let places: [(Float, Double, TextStyle.Anchor)] = [
                (range.lowerBound, x, .start), (middle, x + width / 2, .middle),
                (range.upperBound, x + width, .end),
            ]
            for (value, place, anchor) in places {
                bar.text(
                    Self.text(value), x: place, baseline: y + 22,
                    TextStyle(size: 9, anchor: anchor, paint: .muted))
            }
            if let meanings {
                bar.text(meanings.low, x: x, baseline: y + 34, TextStyle(size: 9, paint: .muted))
                bar.text(
                    meanings.high, x: x + width, baseline: y + 34,
                    TextStyle(size: 9, anchor: .end, paint: .muted))
            }
        }
    }

    /// A number with about three digits that count: `0.0123`, `1.25`, `255`, `1.23e-7`.
    package static func text(_ value: Float) -> String {
        let magnitude = abs(value)
        if magnitude == 0 { return "0" }
        if !magnitude.isFinite { return String(value) }
        if magnitude >= 1e6 || magnitude < 1e-4 { return scientific(Double(value)) }
        let decimals =
            magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 0.1 ? 2 : magnitude >= 0.01 ? 3 : 5
        var text = NumberText.fixed(Double(value), decimals: decimals)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text
    }

    /// `1.23e-7`.
    private static func scientific(_ value: Double) -> String {
        var mantissa = value
        var exponent = 0
        while abs(mantissa) >= 9.995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while abs(mantissa) < 0.9995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        return "\(NumberText.fixed(mantissa, decimals: 2))e\(exponent)"
    }
}
