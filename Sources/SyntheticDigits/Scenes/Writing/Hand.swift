internal import Compute

/// How one number is written: by one hand, with one pen, in one go.
struct Hand {
    /// Where its digits come from.
    private enum Source {
        /// The package's own pen.
        case pen
        /// Labelled images.
        case images(SceneDigits)
        /// A printing machine.
        case print
    }
    private let source: Source
    private let handwriting: Handwriting
    /// The form of each digit, 0 to 9.
    private let forms: [PenForm]
    /// How much digits of images are pulled to the right at the top, as a share of the height, and widened.
    private let slant: Float
    private let aspect: Float
    /// How wide all its digits are beside other people's, as a factor: some people write narrow ones.
    private let narrowness: Float
    /// Half the width of the pen's ink, in heights of a digit.
    let halfWidth: Float
    /// By how much the ink of bold print is wider than it is high, to each side, in heights of a digit.
    private let boldness: Float
    var ink: Ink
    /// How much one digit's height differs from the next one's, as a factor's spread.
    let sizeSpread: Float
    /// How far digits lie above or below the baseline: a deviation, in heights of a digit.
    let wander: Float
    /// How high the line rises on its way, as a slope.
    let rise: Float
    let spacing: Spacing
    let zeros: Zeros

    /// How zeros are written behind other digits.
    struct Zeros {
        /// Their height, in those of other digits.
        let size: Float
        /// How much wider they are than other digits, as a factor.
        let width: Float
        /// Whether they hang together.
        let areJoined: Bool
    }

    /// How far digits are from each other.
    struct Spacing {
        /// Between the inks of two digits at their nearest, in heights of a digit; below 0 they overlap.
        let gap: Float
        /// How much it changes.
        let deviation: Float
    }
}

extension Hand {
    /// A hand at random.
    /// - Parameters:
    ///   - digits: Images to write with, in part of the hands.
    ///   - pens: Widths of the pen's ink, in heights of a digit.
    init(
        digits: SceneDigits?, ink: Ink, pens: ClosedRange<Float>,
        random: inout CounterBasedRandom
    ) {
        if let digits, random.nextChance(0.6) { source = .images(digits) } else { source = .pen }
        handwriting = Handwriting(
            carelessness: random.nextChance(0.4) ? random.next(1.2...2.2) : 1, random: &random)
        forms = PenForm.worldwideDigits.map { $0[random.nextChoice($0.map(\.share))] }
        slant = 0.1 + 0.18 * random.nextNearlyNormal()
        aspect = random.nextFactor(spread: 0.14)
        narrowness = random.nextChance(0.12) ? random.next(0.5...0.85) : 1
        halfWidth = random.nextProportional(pens) / 2
        boldness = 0
        self.ink = ink
        sizeSpread = random.next(0.01...0.09)
        wander = random.next(0.005...0.05)
        rise = 0.025 * random.nextNearlyNormal()
        spacing = Spacing(halfWidth: halfWidth, random: &random)
        zeros = Zeros(random: &random)
    }

    /// A printing machine's fount at random.
    init(printedWith ink: Ink, random: inout CounterBasedRandom) {
        source = .print
        handwriting = Handwriting(random: &random)
        forms = PenForm.printedDigits
        slant = random.nextChance(0.15) ? 0.2 : 0
        let isBold = random.nextChance(0.4)
        boldness = isBold ? random.next(0.02...0.1) : 0
        aspect = random.next(0.8...1.2) + 2 * boldness
        narrowness = 1
        halfWidth = random.next(isBold ? 0.12...0.22 : 0.07...0.2) / 2
        self.ink = ink
        (sizeSpread, wander, rise) = (0, 0, 0)
        spacing = Spacing(gap: random.next(0.08...0.25), deviation: 0)
        zeros = Zeros(size: 1, width: 1, areJoined: false)
    }

    /// A digit.
    func digit(_ digit: Int, random: inout CounterBasedRandom) -> Glyph {
        let glyph = glyph(of: digit, random: &random)
        return narrowness == 1 ? glyph : glyph.widened(by: narrowness)
    }

    private func glyph(of digit: Int, random: inout CounterBasedRandom) -> Glyph {
        switch source {
        case .images(let images):
            if let field = images.field(of: digit, random: &random), field.strokeWidth > 0 {
                return glyph(field)
            }
            return sign(form(of: digit, random: &random), random: &random)
        case .pen: return sign(form(of: digit, random: &random), random: &random)
        case .print: return printed(forms[digit])
        }
    }

