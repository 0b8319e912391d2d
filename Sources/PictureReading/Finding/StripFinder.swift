/// Cuts the lines of a picture's ink out, as the network of numbers sees them.
package struct StripFinder: Sendable {
    /// Whether all ink is one line.
    package var isOneLine: Bool

    package init(isOneLine: Bool = false) { self.isOneLine = isOneLine }

    /// The lines without the rules that they stand on, from top to bottom.
    package func strips(of ink: Ink) -> [LineStrip] {
        guard let plane = withoutRules(ink).normalized() else { return [] }
        let components = Components(of: plane)
        let width = StrokeStatistics(plane)?.width ?? ink.strokeWidth
        return LineFinder(isOneLine: isOneLine).lines(of: components, strokeWidth: width).map {
            LineStrip($0, of: plane, components: components, strokeWidth: width)
        }
    }

    /// The ink without rules: what is straight, thin, and longer than any stroke of a digit can be.
    package func withoutRules(_ ink: Ink) -> Plane {
        let plane = ink.plane
        let thickness = max(3, Int((1.3 * ink.strokeWidth).rounded(.up)))
        // A number that fills its picture has strokes as long as the picture is high, and no longer.
        let isBand = isOneLine || max(plane.height, plane.width) >= 2 * plane.shorterSide
        let longest = Double(plane.shorterSide)
        let length = isBand ? min(1.1 * longest, 0.9 * Double(max(plane.height, plane.width))) : 0.3 * longest
        return LongRules.removed(
            from: plane, length: max(Int(25 * ink.strokeWidth), Int(length)), thickness: thickness)
    }
}
