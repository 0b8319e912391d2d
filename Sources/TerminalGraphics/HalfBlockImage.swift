package import Imaging

/// Grey images in a terminal.
///
/// With colour each character is the upper half block `▀`: its foreground is one pixel and its background the pixel
/// below, so pixels come out nearly square. Without colour the mean of the two pixels picks one of ten characters of
/// growing ink.
package enum HalfBlockImage {
    private static let shades = Array(" .:-=+*#%@")
    private static let reset = "\u{1B}[0m"

    /// The text rows of an image, `(height + 1) / 2` of them, each `width` characters wide.
    /// - Parameters:
    ///   - image: 0 is drawn black (blank without colour), 255 white.
    ///   - colors: What the stream shows.
    package static func lines(of image: Image, colors: TerminalStream.ColorDepth) -> [String] {
        let image = image.grey
        return stride(from: 0, to: image.height, by: 2).map { row in
            let upper = (0..<image.width).map { image[row, $0] }
            let lower =
                row + 1 < image.height
                ? (0..<image.width).map { image[row + 1, $0] } : Array(repeating: 0, count: image.width)
            return colors == .none
                ? shadedLine(upper: upper, lower: lower)
                : coloredLine(upper: upper, lower: lower, colors: colors)
        }
    }

    private static func shadedLine(upper: [UInt8], lower: [UInt8]) -> String {
        String(
            zip(upper, lower).map { pair in
                let mean = (Int(pair.0) + Int(pair.1) + 1) / 2
                // Blank is for background alone: faint ink must not vanish.
                return mean == 0 ? shades[0] : shades[1 + mean * (shades.count - 2) / 255]
            })
    }

    private static func coloredLine(
        upper: [UInt8], lower: [UInt8], colors: TerminalStream.ColorDepth
    ) -> String {
        var text = ""
        var previous = ""
        for (top, bottom) in zip(upper, lower) {
            let style =
                "\u{1B}[38;\(color(top, colors));48;\(color(bottom, colors))m"
            // Most of a digit is background: a style is written only where it changes.
            if style != previous { text += style }
            previous = style
            text += "▀"
        }
        return text + reset
    }

    private static func color(_ value: UInt8, _ colors: TerminalStream.ColorDepth) -> String {
        if colors == .trueColor { return "2;\(value);\(value);\(value)" }
        return "5;\(paletteIndex(value))"
    }

    /// The nearest grey of xterm's palette: 16 is black, 231 white, and 232…255 are 8, 18, … 238.
    package static func paletteIndex(_ value: UInt8) -> Int {
        switch value {
        case ..<4: 16
        case 247...: 231
        default: 232 + min(23, max(0, (Int(value) - 3) / 10))
        }
    }
}
