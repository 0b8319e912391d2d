/// A colour of the screen, each part 0…255.
public struct RGBColor: Hashable, Sendable {
    /// Red.
    public var red: UInt8
    /// Green.
    public var green: UInt8
    /// Blue.
    public var blue: UInt8

    /// Creates a colour.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// The colour whose parts are the three bytes of `code`, such as `0xD55E00`.
    package init(_ code: UInt32) {
        self.init(red: UInt8(code >> 16 & 255), green: UInt8(code >> 8 & 255), blue: UInt8(code & 255))
    }

    /// The colour between this one (`share` 0) and `other` (`share` 1).
    package func mixed(with other: RGBColor, share: Double) -> RGBColor {
        func between(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8((Double(a) + (Double(b) - Double(a)) * min(max(share, 0), 1)).rounded())
        }
        return RGBColor(
            red: between(red, other.red), green: between(green, other.green), blue: between(blue, other.blue))
    }

    /// How bright the colour is, 0…1: relative luminance of WCAG 2.2.
    package var luminance: Double {
        // An approximation of sRGB's curve whose error does not matter for choosing between black and white.
        func linear(_ part: UInt8) -> Double {
            let share = Double(part) / 255
            return share * share * (0.8 * share + 0.2)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Black or white, whichever is easier to read on the colour.
    fileprivate var textColor: RGBColor {
        // Equal contrast with both lies where (L + 0.05)² = 1.05 · 0.05.
        luminance > 0.179 ? RGBColor(0x000000) : RGBColor(0xFFFFFF)
    }
}

/// What something is drawn with: a role, whose colour a page may choose, or a colour that means a value.
public enum Paint: Hashable, Sendable {
    /// Texts and axes.
    case ink
    /// Texts of less weight.
    case muted
    /// Lines in the background.
    case grid
    /// The background.
    case paper
    /// First series: training, what is right.
    case blue
    /// Second series: validation, what is wrong.
    case vermilion
    /// Third series.
    case green
    /// Fourth series.
    case purple
    /// A colour that stays the same on every page.
    case color(RGBColor)
    /// A colour that means a value: one on a light background and another on a dark one.
    case scheme(light: RGBColor, dark: RGBColor)

    /// The colour on a light background. The series are those of M. Okabe and K. Ito, "Color Universal Design", 2008,
    /// which people with any of the common kinds of colour blindness can tell apart.
    package var color: RGBColor {
        switch self {
        case .ink: RGBColor(0x1A1A1A)
        case .muted: RGBColor(0x595959)
        case .grid: RGBColor(0xD4D4D4)
        case .paper: RGBColor(0xFFFFFF)
        case .blue: RGBColor(0x0072B2)
        case .vermilion: RGBColor(0xD55E00)
        case .green: RGBColor(0x009E73)
        case .purple: RGBColor(0xCC79A7)
        case .color(let color), .scheme(let color, _): color
        }
    }

    /// The name of the CSS custom property that a page may set; `nil` for a colour that stays.
    var property: String? {
        switch self {
        case .ink: "--figure-ink"
        case .muted: "--figure-muted"
        case .grid: "--figure-grid"
        case .paper: "--figure-paper"
        case .blue: "--figure-blue"
        case .vermilion: "--figure-vermilion"
        case .green: "--figure-green"
        case .purple: "--figure-purple"
        case .color, .scheme: nil
        }
    }

    /// Black or white, whichever is easier to read on `color`.
    package static func text(on color: RGBColor) -> Paint { .color(color.textColor) }

    /// The same on a colour for each scheme.
    package static func text(onLight light: RGBColor, dark: RGBColor) -> Paint {
        .scheme(light: light.textColor, dark: dark.textColor)
    }
}
