/// Reads what a network says at the columns of a strip: where digits are, and which.
///
/// The network was trained to name a digit at three columns around its middle (at one where the next is near), and nothing elsewhere. Where
/// it is not sure of the place it says so at several columns a little each: what counts is the sum over neighbouring columns. Digits are
/// taken one after the other where that sum is largest.
package struct NumberDecoder: Sendable {
    /// Columns of a strip for one of the network's.
    package static let columnWidth = 2
    /// Digits, and one more class for what is none.
    package static let classCount = 11
    /// The class of columns that are no digit's middle.
    package static let blank = 10

    /// The least sum over three columns that is a digit.
    private static let leastMass: Float = 0.6
    /// The least sum that may be a digit where a number's length asks for one more.
    private static let leastEvidence: Float = 0.25
    /// From this sum on a digit has its three columns, and the two beyond them are no other's.
    private static let wholeMass: Float = 1.7

    /// How many digits there may be; nil for any number.
    package var lengths: ClosedRange<Int>?

    package init(lengths: ClosedRange<Int>? = nil) { self.lengths = lengths }

    /// A digit, and where it was seen.
    package struct Digit: Sendable, Hashable {
        package let value: Int
        /// The column of its middle; a half is the middle of a column.
        package let middle: Double
        /// The probability of each digit, and of none of them.
        package let probabilities: [Float]

        package init(value: Int, middle: Double, probabilities: [Float]) {
            self.value = value
            self.middle = middle
            self.probabilities = probabilities
        }

        /// The probability of its value.
        package var confidence: Float { probabilities[value] }

        /// Whether no other answer is likely, and there is a whole column of it: else a number's length may leave it out.
        fileprivate var isSure: Bool { confidence >= 0.8 && probabilities[NumberDecoder.blank] <= 0 }
    }

    /// What a strip says.
    package struct Number: Sendable, Hashable {
        /// From left to right.
        package let digits: [Digit]
        /// How likely no digit was overlooked; certain where the length says so.
        package let completeness: Float
    }

    /// The number of a strip.
    ///
    /// Lengths settle doubt and nothing else: of too many digits those that are not sure are left out, of too few there may be another
    /// where there is some evidence. What does not fit then is no number of that length: no digits.
    /// - Parameter probabilities: `[columns][11]`.
    package func number(_ probabilities: [Float]) -> Number {
        var columns = Columns(probabilities)
        // Without all that lies around the digits.
        var rest = columns
        let (fewest, most) = lengths.map { ($0.lowerBound, $0.upperBound) } ?? (0, .max)
        var digits: [Digit] = []
        while let peak = columns.peak,
            peak.mass >= (digits.count < fewest ? Self.leastEvidence : Self.leastMass)
        {
            digits.append(columns.digit(at: peak))
            columns.remove(peak, radius: peak.mass < Self.wholeMass ? 1 : 2)
            rest.remove(peak, radius: 2)
        }
        // From the least sure one on.
        for digit in digits.filter({ !$0.isSure }).sorted(by: { $0.confidence < $1.confidence })
        where digits.count > most {
            digits.removeAll { $0 == digit }
        }
        return Number(
            digits: fewest...most ~= digits.count ? digits.sorted { $0.middle < $1.middle } : [],
            completeness: digits.count < most ? rest.completeness : 1)
    }

    /// The digits of a strip, from left to right.
    package func digits(_ probabilities: [Float]) -> [Digit] { number(probabilities).digits }
}

/// The columns of a strip, those of digits that were taken left out.
private struct Columns {
    private let probabilities: [Float]
    /// The probability that a column is a digit's.
    private var masses: [Float]

    /// The least sum of three columns that is a trace of a digit.
    private static let leastTrace: Float = 0.1

    /// Columns whose sum of three is largest.
    struct Peak {
        let column: Int
        let mass: Float
    }

    init(_ probabilities: [Float]) {
        self.probabilities = probabilities
        let classes = NumberDecoder.classCount
        masses = (0..<probabilities.count / classes).map {
            max(0, 1 - probabilities[$0 * classes + NumberDecoder.blank])
        }
    }

    private func window(_ column: Int, radius: Int) -> Range<Int> {
        max(0, column - radius)..<min(masses.count, column + radius + 1)
    }

    /// The column with the largest sum of itself and its neighbours, of equals the one that is largest itself; nil where nothing is left.
    var peak: Peak? {
        var best: (peak: Peak, rank: Float)?
        for column in masses.indices where masses[column] > 0 {
            let mass = masses[window(column, radius: 1)].reduce(0, +)
            // Enough to break a tie.
            let rank = mass + 0.01 * masses[column]
            if rank > best?.rank ?? 0 { best = (Peak(column: column, mass: mass), rank) }
        }
        return best?.peak
    }

    /// The digit around a peak: the classes' shares of what there is, and none where that is less than one column's.
    func digit(at peak: Peak) -> NumberDecoder.Digit {
        var sums = [Float](repeating: 0, count: NumberDecoder.classCount)
        var (moment, total): (Double, Float) = (0, 0)
        for column in window(peak.column, radius: 1) where masses[column] > 0 {
            let start = column * NumberDecoder.classCount
            for digit in 0..<NumberDecoder.blank { sums[digit] += probabilities[start + digit] }
            moment += (Double(column) + 0.5) * Double(masses[column])
            total += masses[column]
        }
        let certainty = min(1, total)
        let value = sums[..<NumberDecoder.blank].indices.max { sums[$0] < sums[$1] }!
        let shares = sums.map { $0 / total * certainty }
        return NumberDecoder.Digit(
            value: value, middle: moment / Double(total),
            probabilities: shares[..<NumberDecoder.blank] + [1 - certainty])
    }

    /// How likely none of what is left is a digit.
    var completeness: Float {
        var rest = self
        var completeness: Float = 1
        while let peak = rest.peak, peak.mass >= Self.leastTrace {
            completeness *= max(0, 1 - peak.mass)
            rest.remove(peak, radius: 2)
        }
        return completeness
    }

    mutating func remove(_ peak: Peak, radius: Int) {
        for column in window(peak.column, radius: radius) { masses[column] = 0 }
    }
}
