internal import Compute

/// Puts scenes together. Every choice is drawn from one sequence of random numbers.
struct Composer {
    var random: CounterBasedRandom
    let digits: SceneDigits?
    let digitCounts: ClosedRange<Int>
    let heights: ClosedRange<Float>

    init(_ generator: SceneGenerator, _ random: CounterBasedRandom) {
        self.random = random
        digits = generator.digits
        digitCounts = generator.digitCounts
        heights = generator.heights
    }

    /// A scene of a style.
    mutating func composition(of style: SceneStyle) -> Composition {
        switch style {
        case .amount: amount()
        case .strip: strip()
        case .comb: comb()
        case .plainDigit: plainDigit()
        case .boxedDigit: boxedDigit()
        case .examCell: examCell()
        case .sudokuCell: sudokuCell()
        case .grid: grid()
        case .page: page()
        case .stylus: stylus()
        case .blackboard: blackboard()
        }
    }
}

// What styles share.
extension Composer {
    /// How many digits a number has.
    mutating func digitCount() -> Int {
        digitCounts.lowerBound + random.nextIndex(digitCounts.count)
    }

    /// The height of a digit.
    mutating func digitHeight() -> Float { random.nextProportional(heights) }

    /// A hand with a pen or a pencil.
    mutating func hand(pencils: Float = 0.25, pens: ClosedRange<Float> = 0.035...0.2) -> Hand {
        let ink = random.nextChance(pencils) ? Ink.pencil(random: &random) : Ink.pen(random: &random)
        return Hand(digits: digits, ink: ink, pens: pens, random: &random)
    }

    /// A hand, or in so many cases a printing machine.
    mutating func handOrPrint(_ printed: Float) -> Hand {
        random.nextChance(printed) ? Hand(printedWith: .print(random: &random), random: &random) : hand()
    }

    /// A numeral written along the x axis.
    mutating func write(_ numeral: Numeral, _ hand: Hand, height: Float, line: Int = 0) -> [Item] {
        LineWriter(hand: hand, height: height, line: line).write(numeral, random: &random)
    }

    /// A number of a range for each axis.
    mutating func pair(_ range: ClosedRange<Float>) -> SIMD2<Float> {
        SIMD2(random.next(range), random.next(range))
    }

    /// A digit whose middle lies near a place.
    /// - Parameter care: How far off it may be: a deviation, in heights of a digit.
    mutating func place(
        _ digit: Int, _ hand: Hand, height: Float, at middle: SIMD2<Float>, care: Float, line: Int = 0
    ) -> Item {
        let size = height * random.nextFactor(spread: hand.sizeSpread)
        let off = care * height * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
        var item = Item(
            hand.digit(digit, random: &random), at: AffineMap(scale: size), ink: hand.ink,
            digit: (digit, line))
        item.map.offset = middle + off - item.bounds.center
        return item
    }

    /// The rectangle around items.
    func bounds(of items: [Item]) -> Rectangle {
        items.reduce(into: Rectangle.nothing) { $0.include($1.bounds) }
    }
}
