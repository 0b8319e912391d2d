import Figures
import Imaging

extension Image {
    /// Colours that tell lines apart, one after the other.
    private static let colors: [RGBColor] = [
        Paint.blue.color, Paint.vermilion.color, Paint.green.color, Paint.purple.color,
    ]

    /// Ink in colours on white, each piece in one; what belongs to none is pale.
    /// - Parameters:
    ///   - pieces: What was taken, 255 being full ink.
    ///   - boxes: Where each lies.
    ///   - ink: All that there was.
    init(pieces: [Image], at boxes: [PixelBox], in ink: Image) {
        let white = RGBColor(0xFFFFFF)
        let rest = RGBColor(0xC8C8C8)
        var colors = ink.pixels.map { white.mixed(with: rest, share: Double($0) / 255) }
        for (index, (piece, box)) in zip(pieces, boxes).enumerated() {
            let color = Self.colors[index % Self.colors.count]
            for row in max(0, -box.top)..<min(piece.height, ink.height - box.top) {
                for column in max(0, -box.left)..<min(piece.width, ink.width - box.left)
                where piece[row, column] > 0 {
                    colors[(row + box.top) * ink.width + column + box.left] = white.mixed(
                        with: color, share: Double(piece[row, column]) / 255)
                }
            }
        }
        self.init(
            height: ink.height, width: ink.width, channels: 3,
            pixels: colors.flatMap { [$0.red, $0.green, $0.blue] })
    }
}
