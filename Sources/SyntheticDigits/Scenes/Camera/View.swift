internal import Compute

/// From where paper is seen: where each of its places appears in the image. Paper may be turned, seen from aside, and bent.
struct View {
    /// The place of paper that is looked at.
    private let center: SIMD2<Float>
    private let turn: AffineMap
    /// How fast paper recedes, by direction, for a pixel.
    private let tilt: SIMD2<Float>
    private let bend: (field: SmoothField, size: Float)?
    /// Where `center` appears.
    var middle = SIMD2<Float>.zero

    /// What a view does.
    struct Distortion {
        /// The tangent of half the turn: a deviation.
        var turn: Float = 0
        /// The growth from one edge of the content to the other: a deviation.
        var tilt: Float = 0
        /// How far places are off: a deviation, as a share of the content's size.
        var bend: Float = 0
        /// Stretching of one direction and slanting: a deviation.
        var shear: Float = 0
    }

    /// Straight from above: places of the paper are pixels of the image.
    init() {
        center = .zero
        turn = AffineMap()
        tilt = .zero
        bend = nil
    }

    /// A view at random of paper with content in a rectangle.
    init(of content: Rectangle, _ distortion: Distortion, random: inout CounterBasedRandom) {
        center = content.center
        let size = max(content.size.max(), 1)
        let direction = Handwriting.rotation(halfTangent: distortion.turn * random.nextNearlyNormal())
        let shear = distortion.shear * random.nextNearlyNormal()
        let stretch = random.nextFactor(spread: distortion.shear)
        turn = AffineMap(
            right: direction,
            down: stretch * SIMD2(-direction.y + shear * direction.x, direction.x + shear * direction.y),
            offset: .zero)
        tilt = distortion.tilt / size * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
        bend =
            distortion.bend > 0
            ? (SmoothField(deviation: distortion.bend, random: &random), size * 1.3) : nil
    }

    /// Where a place of the paper appears.
    func callAsFunction(_ place: SIMD2<Float>) -> SIMD2<Float> {
        var seen = turn(place - center)
        if let (field, size) = bend { seen += size * field.displacement(at: seen / size + 0.5) }
        let distance = 1 + tilt.x * seen.x + tilt.y * seen.y
        return seen / max(distance, 0.4) + middle
    }

    /// The map that is nearly this view around a place.
    func map(around place: SIMD2<Float>) -> AffineMap {
        let origin = self(place)
        let (right, down) = (self(place + SIMD2(1, 0)) - origin, self(place + SIMD2(0, 1)) - origin)
        return AffineMap(right: right, down: down, offset: origin - place.x * right - place.y * down)
    }
}
