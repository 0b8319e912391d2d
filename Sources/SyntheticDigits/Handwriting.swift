internal import Compute

/// How one digit is written: everything that differs from hand to hand and from time to time.
///
/// Lengths are in heights of a digit.
struct Handwriting {
    /// How much hands differ: standard deviations. They were chosen by looking at images beside MNIST's first 55,000
    /// training images, and by the ink, widths and slants of those.
    private enum Spread {
        /// How far a blend may go beyond its two poses, as a share of the way between them.
        static let pose: Float = 0.25
        /// Of the points inside a stroke, and of its ends.
        static let point: Float = 0.022
        static let end: Float = 0.03
        /// Of a stroke as a whole.
        static let stroke: Float = 0.022
        /// Of the digit's width, as a factor.
        static let width: Float = 0.24
        /// Of the middle's height.
        static let middle: Float = 0.05
        /// Of the width's change from top to bottom.
        static let taper: Float = 0.22
        /// Of the way to the side for a way up.
        static let slant: Float = 0.26
        /// Of the tangent of half the turn.
        static let turn: Float = 0.06
        /// Of the elastic field.
        static let elastic: Float = 0.06
        /// Of the pen's width, as a factor, along the way and by direction.
        static let pressure: Float = 0.10
        static let nib: Float = 0.12
    }
    /// Most people lean their digits to the right.
    private static let meanSlant: Float = 0.11

    private var width: Float
    private var middle: Float
    private var taper: Float
    private var slant: Float
    /// Cosine and sine of the turn.
    private var turn: SIMD2<Float>
    private var field: SmoothField
    /// Twice the angle of the nib's broad side as a unit vector, times how much broader it is.
    private var nib: SIMD2<Float>
    /// By how much more its digits differ from their forms than those of MNIST's writers do, as a factor.
    private let carelessness: Float

    /// Draws a hand at random.
    /// - Parameter carelessness: By how much more its digits differ from their forms than those of MNIST's writers do, as a factor.
    init(carelessness: Float = 1, random: inout CounterBasedRandom) {
        self.carelessness = carelessness
        width = random.nextFactor(spread: Spread.width)
        middle = Spread.middle * random.nextNearlyNormal()
        taper = Spread.taper * random.nextNearlyNormal()
        slant = Self.meanSlant + Spread.slant * random.nextNearlyNormal()
        turn = Self.rotation(halfTangent: Spread.turn * random.nextNearlyNormal())
        field = SmoothField(deviation: carelessness * Spread.elastic, random: &random)
        let broadness = Spread.nib * random.nextNearlyNormal()
        nib = broadness * Self.rotation(halfTangent: 4 * random.nextUniform() - 2)
    }

    /// Cosine and sine of an angle from the tangent of its half.
    static func rotation(halfTangent t: Float) -> SIMD2<Float> {
        SIMD2(1 - t * t, 2 * t) / (1 + t * t)
    }
}

extension Handwriting {
    /// How much one hand differs from time to time, in relation to how much hands differ from each other.
    private static let constancy: Float = 0.3

    /// The same hand another time: a little wider or more upright, and with other wobbles.
    func varied(random: inout CounterBasedRandom) -> Handwriting {
        var hand = self
        hand.width *= random.nextFactor(spread: Self.constancy * Spread.width)
        hand.middle += Self.constancy * Spread.middle * random.nextNearlyNormal()
        hand.taper += Self.constancy * Spread.taper * random.nextNearlyNormal()
        hand.slant += Self.constancy * Spread.slant * random.nextNearlyNormal()
        hand.field = SmoothField(deviation: carelessness * Spread.elastic / 2, random: &random)
        return hand
    }

    /// Writes a form: the pen's ways, with a pen of radius 1 that is pressed more or less.
    func write(_ form: PenForm, random: inout CounterBasedRandom) -> [PenPath] {
        let poses = (random.nextIndex(form.poseCount), random.nextIndex(form.poseCount))
        let blend = random.nextUniform() * (1 + 2 * Spread.pose) - Spread.pose
        return form.strokes.map { stroke in
            let offset =
                carelessness * Spread.stroke * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
            let (first, second) = (stroke.poses[poses.0], stroke.poses[poses.1])
            let last = first.count - 1
            let controls = first.indices.map { index in
                let isEnd = index == 0 || index == last
                let jitter =
                    carelessness * (isEnd ? Spread.end : Spread.point)
                    * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
                let place = first[index] + blend * (second[index] - first[index]) + offset + jitter
                return PenPath.Point(
                    place: deformed(place), radius: random.nextFactor(spread: Spread.pressure))
            }
            var path = PenPath(through: controls, corners: stroke.corners)
            turnNib(along: &path)
            return path
        }
    }

    /// Where a place of the form comes to lie in this hand.
    private func deformed(_ place: SIMD2<Float>) -> SIMD2<Float> {
        var (x, y) = (place.x - 0.4, place.y - 0.5)
        // The middle moves up or down, the ends stay.
        y += middle * (1 - 4 * y * y)
        x *= width * (1 + taper * y)
        let moved = SIMD2(x, y) + field.displacement(at: SIMD2(x + 0.5, y + 0.5))
        x = moved.x - slant * moved.y
        y = moved.y
        return SIMD2(turn.x * x - turn.y * y, turn.y * x + turn.x * y)
    }

    /// Makes the ink broader or narrower where the pen goes along or across the nib: `1 + nib · (cos 2a, sin 2a)` for
    /// the direction a.
    private func turnNib(along path: inout PenPath) {
        let last = path.points.count - 1
        for index in path.points.indices {
            let way = path.points[min(index + 1, last)].place - path.points[max(index - 1, 0)].place
            let square = way.x * way.x + way.y * way.y
            guard square > 0 else { continue }
            let double = SIMD2(way.x * way.x - way.y * way.y, 2 * way.x * way.y) / square
            path.points[index].radius *= 1 + nib.x * double.x + nib.y * double.y
        }
    }
}
