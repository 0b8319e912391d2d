/// Cuts the lines of a picture's ink out, as the network of numbers sees them.
package struct StripFinder: Sendable {
    /// Whether all ink is one line.
    package var isOneLine: Bool

    package init(isOneLine: Bool = false) { self.isOneLine = isOneLine }

    /// The lines without the rules that they stand on, from top to bottom.
    package func strips(of ink: Ink) -> [LineStrip] {
        let ruled = ruled(ink)
        guard let plane = ruled.plane.normalized() else { return [] }
        let components = Components(of: plane)
        let width = StrokeStatistics(plane)?.width ?? ink.strokeWidth
        let finder = LineFinder(isOneLine: isOneLine)
        return finder.lines(of: components, strokeWidth: width, rules: ruled.rules).map {
            LineStrip($0, of: plane, components: components, strokeWidth: width)
        }
    }

    /// The ink and its rules: what is straight, thin, and longer than any stroke of a digit can be.
    private func ruled(_ ink: Ink) -> RuledInk {
        let plane = ink.plane
        // A number that fills its picture has strokes as long as the picture is high, and no longer.
        let isBand = isOneLine || max(plane.height, plane.width) >= 2 * plane.shorterSide
        let longest = Double(plane.shorterSide)
        let length = isBand ? min(1.1 * longest, 0.9 * Double(max(plane.height, plane.width))) : 0.3 * longest
        return RuledInk(
            plane, length: max(Int(25 * ink.strokeWidth), Int(length)), strokeWidth: ink.strokeWidth)
    }
}
