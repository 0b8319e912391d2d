import Imaging

/// Cuts the lines of a picture's ink out, as the network of numbers sees them.
package struct StripFinder: Sendable {
    /// Whether all ink is one line.
    package var isOneLine: Bool

    package init(isOneLine: Bool = false) { self.isOneLine = isOneLine }

    /// The longest line, in heights of its digits: what is longer is no writing.
    private static let longest = 150.0
    /// The most pixels of the rectangle along a line, in those of the plane: that around ink along a diagonal is larger than the plane.
    private static let largestShare = 2.0
    /// The most pixels of the plane under a strip. That of a one which fills the narrowest of pictures has fewer; what stands high in a
    /// picture that is only a few pixels wide has any number.
    private static let largestPixelCount = 32e6

    /// The lines without the rules that they stand on, from top to bottom.
    /// - Parameter count: How many lines there are at most; of more, the largest are taken.
    package func strips(of ink: Ink, atMost count: Int = .max) -> [LineStrip] {
        let ruled = ruled(ink)
        guard let plane = ruled.plane.normalized() else { return [] }
        let components = Components(of: plane)
        let width = StrokeStatistics(plane)?.width ?? ink.strokeWidth
        let finder = LineFinder(isOneLine: isOneLine)
        var lines = finder.lines(of: components, strokeWidth: width, rules: ruled.rules)
        let area = Double(plane.height) * Double(plane.width)
        lines.removeAll {
            $0.area.width > Self.longest * $0.digitHeight
                || $0.area.width * $0.area.height > Self.largestShare * area
                || LineStrip.pixelCount(under: $0) > Self.largestPixelCount
        }
        return Self.largest(lines, count: count).map {
            LineStrip($0, of: plane, components: components, strokeWidth: width)
        }
    }

    /// The largest lines, in their order.
    private static func largest(_ lines: [InkLine], count: Int) -> [InkLine] {
        guard lines.count > count else { return lines }
        func size(_ index: Int) -> Double { lines[index].digitHeight * lines[index].area.width }
        return lines.indices.sorted { (size($0), $1) > (size($1), $0) }.prefix(count).sorted().map {
            lines[$0]
        }
    }

    /// The ink without rules.
    package func withoutRules(_ ink: Ink) -> Plane { ruled(ink).plane }

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
