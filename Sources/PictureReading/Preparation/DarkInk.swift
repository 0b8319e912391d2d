import Imaging

/// Ink darker than its ground, as it looks in the channels of an image, or in their negatives where the ink is light.
struct DarkInk {
    /// Its colour in the image.
    let color: InkColor
    /// The channels, in which it is dark.
    private let channels: [Plane]
    /// How much ink there is, `0…1`.
    let plane: Plane
    /// The contrast of a whole stroke, and the grain of the ground.
    let strength: Float
    let grain: Float
    let strokes: StrokeStatistics
    private let ground: Ground

    /// Where paper is among all depths.
    struct Ground {
        /// The quantile that is taken for paper's own.
        let quantile: Double
        /// How many standard deviations of a normal grain it lies below the middle of paper; the lowest tenth lies 1.28 below.
        let deviations: Float

        /// Most of a picture is paper, so that the middle is, too.
        static let most = Ground(quantile: 0.5, deviations: 0)
        /// Where a thick pen fills the picture, a little more than a third is paper.
        static let least = Ground(quantile: 0.35, deviations: 0.39)
    }

    /// Looks for ink; nil where there is none.
    /// - Parameters:
    ///   - ground: How much of the picture is paper.
    ///   - radius: Of the window that the ground is found in: it has to be wider than the strokes.
    init?(_ color: InkColor, in channels: [Plane], on ground: Ground, radius: Int) {
        let depth = Self.depth(of: channels, radius: radius)
        let quantiles = depth.quantiles([0.1, ground.quantile])
        let grain = max(0.004, (quantiles[1] - quantiles[0]) / (1.28 - ground.deviations))
        let paper = quantiles[1] + ground.deviations * grain
        let full = depth.strokeStrength(above: paper + 3 * grain)
        guard full > paper + 5 * grain, full - paper > 0.03 else { return nil }
        let low = paper + grain
        let plane = depth.map { min(1, max(0, ($0 - low) / (full - low))) }
        guard let strokes = StrokeStatistics(plane) else { return nil }
        self.color = color
        self.channels = channels
        self.plane = plane
        strength = full - paper
        self.grain = grain
        self.strokes = strokes
        self.ground = ground
    }

    /// The same ink by a window made for its strokes, where it is found by that, too.
    var refined: DarkInk {
        DarkInk(color, in: channels, on: ground, radius: Self.radius(ofStrokes: strokes.width)) ?? self
    }

    /// How likely it is ink and not what lies between strokes, which is as strong but wider.
    var evidence: Float {
        let thin = strength * Float(strokes.count).squareRoot() / strokes.width
        return thin * (isDarkerThanMost ? 1 : 0.3)
    }

    /// Whether it is darker than the middle of all pixels by a tenth, in any channel. What is not may be plain paper beside a bright
    /// stroke, near which the smoothed ground is brighter than the paper.
    private var isDarkerThanMost: Bool {
        channels.contains { channel in
            var (mass, sum): (Float, Float) = (0, 0)
            for (share, value) in Swift.zip(plane.values, channel.values) where share >= Ink.threshold {
                mass += share
                sum += share * value
            }
            return sum < 0.9 * mass * channel.quantiles([0.5])[0]
        }
    }
}

extension DarkInk {
    /// The radius of a window that is wider than strokes.
    static func radius(ofStrokes width: Float) -> Int { max(2, Int((width * 1.5).rounded(.up))) }

    /// How far each pixel lies below its ground, as a share of the ground, in the channel where it does most.
    static func depth(of channels: [Plane], radius: Int) -> Plane {
        var deepest = depth(of: channels[0], radius: radius)
        for channel in channels.dropFirst() {
            deepest = deepest.zip(depth(of: channel, radius: radius)) { $1 > $0 ? $1 : $0 }
        }
        return deepest
    }

    private static func depth(of plane: Plane, radius: Int) -> Plane {
        // Light changes slowly: a coarse ground is enough.
        let side = max(1, min(radius / 3, plane.shorterSide / 40))
        let reach = max(1, (radius + side - 1) / side)
        let ground = plane.blockMaximum(side: side).closing(radius: reach).mean(radius: max(1, reach / 2))
            .resized(toHeight: plane.height, width: plane.width)
        return plane.zip(ground) { max(0, 1 - $0 / max($1, 0.05)) }
    }
}
