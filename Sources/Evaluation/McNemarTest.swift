import Compute

/// Whether two models that read the same samples are equally good: McNemar's exact test, and the difference of their
/// accuracies with an interval.
///
/// Only samples on which exactly one of them is right tell the two apart. Were they equally good, each of these would
/// have gone either way like a coin.
///
/// Q. McNemar, "Note on the Sampling Error of the Difference Between Correlated Proportions or Percentages", 1947,
/// doi:10.1007/BF02295996.
public struct McNemarTest: Sendable, Hashable {
    /// Number of samples that both models recognise.
    public let bothRight: Int
    /// Number of samples that the first model recognises and the second does not.
    public let onlyFirstRight: Int
    /// Number of samples that the second model recognises and the first does not.
    public let onlySecondRight: Int
    /// Number of samples that neither model recognises.
    public let bothWrong: Int

    /// Keeps the four counts.
    /// - Throws: `EvaluationError` if one is negative or all are 0.
    public init(
        bothRight: Int, onlyFirstRight: Int, onlySecondRight: Int, bothWrong: Int
    ) throws(EvaluationError) {
        let counts = [bothRight, onlyFirstRight, onlySecondRight, bothWrong]
        if let negative = counts.first(where: { $0 < 0 }) { throw .negativeCount(negative) }
        if counts.allSatisfy({ $0 == 0 }) { throw .noSamples }
        self.bothRight = bothRight
        self.onlyFirstRight = onlyFirstRight
        self.onlySecondRight = onlySecondRight
        self.bothWrong = bothWrong
    }

    /// Number of samples, at least 1.
    public var count: Int { bothRight + onlyFirstRight + onlySecondRight + bothWrong }

    /// Number of samples on which exactly one model is right.
    public var discordant: Int { onlyFirstRight + onlySecondRight }

    /// The chance that two equally good models differ at least so much, either way, 0…1; 1 if there is no sample on which
    /// exactly one is right.
    ///
    /// `min(1, 2·P(X <= k))` for X of the binomial distribution with n = `discordant` and p = ½, and k the smaller of the two
    /// counts. The sum is taken relative to its largest term, whose logarithm comes from log-factorials, so that nothing
    /// overflows; a result below 5e-324 is 0.
    public var pValue: Double {
        let n = discordant
        let k = min(onlyFirstRight, onlySecondRight)
        // Equal counts, or one more: half of the distribution or more lies on each side.
        if n - 2 * k <= 1 { return 1 }

        // P(X = j - 1) / P(X = j) = j / (n - j + 1), which is below 1 here.
        var term = 1.0
        var sum = 1.0
        for j in stride(from: k, to: 0, by: -1) {
            term *= Double(j) / Double(n - j + 1)
            sum += term
            if term < sum * Double.ulpOfOne / 4 { break }
        }
        let logOfLargest =
            Self.logFactorial(n) - Self.logFactorial(k) - Self.logFactorial(n - k) - Double(n) * Double.log(2)
        return min(1, 2 * Double.exp(logOfLargest + Double.log(sum)))
    }

    private static func logFactorial(_ n: Int) -> Double { Double.logGamma(Double(n) + 1) }

    /// The accuracy of the second model less that of the first, -1…1.
    public var accuracyDifference: Double { Double(onlySecondRight - onlyFirstRight) / Double(count) }

    /// The interval in which the true difference of the accuracies, second less first, is to be expected, within -1…1.
    ///
    /// It is Wald's interval for paired samples, after half a sample has been added to each of the four counts, which makes
    /// it hold for few samples too. With b = `onlyFirstRight` + ½, c = `onlySecondRight` + ½ and N = `count` + 2:
    ///
    ///     (c - b)/N ± z √(b + c - (c - b)²/N) / N
    ///
    /// Its middle is thus a little nearer to 0 than `accuracyDifference`. The exact test is the more cautious of the two: this
    /// interval may just leave out 0 where `pValue` is a little above 0.05 (60 against 40 of 10,000: p is 0.057).
    ///
    /// A. Agresti, Y. Min, "Simple Improved Confidence Intervals for Comparing Matched Proportions", 2005,
    /// doi:10.1002/sim.1781.
    /// - Parameter confidence: The share of samples whose interval holds the true difference, between 0 and 1.
    public func differenceInterval(confidence: Double = 0.95) -> ClosedRange<Double> {
        let total = Double(count) + 2
        let excess = Double(onlySecondRight - onlyFirstRight)
        let spread = (Double(discordant) + 1 - excess * excess / total).squareRoot()
        let half = NormalDistribution.twoSidedQuantile(confidence) * spread / total
        return max(-1, excess / total - half)...min(1, excess / total + half)
    }
}
