package import Imaging

/// Takes light, paper and the pen's colour out of an image: what is left is ink.
///
/// The ground is what a closing over more than a stroke's width leaves (of the negative, for light ink), smoothed; ink is what falls
/// below it, in proportion, in the channel where most does.
package struct InkFinder: Sendable {
    /// The ink's colour where it is known; nil to find it.
    package var color: InkColor?

    /// The shorter side, in pixels, of the plane in which ink is looked for: larger images are reduced to it, smaller ones enlarged.
    private static let shorterSide = 84...largestShorterSide
    /// A picture whose shorter side has more pixels is not seen more finely.
    package static let largestShorterSide = 1000
    /// The most pixels of that plane, so that a long strip needs no more memory than a page.
    private static let largestArea = 4_000_000
    /// A colour with so many times less evidence than the other, by the first window, is not looked at more closely.
    private static let farLess: Float = 4
    /// From this clarity on, ink is told from grain without doubt.
    private static let clear: Float = 12

    package init(color: InkColor? = nil) { self.color = color }

    /// Finds the ink.
    /// - Returns: nil where there is none, or nothing but grain.
    package func ink(of image: Image) -> Ink? {
        guard image.shape.count > 0 else { return nil }
        let channels = Self.scaledChannels(of: image)
        let scale = Double(channels[0].width) / Double(image.width)
        var colors = color.map { [$0] } ?? InkColor.allCases
        var best: Ink?
        // Grain, and the dots of print, are smoothed only where they hide the ink.
        for radius in 0...2 {
            let ink = ink(in: channels.map { $0.mean(radius: radius) }, of: &colors, scale: scale)
            if let ink, ink.clarity > best?.clarity ?? 0 { best = ink }
            if let best, best.clarity > Self.clear { break }
        }
        return best?.withoutSurround()
    }

    /// The channels at the plane's size, `0…1`.
    private static func scaledChannels(of image: Image) -> [Plane] {
        let shorter = Double(min(image.height, image.width))
        let wanted = min(max(shorter, Double(shorterSide.lowerBound)), Double(shorterSide.upperBound))
        let area = Double(image.height) * Double(image.width)
        let factor = min(wanted / shorter, (Double(largestArea) / area).squareRoot())
        let height = max(1, Int((Double(image.height) * factor).rounded()))
        let width = max(1, Int((Double(image.width) * factor).rounded()))
        // Of a grey picture in colours one says all.
        let channels = isGrey(image) ? 0..<1 : 0..<image.channels
        return channels.map { Plane(image, channel: $0, height: height, width: width) }
    }

    /// Whether all channels are the same.
    private static func isGrey(_ image: Image) -> Bool {
        image.pixels.withUnsafeBufferPointer { pixels in
            let channels = image.channels
            return stride(from: 0, to: pixels.count, by: channels).allSatisfy { pixel in
                (1..<channels).allSatisfy { pixels[pixel + $0] == pixels[pixel] }
            }
        }
    }

    /// How much darker than its ground each pixel is, `0…1`, of light ink how much lighter: what `ink(of:)` takes the ink from.
    package func depth(of image: Image, below ink: Ink) -> Plane {
        DarkInk.depth(
            of: Self.inDark(ink.color, Self.scaledChannels(of: image)),
            radius: DarkInk.radius(ofStrokes: ink.strokeWidth))
    }

    /// Channels in which ink of a colour is darker than its ground.
    private static func inDark(_ color: InkColor, _ channels: [Plane]) -> [Plane] {
        color == .dark ? channels : channels.map { $0.map { 1 - $0 } }
    }

    /// The ink of the more likely colour.
    /// - Parameter colors: Those that it may have; on return without one that is far less likely than the other.
    private func ink(in channels: [Plane], of colors: inout [InkColor], scale: Double) -> Ink? {
        func inks(on ground: DarkInk.Ground) -> [DarkInk] {
            colors.compactMap { color in
                DarkInk(
                    color, in: Self.inDark(color, channels), on: ground, radius: channels[0].shorterSide / 5)
            }
        }
        var found = inks(on: .most)
        if found.isEmpty { found = inks(on: .least) }
        if found.count > 1 {
            let evidence = found.map(\.evidence)
            let likelier = evidence[0] > evidence[1] ? 0 : 1
            if evidence[likelier] > Self.farLess * evidence[1 - likelier] {
                found = [found[likelier]]
                colors = [found[0].color]
            }
        }
        found = found.map(\.refined)
        // Of a single one there is nothing to choose.
        let best = found.count > 1 ? found.max { $0.evidence < $1.evidence } : found.first
        return best.map {
            Ink(
                plane: $0.plane, color: $0.color, scale: scale, strength: $0.strength, grain: $0.grain,
                strokeWidth: $0.strokes.width)
        }
    }
}
