import PictureReading
import Testing

@Suite struct NumberDecoderTests {
    /// Columns of which each has one class for certain, or nearly so.
    private func columns(_ classes: [Int], certainty: Float = 0.98) -> [Float] {
        classes.flatMap { label in
            (0..<NumberDecoder.classCount).map {
                $0 == label ? certainty : (1 - certainty) / Float(NumberDecoder.classCount - 1)
            }
        }
    }

    /// Columns with so much of one digit, the rest being none.
    private func columns(of digit: Int, _ shares: [Float]) -> [Float] {
        shares.flatMap { share in (0..<11).map { $0 == digit ? share : $0 == 10 ? 1 - share : 0 } }
    }

    private func text(_ probabilities: [Float], lengths: ClosedRange<Int>? = nil) -> String {
        NumberDecoder(lengths: lengths).digits(probabilities).map { "\($0.value)" }.joined()
    }

    @Test(arguments: [
        ([10, 10, 4, 4, 4, 10, 10, 7, 7, 7, 10], "47"),
        // Digits that stand so near that one column is left to each.
        ([10, 1, 10, 10, 1, 10, 10, 2, 10, 10, 3, 10], "1123"),
        ([10, 4, 4, 4, 10, 5, 5, 5, 10], "45"),
        ([8, 8, 8, 10, 8, 8, 8], "88"),
        ([10, 10, 10], ""), ([], ""), ([6], "6"),
    ])
    func readsRuns(classes: [Int], expected: String) {
        #expect(text(columns(classes)) == expected)
    }

    @Test func aColumnThatFlickersIsPartOfItsDigit() {
        var probabilities = columns([10, 5, 7, 5, 10])
        // 7 is only a little likelier there.
        probabilities[2 * 11 + 5] = 0.4
        probabilities[2 * 11 + 7] = 0.5
        let digits = NumberDecoder().digits(probabilities)
        #expect(digits.map(\.value) == [5])
        #expect(abs(digits[0].middle - 2.5) < 1e-5)
        #expect(digits[0].confidence > 0.7 && digits[0].probabilities[7] > 0.1)
    }

    /// One column's worth of digit whose place is not sure.
    @Test func aDigitMayBeSpreadOverColumns() {
        let digits = NumberDecoder().digits(columns(of: 3, [0, 0.05, 0.3, 0.3, 0.25, 0.05, 0]))
        #expect(digits.map(\.value) == [3])
        #expect(abs(digits[0].confidence - 0.85) < 1e-5)
        #expect(abs(digits[0].probabilities[10] - 0.15) < 1e-5)
        #expect(NumberDecoder().digits(columns(of: 3, [0, 0.1, 0.2, 0.1, 0])).isEmpty)
    }

    /// What is too little for a digit makes it less likely that all were seen.
    @Test func tracesOfDigitsMakeANumberLessComplete() {
        func completeness(_ probabilities: [Float]) -> Float {
            NumberDecoder().number(probabilities).completeness
        }
        #expect(completeness(columns([10, 4, 4, 4, 10, 10], certainty: 1)) == 1)
        let trace = columns(of: 3, [0, 0.1, 0.2, 0.1, 0, 0, 0.9, 0.9, 0.9, 0])
        #expect(abs(completeness(trace) - 0.6) < 1e-5)
        let two = columns(of: 3, [0, 0.1, 0.1, 0.1, 0, 0, 0, 0.2, 0.2, 0.1, 0])
        #expect(abs(completeness(two) - 0.35) < 1e-5)
        #expect(completeness([]) == 1)
    }

    /// What is left beside a whole digit is no second one.
    @Test func aWideDigitIsOne() {
        #expect(text(columns(of: 8, [0.5, 0.9, 1, 0.9, 0.5])) == "8")
    }

    /// A 3 and a 6 that are sure, and so much of a 9 between them.
    private func columns(doubtfulNine shares: [Float]) -> [Float] {
        columns(of: 3, [0, 1, 1, 1, 0]) + columns(of: 9, shares) + columns(of: 6, [0, 1, 1, 0.9, 0])
    }

    /// A faint digit counts where the length asks for it.
    @Test func lengthsAddWhatThereIsEvidenceFor() {
        let faint = columns(doubtfulNine: [0, 0.1, 0.2, 0.1, 0])
        #expect(text(faint) == "36")
        #expect(text(faint, lengths: 2...2) == "36")
        #expect(text(faint, lengths: 3...3) == "396")
        #expect(text(faint, lengths: 3...Int.max) == "396")
        // There is nothing that a fourth could be.
        #expect(text(faint, lengths: 4...4).isEmpty)
        #expect(text(columns(doubtfulNine: [0, 0.05, 0.1, 0.05, 0]), lengths: 3...3).isEmpty)
    }

    /// A digit that is not sure goes where the length asks for fewer; one that is sure stays, and the number is none of that length.
    @Test func lengthsLeaveOutWhatIsNotSure() {
        let half = columns(doubtfulNine: [0, 0.2, 0.35, 0.2, 0])
        #expect(text(half) == "396")
        #expect(text(half, lengths: 1...2) == "36")
        #expect(text(half, lengths: 1...1).isEmpty)
        #expect(text(columns(doubtfulNine: [0, 0.9, 1, 0.9, 0]), lengths: 2...2).isEmpty)
        // A column's worth, between two digits.
        var torn = columns(doubtfulNine: [0, 1, 1, 1, 0])
        for column in 6...8 { (torn[column * 11 + 9], torn[column * 11 + 4]) = (0.6, 0.4) }
        #expect(text(torn, lengths: 2...2) == "36")
    }
}
