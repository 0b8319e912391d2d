/// Random numbers that depend on nothing but a key and a position: Philox 4×32 with 10 rounds.
///
/// Every use draws from a sequence of its own, keyed by (seed, purpose, …), so results do not depend on the order in
/// which threads ask.
///
/// J. K. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC11, 2011, doi:10.1145/2063384.2063405.
public struct CounterBasedRandom: RandomNumberGenerator, Sendable {
    /// What the numbers are for; each purpose has sequences of its own.
    public enum Purpose: UInt32, Sendable, CaseIterable {
        /// First values of parameters.
        case initialValues = 1
        /// The order of the samples in an epoch.
        case shuffling
        /// Which units a dropout leaves out.
        case dropout
        /// Synthetic digits.
        case synthesis
        /// Corrupted images that a model is judged by.
        case corruption
        /// Distorted images that a model is trained on.
        case augmentation
        /// Scenes: numbers on paper.
        case scenes
        /// Digits that are prepared for training as a reader prepares them.
        case preparedDigits
        /// Images of no digit, for training.
        case outliers
        /// Damaged images that a model is trained on.
        case damage
        /// Images that are chosen to be looked at.
        case selection
    }

    private let key: (UInt32, UInt32)
    /// The counter's upper three words; the lowest is the position.
    private let stream: (UInt32, UInt32, UInt32)
    private var position: UInt32 = 0
    private var block: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    private var used = 4

    /// Starts the sequence of a seed, a purpose and up to two numbers that tell sequences of one purpose apart. No two
    /// purposes share a block of numbers; sequences of one purpose share none as long as the first numbers are within ±2⁵⁵,
    /// the second ones within 32 bits, and fewer than 2³⁴ words are taken of each.
    public init(seed: UInt64, purpose: Purpose, _ first: Int = 0, _ second: Int = 0) {
        key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        // The purpose has its byte to itself: the first number fills the rest of that word and goes on in another.
        let low = UInt32(truncatingIfNeeded: first) & 0xFF_FFFF
        stream = (
            UInt32(truncatingIfNeeded: first >> 24), UInt32(truncatingIfNeeded: second),
            purpose.rawValue << 24 | low
        )
    }

    /// The next 32 bits.
    public mutating func next32() -> UInt32 {
        if used == 4 {
            block = nextBlock()
            used = 0
        }
        defer { used += 1 }
        switch used {
        case 0: return block.0
        case 1: return block.1
        case 2: return block.2
        default: return block.3
        }
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        UInt64(next32()) | UInt64(next32()) << 32
    }

    /// A number in `0..<1`, a multiple of 2⁻²⁴.
    public mutating func nextUniform() -> Float {
        Self.uniform(next32())
    }

    /// Writes the numbers that so many calls of `nextUniform` give, whole blocks of the cipher at a time.
    public mutating func fillUniform(_ numbers: UnsafeMutableBufferPointer<Float>) {
        var index = 0
        while index < numbers.count {
            if used == 4, index + 4 <= numbers.count {
                let block = nextBlock()
                numbers[index] = Self.uniform(block.0)
                numbers[index + 1] = Self.uniform(block.1)
                numbers[index + 2] = Self.uniform(block.2)
                numbers[index + 3] = Self.uniform(block.3)
                index += 4
            } else {
                numbers[index] = nextUniform()
                index += 1
            }
        }
    }

    private static func uniform(_ word: UInt32) -> Float { Float(word >> 8) * 0x1p-24 }

    private mutating func nextBlock() -> (UInt32, UInt32, UInt32, UInt32) {
        defer { position += 1 }
        return Self.philox(counter: (position, stream.0, stream.1, stream.2), key: key)
    }

    /// One block of the cipher; the counter's and the key's words are least significant first.
    package static func philox(
        counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
    ) -> (UInt32, UInt32, UInt32, UInt32) {
        var c = counter
        var k = key
        for _ in 0..<10 {
            let a = UInt64(c.0) * 0xD251_1F53
            let b = UInt64(c.2) * 0xCD9E_8D57
            c = (
                UInt32(truncatingIfNeeded: b >> 32) ^ c.1 ^ k.0, UInt32(truncatingIfNeeded: b),
                UInt32(truncatingIfNeeded: a >> 32) ^ c.3 ^ k.1, UInt32(truncatingIfNeeded: a)
            )
            k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85)
        }
        return c
    }
}
