import Figures
package import Imaging

extension Image {
    /// Colours that tell lines apart, one after the other.
    private static let colors: [RGBColor] = [
        Paint.blue.color, Paint.vermilion.color, Paint.green.color, Paint.purple.color,
    ]

    /// Ink in colours on white, each piece in one; what belongs to none is pale.
    /// - Parameters:
    ///   - pieces: What was taken, 255 being full ink.
    ///   - boxes: Where each lies; what is outside of the ink is left out.
    ///   - ink: All that there was.
    package init(pieces: [Image], at boxes: [PixelBox], in ink: Image) {
        let white = RGBColor(0xFFFFFF)
        let rest = RGBColor(0xC8C8C8)
        var colors = ink.pixels.map { white.mixed(with: rest, share: Double($0) / 255) }
        for (index, (piece, box)) in zip(pieces, boxes).enumerated() {
            let color = Self.colors[index % Self.colors.count]
            for row in 0..<piece.height where 0..<ink.height ~= row + box.top {
                for column in 0..<piece.width
                where 0..<ink.width ~= column + box.left && piece[row, column] > 0 {
                    colors[(row + box.top) * ink.width + column + box.left] = white.mixed(
                        with: color, share: Double(piece[row, column]) / 255)
                }
            }
        }
        self.init(Pixels(width: ink.width, height: ink.height, colors: colors))
    }
}