    /// Any other sign, by the same pen.
    func sign(_ form: PenForm, random: inout CounterBasedRandom) -> Glyph {
        if case .print = source { return printed(form) }
        let paths = handwriting.varied(random: &random).write(form, random: &random)
        return Glyph(
            strokes: paths.map { path in
                path.mapped {
                    // The pen's way lies around the origin, half a height up and down.
                    PenPath.Point(place: $0.place - SIMD2(0, 0.5), radius: $0.radius * halfWidth)
                }
            })
    }

    /// A line through places, in heights of a digit, that trembles by `jitter`.
    func line(
        through places: [SIMD2<Float>], jitter: Float = 0.02,
        random: inout CounterBasedRandom
    ) -> PenPath {
        PenPath(
            through: places.map { place in
                PenPath.Point(
                    place: place + jitter * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal()),
                    radius: halfWidth * random.nextFactor(spread: 0.1))
            }, corners: [])
    }

    /// Now and then a hand writes a digit in another way than it is used to.
    private func form(of digit: Int, random: inout CounterBasedRandom) -> PenForm {
        guard random.nextChance(0.06) else { return forms[digit] }
        let others = PenForm.worldwideDigits[digit]
        return others[random.nextChoice(others.map(\.share))]
    }

    private func printed(_ form: PenForm) -> Glyph {
        // Bold strokes are several beside each other.
        let shifts = boldness > 0 ? [-boldness, 0, boldness] : [0]
        return Glyph(
            strokes: form.strokes.flatMap { stroke in
                shifts.map { shift in
                    PenPath(
                        through: stroke.poses[0].map { place in
                            PenPath.Point(
                                place: SIMD2(aspect * place.x - slant * (place.y - 1) + shift, place.y - 1),
                                radius: halfWidth)
                        }, corners: stroke.corners)
                }
            })
    }

    /// A digit of an image: upright first, then slanted as this hand does, with strokes about as wide as its pen.
    private func glyph(_ field: InkField) -> Glyph {
        var field = field
        let steps = field.stepsOfDigit
        let change = 2 * halfWidth * steps - field.strokeWidth
        // Much thinner strokes would break; much broader ones would fill the loops.
        field.broaden(by: min(max(change, -0.3 * field.strokeWidth), 0.1 * steps))
        let (low, high) = field.inkedRows
        let lean = slant - 0.6 * field.slant
        // x' = aspect · (x - lean · y'), y' = y - bottom, all divided by the steps of a digit.
        let bottom = Float(high + 1)
        let middle = SIMD2(Float(field.width) / 2, Float(low + high) / 2)
        let right = SIMD2(aspect / steps, 0)
        let down = SIMD2(-lean / steps, 1 / steps)
        let map = AffineMap(right: right, down: down, offset: .zero)
        return Glyph(
            field: field,
            map: AffineMap(
                right: right, down: down, offset: SIMD2(-map(middle).x, -bottom / steps)))
    }
}

extension Hand.Zeros {
    /// As high as other digits, or small and flat: zeros are written fast.
    fileprivate init(random: inout CounterBasedRandom) {
        let isFlat = random.nextChance(0.2)
        self.init(
            size: isFlat ? random.next(0.35...0.9) : 1, width: isFlat ? random.next(0.9...1.9) : 1,
            areJoined: random.nextChance(isFlat ? 0.4 : 0.12))
    }
}

extension Hand.Spacing {
    /// Wide, usual, narrow, touching or overlapping, at random.
    fileprivate init(halfWidth: Float, random: inout CounterBasedRandom) {
        switch random.nextChoice([2, 6, 4, 2.4, 1.2]) {
        case 0: self.init(gap: random.next(0.35...0.8), deviation: random.next(0.02...0.2))
        case 1: self.init(gap: random.next(0.1...0.35), deviation: random.next(0.02...0.12))
        case 2: self.init(gap: random.next(0.02...0.12), deviation: random.next(0.02...0.08))
        case 3: self.init(gap: -halfWidth * random.next(0.2...1.6), deviation: random.next(0.01...0.05))
        default: self.init(gap: -random.next(0.04...0.18), deviation: random.next(0.02...0.08))
        }
    }
}
