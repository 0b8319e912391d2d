package import Imaging

/// What of an image is ink.
package struct Ink: Sendable {
    /// How much ink there is, `0…1`, 1 being a whole stroke's.
    package let plane: Plane
    /// Whether it is darker than its ground.
    package let color: InkColor
    /// Pixels of the plane for one of the image.
    package let scale: Double
    /// The contrast of a whole stroke to its ground, `0…1`, before it became 1.
    package let strength: Float
    /// The same of the ground's grain.
    package let grain: Float
    /// The width of strokes in the plane's pixels.
    package let strokeWidth: Float

    /// How far strokes stand out of the grain.
    var clarity: Float { strength / grain }

    /// From this on a number of the plane counts as ink.
    package static let threshold: Float = 0.35
}

/// Takes light, paper and the pen's colour out of an image: what is left is ink.
///
/// The ground is what a closing over more than a stroke's width leaves (an opening for light ink), smoothed; ink is what falls
/// below it, in proportion, in the channel where most does.
package struct InkFinder: Sendable {
    /// The shorter side of the plane in which ink is looked for: larger images are reduced to it, smaller ones enlarged.
    package var shorterSide = 84...1000
    /// The ink's colour where it is known.
    package var color: InkColor?

    package init(color: InkColor? = nil) { self.color = color }

    /// Finds the ink.
    /// - Returns: nil where there is none, or nothing but grain.
    package func ink(of image: Image) -> Ink? {
        let planes = scaledPlanes(of: image)
        var best: Ink?
        // Grain, and the dots of print, are smoothed only where they hide the ink.
        for radius in 0...2 {
            let ink = ink(on: planes.map { $0.mean(radius: radius) }, scale: Double(planes[0].width) / Double(image.width))
            if let ink, ink.clarity > best?.clarity ?? 0 { best = ink }
            if let best, best.clarity > Self.clear { return best }
        }
        return best
    }

    /// From this on ink is told from grain without doubt.
    private static let clear: Float = 12

    private func ink(on planes: [Plane], scale: Double) -> Ink? {
        let colors: [InkColor] = color.map { [$0] } ?? [.dark, .light]
        let found = colors.compactMap { color -> (ink: Ink, evidence: Float)? in
            let grounds = color == .dark ? planes : planes.map { $0.map { 1 - $0 } }
            return Self.ink(on: grounds, color: color, scale: scale)
        }
        return found.max { $0.evidence < $1.evidence }?.ink
    }

    /// The channels at the plane's size, `0…1`.
    private func scaledPlanes(of image: Image) -> [Plane] {
        let shorter = min(image.height, image.width)
        let factor = Double(min(max(shorter, shorterSide.lowerBound), shorterSide.upperBound)) / Double(shorter)
        let height = max(1, Int((Double(image.height) * factor).rounded()))
        let width = max(1, Int((Double(image.width) * factor).rounded()))
        let channels = Plane.channels(of: image)
        return channels.map { $0.resized(toHeight: height, width: width) }
    }

    /// - Parameter grounds: The channels, light being the ground.
    private static func ink(on grounds: [Plane], color: InkColor, scale: Double) -> (Ink, evidence: Float)? {
        var width: Float?
        var found: (ink: Ink, evidence: Float)?
        // The window has to be wider than the strokes, whose width is known only when they are found.
        for _ in 0..<2 {
            let radius = width.map { max(2, Int(($0 * 1.5).rounded(.up))) } ?? grounds[0].shorterSide / 5
            var depth = Self.depth(of: grounds[0], radius: radius)
            for ground in grounds.dropFirst() { depth = depth.zip(Self.depth(of: ground, radius: radius)) { max($0, $1) } }
            let paper = depth.quantile(0.5)
            let grain = max(0.004, (paper - depth.quantile(0.1)) / 1.28)
            let cut = Self.split(depth, above: paper + 3 * grain)
            guard cut.strength > paper + 5 * grain, cut.strength - paper > 0.03 else { return found }
            let (low, high) = (paper + grain, cut.strength)
            let plane = depth.map { min(1, max(0, ($0 - low) / (high - low))) }
            guard let strokes = StrokeStatistics(plane) else { return found }
            found = (
                Ink(
                    plane: plane, color: color, scale: scale, strength: high - paper, grain: grain,
                    strokeWidth: strokes.width),
                // What is between the strokes is as strong, but wider.
                evidence: (high - paper) * Float(strokes.count).squareRoot() / strokes.width
            )
            width = strokes.width
        }
        return found
    }

    /// How far each pixel lies below the ground, as a share of it.
    private static func depth(of plane: Plane, radius: Int) -> Plane {
        // Light changes slowly: a coarse ground is enough.
        let factor = max(1, min(radius / 3, plane.shorterSide / 48))
        let coarse = plane.reduced(by: factor, largest: true)
        let reach = max(1, (radius + factor - 1) / factor)
        let ground = coarse.maximum(radius: reach).minimum(radius: reach).mean(radius: max(1, reach / 2))
            .resized(toHeight: plane.height, width: plane.width)
        return plane.zip(ground) { max(0, 1 - $0 / max($1, 0.05)) }
    }

    /// Ink of which something was taken away, so that a whole stroke of the rest has 1; nil where nothing is left.
    static func normalized(_ plane: Plane) -> Plane? {
        let strength = split(plane, above: 0.08).strength
        return strength > 0 ? plane.map { min(1, $0 / strength) } : nil
    }

    /// Parts a depth's numbers into grain and ink by Otsu's rule.
    /// - Returns: What a whole stroke has: the middle of what is ink.
    private static func split(_ depth: Plane, above floor: Float) -> (threshold: Float, strength: Float) {
        var histogram = [Int](repeating: 0, count: 256)
        for value in depth.values where value > floor { histogram[min(255, Int(value * 256))] += 1 }
        let total = histogram.reduce(0, +)
        guard total > 0 else { return (1, 0) }
        let sum = histogram.enumerated().reduce(0) { $0 + $1.offset * $1.element }
        var (best, threshold, below, belowSum) = (-1.0, 0, 0, 0)
        for level in 0..<255 {
            below += histogram[level]
            belowSum += level * histogram[level]
            guard below > 0, below < total else { continue }
            let difference =
                Double(belowSum) / Double(below) - Double(sum - belowSum) / Double(total - below)
            let between = Double(below) * Double(total - below) * difference * difference
            if between > best { (best, threshold) = (between, level) }
        }
        var left = histogram[(threshold + 1)...].reduce(0, +) / 2
        var level = threshold + 1
        while level < 255, left > histogram[level] {
            left -= histogram[level]
            level += 1
        }
        return (Float(threshold + 1) / 256, (Float(level) + 0.5) / 256)
    }
}

