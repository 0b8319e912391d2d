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
    /// From this clarity on, ink is told from grain without doubt.
    private static let clear: Float = 12

    package init(color: InkColor? = nil) { self.color = color }

    /// Finds the ink.
    /// - Returns: nil where there is none, or nothing but grain.
    package func ink(of image: Image) -> Ink? {
        guard image.shape.count > 0 else { return nil }
        let planes = Self.scaledPlanes(of: image)
        let scale = Double(planes[0].width) / Double(image.width)
        var best: Ink?
        // Grain, and the dots of print, are smoothed only where they hide the ink.
        for radius in 0...2 {
            let ink = ink(on: planes.map { $0.mean(radius: radius) }, scale: scale)
            if let ink, ink.clarity > best?.clarity ?? 0 { best = ink }
            if let best, best.clarity > Self.clear { return best }
        }
        return best
    }

    /// The channels at the plane's size, `0…1`.
    private static func scaledPlanes(of image: Image) -> [Plane] {
        let shorter = Double(min(image.height, image.width))
        let wanted = min(max(shorter, Double(shorterSide.lowerBound)), Double(shorterSide.upperBound))
        let area = Double(image.height) * Double(image.width)
        let factor = min(wanted / shorter, (Double(largestArea) / area).squareRoot())
        let height = max(1, Int((Double(image.height) * factor).rounded()))
        let width = max(1, Int((Double(image.width) * factor).rounded()))
        return (0..<image.channels).map { Plane(image, channel: $0, height: height, width: width) }
    }

    /// How much darker than its ground each pixel is, `0…1`, of light ink how much lighter: what `ink(of:)` takes the ink from.
    package func depth(of image: Image, below ink: Ink) -> Plane {
        let planes = Self.scaledPlanes(of: image)
        return Self.depth(
            of: ink.color == .dark ? planes : planes.map { $0.map { 1 - $0 } },
            radius: Self.radius(ofStrokes: ink.strokeWidth))
    }

    /// The ink of the more likely colour.
    private func ink(on planes: [Plane], scale: Double) -> Ink? {
        let colors = color.map { [$0] } ?? InkColor.allCases
        let found = colors.compactMap { color in
            // Light ink on dark ground is dark ink of the negative.
            let planes = color == .dark ? planes : planes.map { $0.map { 1 - $0 } }
            return Self.darkInk(on: planes).map { (found: $0, planes: planes, color: color) }
        }
        // Of a single one there is nothing to choose.
        let evidence = found.count > 1 ? found.map { $0.found.evidence(on: $0.planes) } : [0]
        guard let index = found.indices.max(by: { evidence[$0] < evidence[$1] }) else { return nil }
        let (best, color) = (found[index].found, found[index].color)
        return Ink(
            plane: best.plane, color: color, scale: scale, strength: best.strength, grain: best.grain,
            strokeWidth: best.strokes.width)
    }

    /// Ink darker than its ground.
    private struct DarkInk {
        let plane: Plane
        let strength: Float
        let grain: Float
        let strokes: StrokeStatistics

        /// How likely it is ink and not what lies between strokes, which is as strong but wider.
        func evidence(on planes: [Plane]) -> Float {
            let strokes = strength * Float(strokes.count).squareRoot() / strokes.width
            return strokes * (isDarkerThanMost(of: planes) ? 1 : 0.3)
        }

        /// Whether it is darker than the middle of all pixels by a tenth, in any channel. What is not may be plain paper beside a
        /// bright stroke, near which the smoothed ground is brighter than the paper.
        private func isDarkerThanMost(of planes: [Plane]) -> Bool {
            planes.contains { channel in
                var (mass, sum): (Float, Float) = (0, 0)
                for (share, value) in Swift.zip(plane.values, channel.values) where share >= Ink.threshold {
                    mass += share
                    sum += share * value
                }
                return sum < 0.9 * mass * channel.quantiles([0.5])[0]
            }
        }
    }

    private static func darkInk(on planes: [Plane]) -> DarkInk? {
        var found: DarkInk?
        // The window has to be wider than the strokes, whose width is known only when they are found.
        for _ in 0..<2 {
            let radius =
                found.map { Self.radius(ofStrokes: $0.strokes.width) } ?? planes[0].shorterSide / 5
            let depth = depth(of: planes, radius: radius)
            // Most of a picture is paper. Its lower decile is 1.28 standard deviations of its grain from the middle.
            let quantiles = depth.quantiles([0.1, 0.5])
            let paper = quantiles[1]
            let grain = max(0.004, (paper - quantiles[0]) / 1.28)
            let full = depth.strokeStrength(above: paper + 3 * grain)
            guard full > paper + 5 * grain, full - paper > 0.03 else { return found }
            let low = paper + grain
            let plane = depth.map { min(1, max(0, ($0 - low) / (full - low))) }
            guard let strokes = StrokeStatistics(plane) else { return found }
            found = DarkInk(plane: plane, strength: full - paper, grain: grain, strokes: strokes)
        }
        return found
    }

    /// The radius of a window that is wider than strokes.
    private static func radius(ofStrokes width: Float) -> Int { max(2, Int((width * 1.5).rounded(.up))) }

    /// How far each pixel lies below its ground, as a share of the ground, in the channel where it does most.
    private static func depth(of planes: [Plane], radius: Int) -> Plane {
        var deepest = depth(of: planes[0], radius: radius)
        for plane in planes.dropFirst() {
            deepest = deepest.zip(depth(of: plane, radius: radius)) { $1 > $0 ? $1 : $0 }
        }
        return deepest
    }

    private static func depth(of plane: Plane, radius: Int) -> Plane {
        // Light changes slowly: a coarse ground is enough.
        let side = max(1, min(radius / 3, plane.shorterSide / 48))
        let reach = max(1, (radius + side - 1) / side)
        let ground = plane.blockMaximum(side: side).closing(radius: reach).mean(radius: max(1, reach / 2))
            .resized(toHeight: plane.height, width: plane.width)
        return plane.zip(ground) { max(0, 1 - $0 / max($1, 0.05)) }
    }
}
