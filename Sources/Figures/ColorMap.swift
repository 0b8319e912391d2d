/// Colours for numbers.
package enum ColorMap {
    /// White to black, as ink on paper.
    case ink
    /// Dark blue over grey to yellow, for amounts; cividis.
    case amount
    /// Blue for negative, white for 0, orange-red for positive numbers.
    case signed
    /// White to blue, for shares that are right.
    case right
    /// White to orange-red, for shares that are wrong.
    case wrong
    /// Nearly black to light blue: `right` on a dark background, where nothing must not be brighter than much.
    case rightOnDark
    /// Nearly black to orange: `wrong` on a dark background.
    case wrongOnDark

    /// The colour for a share of the scale, 0…1.
    package func color(at share: Double) -> RGBColor {
        let stops = self.stops
        let place = min(max(share, 0), 1) * Double(stops.count - 1)
        let low = min(Int(place), stops.count - 2)
        return stops[low].mixed(with: stops[low + 1], share: place - Double(low))
    }

    /// Colours at equal distances along the scale.
    private var stops: [RGBColor] {
        switch self {
        case .ink: [RGBColor(0xFFFFFF), RGBColor(0x000000)]
        // Ten of the colours of cividis: J. R. Nuñez, C. R. Anderton, R. S. Renslow, "Optimizing colormaps with
        // consideration for color vision deficiency", 2018, doi:10.1371/journal.pone.0199239.
        case .amount:
            [
                0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55,
                0xFEE838,
            ].map(RGBColor.init)
        case .signed:
            [0x003C6B, 0x2E86C1, 0xA9D0EA, 0xFFFFFF, 0xF8C3A0, 0xD55E00, 0x7A2E00].map(RGBColor.init)
        case .right: [0xFFFFFF, 0x9CC9E5, 0x0072B2, 0x004A75].map(RGBColor.init)
        case .wrong: [0xFFFFFF, 0xF6BE94, 0xD55E00].map(RGBColor.init)
        case .rightOnDark: [0x14171A, 0x17415F, 0x2E86C1, 0x7CC4F0].map(RGBColor.init)
        case .wrongOnDark: [0x14171A, 0x8A431A, 0xF0853B].map(RGBColor.init)
        }
    }
}