/// How much of a plane is strokes, and how wide they are.
package struct StrokeStatistics: Sendable {
    /// Pixels of ink.
    package let count: Int
    /// The middle width, in pixels.
    package let width: Float

    /// Measures the ink's runs in both directions; nil where there is none.
    package init?(_ plane: Plane) {
        var widths = [Int](repeating: 0, count: 256)
        var count = 0
        let (height, width) = (plane.height, plane.width)
        // Of each pixel the shorter of its two runs.
        var vertical = [Int32](repeating: 0, count: height * width)
        for column in 0..<width {
            var start = 0
            for row in 0...height {
                let isInk = row < height && plane.values[row * width + column] >= Ink.threshold
                if !isInk {
                    for inside in start..<row { vertical[inside * width + column] = Int32(row - start) }
                    start = row + 1
                }
            }
        }
        for row in 0..<height {
            var start = 0
            for column in 0...width {
                let isInk = column < width && plane.values[row * width + column] >= Ink.threshold
                if !isInk {
                    for inside in start..<column {
                        widths[min(255, min(column - start, Int(vertical[row * width + inside])))] += 1
                        count += 1
                    }
                    start = column + 1
                }
            }
        }
        guard count > 0 else { return nil }
        var left = count / 2
        var middle = 0
        while left >= widths[middle] {
            left -= widths[middle]
            middle += 1
        }
        self.count = count
        self.width = Float(middle)
    }
}

extension Plane {
    /// The channels of an image, `0…1`; of one without colour a single one.
    package static func channels(of image: Image) -> [Plane] {
        (0..<image.channels).map { channel in
            Plane(
                height: image.height, width: image.width,
                values: [Float](unsafeUninitializedCapacity: image.height * image.width) { buffer, count in
                    count = image.height * image.width
                    image.pixels.withUnsafeBufferPointer { pixels in
                        for pixel in 0..<count {
                            buffer.initializeElement(
                                at: pixel, to: Float(pixels[pixel * image.channels + channel]) / 255)
                        }
                    }
                })
        }
    }
}
