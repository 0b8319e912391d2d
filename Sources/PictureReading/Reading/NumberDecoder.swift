import Compute

/// Reads what a network says at the columns of a strip: where digits are, and which.
///
/// The network was trained to name a digit at three columns around its middle (at one where the next is near), and nothing elsewhere. The
/// best path through the columns is the one of runs of a digit with the largest product of probabilities, each run's with a prior for
/// its length.
package struct NumberDecoder: Sendable {
    /// Columns of a strip for one of the network's.
    package static let columnWidth = 2
    /// Digits, and one more class for what is none.
    package static let classCount = 11
    /// The class of columns that are no digit's middle.
    package static let blank = 10

    /// The logarithms of the prior of runs of 1, 2 … columns.
    private static let runPriors: [Float] = [-2, -0.7, 0, -0.7, -2, -4]
    /// Probabilities are no smaller than this: a column may always be mistaken.
    private static let floor: Float = 1e-4

    /// How many digits there may be; nil for any number.
    package var lengths: ClosedRange<Int>?

    package init(lengths: ClosedRange<Int>? = nil) { self.lengths = lengths }

    /// A digit, and where it was seen.
    package struct Digit: Sendable, Hashable {
        package let value: Int
        /// The columns of its run.
        package let columns: Range<Int>
        /// The probability of each digit, and of none of them, in the mean of its columns.
        package let probabilities: [Float]

        /// The column of its middle, half a column being its middle.
        package var middle: Double { Double(columns.lowerBound + columns.upperBound) / 2 }
        /// The probability of its value.
        package var confidence: Float { probabilities[value] }
    }

    /// The digits of a strip, from left to right.
    /// - Parameter probabilities: `[columns][11]`.
    package func digits(_ probabilities: [Float]) -> [Digit] {
        let count = probabilities.count / Self.classCount
        let path = bestPath(probabilities, count: count)
        return path.map { run in
            var means = [Float](repeating: 0, count: Self.classCount)
            for column in run.columns {
                for label in 0..<Self.classCount {
                    means[label] += probabilities[column * Self.classCount + label]
                }
            }
            return Digit(
                value: run.label, columns: run.columns,
                probabilities: means.map { $0 / Float(run.columns.count) })
        }
    }

    private struct Run {
        let label: Int
        let columns: Range<Int>
    }

    /// Best paths up to a column that have read so many digits: the one that ends with nothing, and for each digit the one that
    /// ends with a run of it.
    private struct Front {
        var blank = -Float.infinity
        var runs = [Step](repeating: Step(), count: 10)

        /// The digit of the best path that ends with a run.
        var digit: Int { runs.indices.max { runs[$0].score < runs[$1].score }! }
        /// The best path's product of probabilities, as a logarithm.
        var score: Float { max(blank, runs[digit].score) }
    }

    /// A path that ends with a run.
    private struct Step {
        var score = -Float.infinity
        /// The columns of the run.
        var length = 0
        /// The digit of the run right before it; nil where there is nothing between.
        var previous: Int?
    }

    private func bestPath(_ probabilities: [Float], count: Int) -> [Run] {
        let logarithms = probabilities.map { Float.log(max($0, Self.floor)) }
        // Digits are counted only where their number matters; there are no more than columns.
        let (fewest, most) = lengths.map { (max(0, $0.lowerBound), min($0.upperBound, count)) } ?? (0, 0)
        guard fewest <= most else { return [] }
        let levels = most + 1
        var fronts = [[Front]](repeating: [Front](repeating: Front(), count: levels), count: count + 1)
        fronts[0][0].blank = 0
        for end in 1..<count + 1 {
            for level in 0..<levels {
                fronts[end][level].blank =
                    fronts[end - 1][level].score + logarithms[(end - 1) * Self.classCount + Self.blank]
                let before = lengths == nil ? 0 : level - 1
                guard before >= 0 else { continue }
                for digit in 0..<10 {
                    fronts[end][level].runs[digit] = Self.step(digit, to: end, before, fronts, logarithms)
                }
            }
        }
        let level = (fewest...most).max { fronts[count][$0].score < fronts[count][$1].score }!
        return path(fronts, level: level)
    }

    /// The best path that ends with a run of a digit.
    private static func step(
        _ digit: Int, to end: Int, _ level: Int, _ fronts: [[Front]], _ logarithms: [Float]
    ) -> Step {
        var best = Step()
        var sum: Float = 0
        for length in 1...min(runPriors.count, end) {
            let front = fronts[end - length][level]
            sum += logarithms[(end - length) * classCount + digit]
            var previous = (score: front.blank, digit: Int?.none)
            for other in 0..<10 where other != digit && front.runs[other].score > previous.score {
                previous = (front.runs[other].score, other)
            }
            let score = previous.score + sum + runPriors[length - 1]
            if score > best.score { best = Step(score: score, length: length, previous: previous.digit) }
        }
        return best
    }

    /// The runs of the best path that has read so many digits.
    private func path(_ fronts: [[Front]], level: Int) -> [Run] {
        var (end, level) = (fronts.count - 1, level)
        var result: [Run] = []
        // The digit whose run ends here; nil where the best path decides.
        var digit: Int?
        while end > 0 {
            let front = fronts[end][level]
            guard let label = digit ?? (front.runs[front.digit].score > front.blank ? front.digit : nil)
            else {
                end -= 1
                continue
            }
            let step = front.runs[label]
            result.append(Run(label: label, columns: end - step.length..<end))
            end -= step.length
            if lengths != nil { level -= 1 }
            digit = step.previous
            // A run that follows nothing.
            if digit == nil, end > 0 { end -= 1 }
        }
        return result.reversed()
    }
}
