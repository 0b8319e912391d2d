internal import Compute

// Marks that a hand puts beside its numbers, on paper and in pixels.
extension Composer {
    /// A line below something, or two.
    mutating func underline(_ area: Rectangle, _ hand: Hand, height: Float) -> Item {
        let count = random.nextChance(0.2) ? 2 : 1
        let y = area.high.y + height * random.next(0.02...0.3)
        let (start, end) = (
            area.low.x - height * random.next(-0.2...0.4), area.high.x + height * random.next(-0.2...0.4)
        )
        return freehand(
            (0..<count).map { line in
                let below = y + Float(line) * height * 0.14
                return (0...3).map { SIMD2(start + (end - start) * Float($0) / 3, below) }
            }, hand, height: height, jitter: 0.03)
    }

    /// A digit or letter of the hand, and a scribble over it.
    mutating func scratchedOut(before area: Rectangle, _ hand: Hand, height: Float) -> [Item] {
        let place = SIMD2(area.low.x - height * random.next(0.7...1.1), 0)
        let glyph = hand.digit(random.nextIndex(10), random: &random)
        let map = AffineMap(scale: height, offset: place)
        let item = Item(glyph, at: map, ink: hand.ink)
        return [item, scribble(over: item.bounds, hand, height: height)]
    }

    /// A zigzag or a coil over a place.
    mutating func scribble(over area: Rectangle, _ hand: Hand, height: Float) -> Item {
        let count = 4 + random.nextIndex(8)
        let isCoil = random.nextChance(0.5)
        let places = (0..<count).map { index in
            let share = Float(index) / Float(count - 1)
            let side: Float = index % 2 == 0 ? 0.05 : 0.95
            return area.low + area.size
                * (isCoil ? SIMD2(share, side) : SIMD2(side, share)) + 0.1 * area.size
                * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
        }
        return freehand([places], hand, height: height, jitter: 0.03)
    }

    /// A ring around something.
    mutating func ring(around area: Rectangle, _ hand: Hand, height: Float) -> Item {
        let radius = (area.size / 2 + height * random.next(0.1...0.35)) * SIMD2(1.1, 1.2)
        let corners: [SIMD2<Float>] = [
            SIMD2(0.2, -1), SIMD2(-0.7, -0.7), SIMD2(-1, 0), SIMD2(-0.7, 0.7), SIMD2(0, 1), SIMD2(0.7, 0.7),
            SIMD2(1, 0), SIMD2(0.7, -0.75), SIMD2(0, -1.05),
        ]
        return freehand([corners.map { area.center + radius * $0 }], hand, height: height, jitter: 0.05)
    }

    /// Lines through places on paper, by a hand whose digits are `height` pixels high.
    mutating func freehand(_ lines: [[SIMD2<Float>]], _ hand: Hand, height: Float, jitter: Float) -> Item {
        let strokes = lines.map { places in
            hand.line(through: places.map { $0 / height }, jitter: jitter, random: &random)
        }
        return Item(Glyph(strokes: strokes), at: AffineMap(scale: height), ink: hand.ink)
    }

    /// Parts of other writing that reach into the picture from above or below, so little that none of it can be read.
    /// - Parameter margins: How much is seen above and below `area`.
    mutating func intruders(
        _ area: Rectangle, margins: (above: Float, below: Float), _ hand: Hand, height: Float
    ) -> [Item] {
        let isAbove = random.nextChance(0.5)
        let numeral = Numeral(digits: 1 + random.nextIndex(4), random: &random)
        let seen = height * random.next(0.08...0.4)
        let gap = height * random.next(0.1...0.3)
        let x = area.low.x + random.nextUniform() * area.size.x
        let y =
            isAbove
            ? area.low.y - max(gap, margins.above - seen)
            : area.high.y + height + max(gap, margins.below - seen)
        return write(numeral, hand, height: height).map { item in
            var item = item
            item.map.offset += SIMD2(x, y)
            item.digit = nil
            return item
        }
    }
}
