import Compute
import Testing

@Suite struct CounterBasedRandomTests {
    /// From Random123's `kat_vectors` (D. E. Shaw Research, version 1.14.0), the rows `philox4x32 10`.
    @Test(arguments: [
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ])
    func philoxGivesThePublishedAnswers(counter: String, key: String, answer: String) {
        let (c, k, expected) = (words(counter), words(key), words(answer))
        let block = CounterBasedRandom.philox(counter: (c[0], c[1], c[2], c[3]), key: (k[0], k[1]))
        #expect([block.0, block.1, block.2, block.3] == expected)
    }

    @Test func sequenceIsTheBlocksOfItsCounter() {
        var random = CounterBasedRandom(seed: 0x0123_4567_89AB_CDEF, purpose: .dropout, 5, 7)
        for position in 0..<3 as Range<UInt32> {
            let block = CounterBasedRandom.philox(
                counter: (position, 0, 7, 3 << 24 ^ 5), key: (0x89AB_CDEF, 0x0123_4567))
            #expect([block.0, block.1, block.2, block.3] == (0..<4).map { _ in random.next32() })
        }
    }

    @Test func nextTakesTwoWordsLeastSignificantFirst() {
        var words = CounterBasedRandom(seed: 3, purpose: .shuffling)
        var longs = CounterBasedRandom(seed: 3, purpose: .shuffling)
        for _ in 0..<9 {
            let (low, high) = (words.next32(), words.next32())
            #expect(longs.next() as UInt64 == UInt64(high) << 32 | UInt64(low))
        }
    }

    @Test(arguments: 0...5, 0...9)
    func fillingGivesTheNumbersThatSingleCallsGive(drawnBefore: Int, count: Int) {
        var single = CounterBasedRandom(seed: 9, purpose: .dropout, 4, 2)
        var filling = CounterBasedRandom(seed: 9, purpose: .dropout, 4, 2)
        let before = (0..<drawnBefore).map { _ in single.nextUniform() }
        #expect((0..<drawnBefore).map { _ in filling.nextUniform() } == before)
        var numbers = [Float](repeating: -1, count: count)
        numbers.withUnsafeMutableBufferPointer { filling.fillUniform($0) }
        #expect(numbers == (0..<count).map { _ in single.nextUniform() })
        #expect(filling.next32() == single.next32())
    }

    @Test func normalNumbersHaveTheirMomentsAndStayNear() {
        var numbers = [Float](repeating: 0, count: 100_000)
        var random = CounterBasedRandom(seed: 4, purpose: .augmentation)
        numbers.withUnsafeMutableBufferPointer { random.fillNormal($0, deviation: 2) }
        let mean = numbers.reduce(0) { $0 + Double($1) } / 100_000
        let variance = numbers.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 100_000
        // Five standard errors: 2 / √100,000, and for the variance 4 · √(2 / 100,000).
        #expect(abs(mean) < 5 * 0.0063)
        #expect(abs(variance - 4) < 5 * 0.018)
        #expect(numbers.allSatisfy { abs($0) <= 2 * 3.46 })
        // A third of a normal distribution is further from 0 than one deviation.
        let outside = Double(numbers.count { abs($0) > 2 }) / 100_000
        #expect(abs(outside - 0.317) < 0.02)
    }

    @Test func sameKeyGivesTheSameSequence() {
        var one = CounterBasedRandom(seed: 42, purpose: .initialValues, 1, 2)
        var other = CounterBasedRandom(seed: 42, purpose: .initialValues, 1, 2)
        #expect((0..<100).map { _ in one.next32() } == (0..<100).map { _ in other.next32() })
    }

    @Test func sequencesOfDifferentKeysShareNothing() {
        var starts: Set<[UInt32]> = []
        var made = 0
        for seed in [0, 1, 2, 1 << 32, .max] as [UInt64] {
            for purpose in CounterBasedRandom.Purpose.allCases {
                for first in [0, 1, 2, 255, 60_000] {
                    for second in [0, 1, 2, 59_999, -1] {
                        var random = CounterBasedRandom(seed: seed, purpose: purpose, first, second)
                        starts.insert((0..<4).map { _ in random.next32() })
                        made += 1
                    }
                }
            }
        }
        #expect(starts.count == made)
    }

    /// A dropout's first number is `epoch · 1000 + layer`: at epoch 16,778 it needs more than 24 bits.
    @Test func purposesNeverShareABlockHoweverLargeTheNumbers() {
        var starts: Set<[UInt32]> = []
        var made = 0
        // Among them every number that turns one purpose's byte into another's.
        let high = (0...7).map { $0 << 24 } + [16_778_000, 1_000_000_999, 1 << 32, 1 << 48, -1, -(1 << 24)]
        for purpose in CounterBasedRandom.Purpose.allCases {
            for first in high + high.map({ $0 &+ 5 }) {
                var random = CounterBasedRandom(seed: 3, purpose: purpose, first, 2)
                starts.insert((0..<4).map { _ in random.next32() })
                made += 1
            }
        }
        #expect(starts.count == made)
    }

    /// The correlation of n independent pairs has a standard deviation of 1/√n: 0.005 here.
    @Test func neighbouringSequencesAreNotCorrelated() {
        let count = 40_000
        for (a, b) in [((0, 0), (1, 0)), ((0, 0), (0, 1)), ((3, 4), (4, 3))] {
            var one = CounterBasedRandom(seed: 1, purpose: .dropout, a.0, a.1)
            var other = CounterBasedRandom(seed: 1, purpose: .dropout, b.0, b.1)
            let sum = (0..<count).reduce(0.0) { sum, _ in
                sum + Double(one.nextUniform() - 0.5) * Double(other.nextUniform() - 0.5)
            }
            #expect(abs(sum / Double(count) * 12) < 5 * 0.005)
        }
    }

    /// Counts in 64 bins follow a chi-squared distribution of 63 degrees: mean 63, standard deviation 11.2.
    @Test func uniformNumbersFillTheUnitIntervalEvenly() {
        var random = CounterBasedRandom(seed: 7, purpose: .synthesis)
        let count = 64_000
        var bins = [Int](repeating: 0, count: 64)
        for _ in 0..<count {
            let value = random.nextUniform()
            #expect(value >= 0 && value < 1)
            bins[Int(value * 64)] += 1
        }
        let chiSquared = bins.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
        #expect(chiSquared > 63 - 4 * 11.2 && chiSquared < 63 + 5 * 11.2)
    }

    private func words(_ text: String) -> [UInt32] {
        text.split(separator: " ").map { UInt32($0, radix: 16)! }
    }
}
