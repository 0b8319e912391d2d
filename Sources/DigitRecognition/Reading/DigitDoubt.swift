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
    static let leastConfidence: Float = 0.403
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

    /// A digit of a number, and the rectangle around it in the ink's plane.
    package struct PlacedDigit {
        let digit: NumberDecoder.Digit
        let area: Area

        package init(digit: NumberDecoder.Digit, area: Area) {
            self.digit = digit
            self.area = area
        }
    }

    /// From this confidence on digits of a number are several, however sure the answer to one of them is.
    private static let sureOfSeveral: Float = 0.9
    /// The least height of another digit, as a share of that of the larger one.
    static let leastHeight = 0.6

    /// The doubt about a digit that stands in a number, among others that are as high; nil where it stands alone.
    /// - Parameters:
    ///   - area: The rectangle around the digit that was read.
    ///   - digits: What there is if the picture is read as a number.
    package init?(digitIn area: Area, among digits: [PlacedDigit]) {
        let alike = digits.filter {
            let (one, other) = ($0.area.height, area.height)
            return $0.digit.confidence >= Self.sureOfSeveral
                && min(one, other) >= Self.leastHeight * max(one, other)
        }
        let isAmongThem = alike.contains { area.holds(middleOf: $0.area) }
        guard isAmongThem, alike.count > 1 else { return nil }
        self = .several(digits.map { "\($0.digit.value)" }.joined())
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

extension Area {
    fileprivate func holds(middleOf other: Area) -> Bool {
        left...right ~= (other.left + other.right) / 2 && top...bottom ~= (other.top + other.bottom) / 2
    }
}
