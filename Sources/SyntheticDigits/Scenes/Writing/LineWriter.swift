internal import Compute

/// Writes a numeral from left to right, from the origin of the paper on: sign after sign, each as near to those before it as the
/// hand's spacing has it.
struct LineWriter {
    let hand: Hand
    /// The height of a digit, in pixels.
    let height: Float
    /// The number of the line.
    let line: Int

    /// Signs overlap no further than this, in heights of a digit, however well their shapes fit into each other.
    private static let nesting: Float = 0.3
    /// The smallest zero, in heights of a digit.
    private static let smallest: Float = 0.35

    /// What was written, its baseline along y = 0.
    func write(_ numeral: Numeral, random: inout CounterBasedRandom) -> [Item] {
        var items: [Item] = []
        var written = Profile()
        var space: Float = 0
        for part in numeral.parts {
            if case .space(let width) = part.sign {
                space += width
                continue
            }
            var (glyph, digit) = sign(part.sign, random: &random)
            var size = part.size * random.nextFactor(spread: hand.sizeSpread)
            if digit == 0, !items.isEmpty, hand.zeros.size < 1 {
                glyph = glyph.widened(by: hand.zeros.width)
                size = min(size, max(Self.smallest, size * hand.zeros.size))
            }
            // The line rises evenly; each sign lies a little off it.
            let lift = hand.wander * random.nextNearlyNormal() - part.rise
            let profile = Profile(
                glyph.outline.map {
                    PenPath.Point(place: size * $0.place + SIMD2(0, lift), radius: size * $0.radius)
                })
            var x = -profile.start
            if !items.isEmpty {
                let gap = hand.spacing.gap + hand.spacing.deviation * random.nextNearlyNormal() + space
                x = max(written.meeting(profile) + gap, written.end - Self.nesting - profile.start + space)
            }
            written.add(profile, movedBy: x)
            space = 0
            let place = height * SIMD2(x, lift - hand.rise * x)
            items.append(
                Item(
                    glyph, at: AffineMap(scale: height * size, offset: place), ink: hand.ink,
                    digit: digit.map { ($0, line) }))
        }
        if hand.zeros.areJoined { joinZeros(&items, random: &random) }
        return items
    }

    /// A digit, a mark or a letter, and which digit it is.
    private func sign(_ sign: Numeral.Sign, random: inout CounterBasedRandom) -> (Glyph, digit: Int?) {
        switch sign {
        case .digit(let digit): (hand.digit(digit, random: &random), digit)
        case .mark(let mark): (hand.sign(mark.form, random: &random), nil)
        case .letter(let form): (hand.sign(form, random: &random), nil)
        case .space: (Glyph(strokes: []), nil)
        }
    }

    /// Lets the pen go from each zero to the next one without leaving the paper. Each zero gets half of the way.
    private func joinZeros(_ items: inout [Item], random: inout CounterBasedRandom) {
        for index in items.indices.dropLast() where items[index].digit?.value == 0 {
            guard items[index + 1].digit?.value == 0,
                let start = items[index].glyph.strokes.last?.points.last,
                let end = items[index + 1].glyph.strokes.first?.points.first
            else { continue }
            let (from, to) = (items[index].map, items[index + 1].map)
            let (a, b) = (from(start.place), to(end.place))
            let middle = (a + b) / 2 + SIMD2(0, height * random.next(0...0.12))
            items[index].append(hand.line(through: [start.place, from.inverse(middle)], random: &random))
            items[index + 1].append(hand.line(through: [to.inverse(middle), end.place], random: &random))
        }
    }
}

extension Item {
    /// Adds a stroke, in the glyph's own heights of a digit.
    fileprivate mutating func append(_ path: PenPath) {
        glyph = Glyph(strokes: glyph.strokes + [path])
    }
}
