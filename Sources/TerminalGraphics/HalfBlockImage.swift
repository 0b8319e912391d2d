package import Figures
package import Imaging

/// Images in a terminal.
///
/// With colour each character is the upper half block `▀`: its foreground is one pixel and its background the pixel
/// below, so pixels come out nearly square. Without colour the mean of the two pixels picks one of ten characters of
/// growing ink.
package enum HalfBlockImage {
    private static let shades = Array(" .:-=+*#%@")
    private static let reset = "\u{1B}[0m"

    /// The text rows of an image, `(height + 1) / 2` of them, each `width` characters wide.
    /// - Parameters:
    ///   - image: 0 is drawn black (blank without colour), 255 white; three channels are red, green and blue, of which greys
    ///     remain without colour.
    ///   - colors: What the stream shows.
    package static func lines(of image: Image, colors: TerminalStream.ColorDepth) -> [String] {
        let pixels = Pixels(image.channels == 3 && colors != .none ? image : image.grey)
        let black = RGBColor(red: 0, green: 0, blue: 0)
        return stride(from: 0, to: image.height, by: 2).map { row in
            func line(_ row: Int) -> [RGBColor] {
                (0..<image.width).map { row < image.height ? pixels.colors[row * image.width + $0] : black }
            }
            return colors == .none
                ? shadedLine(upper: line(row).map(\.red), lower: line(row + 1).map(\.red))
                : coloredLine(upper: line(row), lower: line(row + 1), colors: colors)
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
        upper: [RGBColor], lower: [RGBColor], colors: TerminalStream.ColorDepth
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

    private static func color(_ color: RGBColor, _ colors: TerminalStream.ColorDepth) -> String {
        if colors == .trueColor { return "2;\(color.red);\(color.green);\(color.blue)" }
        return "5;\(paletteIndex(color))"
    }

    /// A colour of xterm's palette near to another: of greys the nearest, else the nearest of the cube of 6×6×6 colours from 16
    /// on, whose levels are 0, 95, 135, … 255.
    package static func paletteIndex(_ color: RGBColor) -> Int {
        if color.red == color.green && color.green == color.blue { return paletteIndex(color.red) }
        return 16 + 36 * paletteLevel(color.red) + 6 * paletteLevel(color.green) + paletteLevel(color.blue)
    }

    private static func paletteLevel(_ part: UInt8) -> Int {
        switch part {
        case ..<48: 0
        case ..<115: 1
        default: (Int(part) - 35) / 40
        }
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
