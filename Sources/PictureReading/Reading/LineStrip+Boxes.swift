import Imaging

extension LineStrip {
    /// How far a digit's ink reaches from its middle, in columns.
    private static let reach = 14.0

    /// The rectangle around each digit's ink, in the strip: what is nearer to its middle than to another's.
    /// - Parameter middles: The columns of the digits' middles, from left to right.
    package func areas(ofDigitsAt middles: [Double]) -> [Area] {
        middles.indices.map { index in
            let middle = middles[index]
            let start = index > 0 ? (middles[index - 1] + middle) / 2 : -.infinity
            let end = index + 1 < middles.count ? (middle + middles[index + 1]) / 2 : .infinity
            let columns =
                max(
                    0, Int(max(start, middle - Self.reach)))..<min(
                    plane.width, Int(min(end, middle + Self.reach).rounded(.up)))
            return area(ofInkIn: columns)
        }
    }

    /// The rectangle around the ink of some columns; all rows of them where there is none.
    private func area(ofInkIn columns: Range<Int>) -> Area {
        let part = PixelBox(
            left: columns.lowerBound, top: 0, width: columns.count, height: plane.height)
        let box = DigitImage.bounds(of: plane.cropped(to: part))
        return Area(
            top: Double(box.top), left: Double(columns.lowerBound + box.left), bottom: Double(box.bottom),
            right: Double(columns.lowerBound + box.right))
    }
}
