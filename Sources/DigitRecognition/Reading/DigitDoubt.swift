package import PictureReading

/// Why the answer to a single digit is refused.
package enum DigitDoubt: Sendable, Hashable {
    /// Several digits were found in its place.
    case several(String)
    /// It may be either.
    case between(Int, Int)
    /// It is like none.
    case unlikeDigits

    /// Answers of a smaller confidence are refused.
    ///
    /// Of the 5,000 training images that `reader` was validated on, shown as pictures, and of as many drawn scenes of a digit that it
    /// was not trained on, 0.5 % have less (`reader-tools judge-digits`).
    static let leastConfidence: Float = 0.412
    /// From this on two probabilities together leave little room for a third digit, or for something else.
    private static let pair: Float = 0.6
    /// The least confidence of each digit where there are more than one.
    private static let leastOfSeveral: Float = 0.8

    /// The doubt about an answer; nil where there is none.
    /// - Parameter digits: Reads the picture as a number; asked only where the answer is doubtful.
    package init?(_ prediction: Prediction, readingDigits digits: () -> [NumberDecoder.Digit]) {
        guard prediction.confidence < Self.leastConfidence else { return nil }
        let read = digits()
        let ranked = prediction.ranked
        if read.count > 1, read.allSatisfy({ $0.confidence >= Self.leastOfSeveral }) {
            self = .several(read.map { "\($0.value)" }.joined())
        } else if ranked[0].probability + ranked[1].probability >= Self.pair {
            self = .between(ranked[0].label, ranked[1].label)
        } else {
            self = .unlikeDigits
        }
    }

    /// What a reader says about it.
    package var refusal: Reading.Refusal {
        switch self {
        case .several(let text):
            Reading.Refusal(
                kind: .unreadable,
                reason: "There is more than one digit, perhaps \(text); read the picture as a number.")
        case .between(let first, let second):
            Reading.Refusal(
                kind: .unreadable,
                reason:
                    "It lies between \(min(first, second)) and \(max(first, second)); write it more clearly.")
        case .unlikeDigits:
            Reading.Refusal(
                kind: .noDigits,
                reason: "It looks like no digit; show one digit with some empty ground around it.")
        }
    }
}
