import Compute
import PictureReading
import Testing

@Suite struct NumberDecoderTests {
    private static let blank = NumberDecoder.blank

    /// Columns of which each has one class for certain, or nearly so.
    private func columns(_ classes: [Int], certainty: Float = 0.98) -> [Float] {
        classes.flatMap { label in
            (0..<NumberDecoder.classCount).map {
                $0 == label ? certainty : (1 - certainty) / Float(NumberDecoder.classCount - 1)
            }
        }
    }

    private func text(_ probabilities: [Float], lengths: ClosedRange<Int>? = nil) -> String {
        NumberDecoder(lengths: lengths).digits(probabilities).map { "\($0.value)" }.joined()
    }

    @Test(arguments: [
        ([10, 10, 4, 4, 4, 10, 10, 7, 7, 7, 10], "47"),
        // Digits that stand so near that one column is left to each.
        ([10, 1, 10, 1, 10, 2, 3, 10], "1123"),
        ([4, 4, 4, 5, 5, 5], "45"),
        // The same twice, which nothing but a gap can tell.
        ([8, 8, 8, 10, 8, 8, 8], "88"),
        ([10, 10, 10], ""), ([], ""),
    ])
    func readsRuns(classes: [Int], expected: String) {
        #expect(text(columns(classes)) == expected)
    }

    @Test func aColumnThatFlickersIsPartOfItsRun() {
        var probabilities = columns([10, 5, 7, 5, 10])
        // 7 is only a little likelier there.
        probabilities[2 * 11 + 5] = 0.4
        probabilities[2 * 11 + 7] = 0.5
        let digits = NumberDecoder().digits(probabilities)
        #expect(digits.map(\.value) == [5] && digits[0].columns == 1..<4)
        #expect(abs(digits[0].probabilities[7] - (0.5 + 2 * 0.002) / 3) < 1e-4)
        #expect(digits[0].middle == 2.5)
    }

    @Test func numberOfDigitsCanBeGiven() {
        var probabilities = columns([10, 3, 3, 3, 10, 10, 9, 10, 10, 6, 6, 6, 10])
        for label in 0..<11 { probabilities[6 * 11 + label] = label == 9 ? 0.04 : label == 10 ? 0.93 : 0.003 }
        #expect(text(probabilities) == "36")
        #expect(text(probabilities, lengths: 3...3) == "396")
        #expect(text(probabilities, lengths: 3...8) == "396")
        #expect(text(probabilities, lengths: 1...1).count == 1)
        #expect(text(probabilities, lengths: 3...Int.max) == "396")
        // No strip has so many columns.
        #expect(text(probabilities, lengths: 50...60).isEmpty)
    }

    /// The best path over all ways to divide columns into runs and gaps.
    private func bruteForce(_ logarithms: [Float], from column: Int, after previous: Int?) -> (Float, [Int]) {
        let count = logarithms.count / 11
        guard column < count else { return (0, []) }
        var best = bruteForce(logarithms, from: column + 1, after: nil)
        best.0 += logarithms[column * 11 + Self.blank]
        for digit in 0..<10 where digit != previous {
            var sum: Float = 0
            for (length, prior) in zip(1..., [-2, -0.7, 0, -0.7, -2, -4] as [Float])
            where column + length <= count {
                sum += logarithms[(column + length - 1) * 11 + digit]
                var rest = bruteForce(logarithms, from: column + length, after: digit)
                rest.0 += sum + prior
                if rest.0 > best.0 { best = (rest.0, [digit] + rest.1) }
            }
        }
        return best
    }

    @Test func pathIsTheBestOfAll() {
        var random = CounterBasedRandom(seed: 3, purpose: .synthesis)
        for _ in 0..<12 {
            let probabilities = (0..<4).flatMap { _ in
                let weights = (0..<11).map { _ in Float.exp(6 * random.nextUniform()) }
                let sum = weights.reduce(0, +)
                return weights.map { $0 / sum }
            }
            let expected = bruteForce(probabilities.map { Float.log(max($0, 1e-4)) }, from: 0, after: nil)
            #expect(NumberDecoder().digits(probabilities).map(\.value) == expected.1)
        }
    }
}
