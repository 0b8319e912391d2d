import Compute

/// What the inputs of a kernel hold.
enum Content: CaseIterable {
    /// Small integers: every sum is exact in any order, so results must be equal; ties are frequent.
    case integers
    /// Small integers, and here and there NaN, an infinity or −0.
    case special
    /// Numbers in −1...1, one in sixteen of them denormal.
    case reals
}

/// Makes inputs; the same ones in every run.
struct Numbers {
    let content: Content
    private var random: CounterBasedRandom

    init(_ content: Content, seed: UInt64 = 1) {
        self.content = content
        random = CounterBasedRandom(seed: seed, purpose: .synthesis)
    }

    mutating func floats(_ count: Int) -> [Float] {
        (0..<count).map { _ in float() }
    }

    private mutating func float() -> Float {
        switch content {
        case .integers:
            return Float(integer(in: -3...3))
        case .special:
            let specials: [Float] = [.nan, .infinity, -.infinity, -0.0]
            let choice = integer(in: 0...200)
            return choice < 4 ? specials[choice] : Float(integer(in: -3...3))
        case .reals:
            let value = random.nextUniform() * 2 - 1
            return integer(in: 0...15) == 0 ? value * 0x1p-130 : value
        }
    }

    mutating func integer(in range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    mutating func integers(_ count: Int, in range: ClosedRange<Int>) -> [Int] {
        (0..<count).map { _ in integer(in: range) }
    }
}

/// Half a unit in the last place of 1: the relative error of one rounding.
let rounding: Float = 0x1p-24

/// What a sum of numbers in float32 may be off by: one rounding for each of its operations, on the sum of magnitudes,
/// and one of the smallest denormal.
func tolerance(operations: Int, magnitude: Float) -> Float {
    Float(operations) * (rounding * magnitude + Float.leastNonzeroMagnitude)
}
