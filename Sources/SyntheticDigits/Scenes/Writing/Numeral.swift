internal import Compute

/// What is written on one line: digits, and what stands among them.
struct Numeral {
    /// One sign, its size and how far it is raised, both in heights of a digit.
    struct Part {
        var sign: Sign
        var size: Float = 1
        var rise: Float = 0
    }
    enum Sign {
        case digit(Int)
        case mark(Mark)
        case letter(PenForm)
        /// Room, in heights of a digit.
        case space(Float)
    }

    var parts: [Part]

    /// These signs.
    init(_ parts: [Part] = []) {
        self.parts = parts
    }

    /// Nothing but digits: as many as `count`, in groups here and there.
    init(digits count: Int, random: inout CounterBasedRandom) {
        self.init()
        let groups = random.nextChance(0.12) ? 2 + random.nextIndex(3) : 0
        for (index, digit) in Self.digits(count, random: &random).enumerated() {
            if groups > 0, index > 0, (count - index) % groups == 0 { append(.space(random.next(0.2...0.8))) }
            append(.digit(digit))
        }
    }

    /// An amount of money: separators, decimals, currencies, and marks in front and behind that keep others from adding
    /// digits.
    init(amountOf count: Int, random: inout CounterBasedRandom) {
        self.init()
        let decimals = count > 2 && random.nextChance(0.35) ? 2 : 0
        let digits = Self.digits(count, random: &random)
        let separators: [Sign?] = [
            .mark(.fullStop), .mark(.comma), .mark(.apostrophe), .space(0.3), nil, .mark(.dash),
        ]
        let separator = separators[random.nextChoice([4, 3, 1, 1.5, 3, 0.5])]
        for sign in Self.fronts[random.nextChoice([5, 1.5, 1.5, 1, 0.8, 0.7, 0.6, 0.2])] { append(sign) }
        let raisesDecimals = random.nextChance(0.3)
        for (index, digit) in digits.enumerated() {
            let left = count - decimals - index
            if left > 0, index > 0, left % 3 == 0, let separator {
                append(separator, size: random.next(0.6...1.2))
            }
            if left == 0, index > 0 {
                append(raisesDecimals ? .space(0.1) : .mark(random.nextChance(0.5) ? .comma : .fullStop))
            }
            let isRaised = left <= 0 && raisesDecimals
            parts.append(Part(sign: .digit(digit), size: isRaised ? 0.65 : 1, rise: isRaised ? 0.4 : 0))
        }
        if decimals == 0, random.nextChance(0.2) {
            append(.mark(random.nextChance(0.5) ? .fullStop : .comma))
        }
        // Marks behind are often smaller than digits, and raised.
        let end = random.nextChoice([4, 2, 1.2, 1, 1, 0.6, 0.6, 0.6, 0.4, 0.4])
        let size = random.next(Self.slashes.contains(end) ? 0.35...0.6 : 0.35...1.1)
        let rise = (1 - size) * random.next(0...0.8)
        for sign in Self.ends[end] { append(sign, size: size, rise: rise) }
    }

    private static let fronts: [[Sign]] = [
        [], [.mark(.dollar)], [.mark(.hash)], [.mark(.equals)], [.mark(.asterisk), .mark(.asterisk)],
        [.mark(.euro), .space(0.2)], [.mark(.dash)], [.mark(.plus)],
    ]
    private static let ends: [[Sign]] = [
        [], [.mark(.dash)], [.mark(.equals)], [.mark(.longDash)], [.mark(.dash), .mark(.dash)],
        [.mark(.hash)],
        [.mark(.asterisk), .mark(.asterisk)], [.mark(.doubleSlash)], [.mark(.slash)], [.mark(.wave)],
    ]
    /// Those that would be ones if they were as high as digits.
    private static let slashes = 7...8

    mutating func append(_ sign: Sign, size: Float = 1, rise: Float = 0) {
        parts.append(Part(sign: sign, size: size, rise: rise))
    }

    /// Puts a few letters, such as a unit or a name, in front or behind.
    mutating func addWord(random: inout CounterBasedRandom) {
        let size = random.next(0.6...1)
        var word = (0..<2 + random.nextIndex(3)).map { _ in
            Part(sign: .letter(PenForm.letters[random.nextIndex(PenForm.letters.count)]), size: size)
        }
        let space = Part(sign: .space(random.next(0.3...0.9)))
        if random.nextChance(0.5) {
            word.append(space)
            parts = word + parts
        } else {
            parts += [space] + word
        }
    }

    /// Digits as numbers have them: any, but zeros at the end and runs of one digit more often than chance has it.
    private static func digits(_ count: Int, random: inout CounterBasedRandom) -> [Int] {
        var digits = (0..<count).map { _ in random.nextIndex(10) }
        if count > 1, random.nextChance(0.15) {
            for index in count - 1 - random.nextIndex(min(count - 1, 4))..<count { digits[index] = 0 }
        }
        if count > 1, random.nextChance(0.12) {
            let index = 1 + random.nextIndex(count - 1)
            digits[index] = digits[index - 1]
        }
        return digits
    }
}
