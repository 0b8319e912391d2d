/// How many of how many were right, and the interval in which the true share is to be expected.
///
///     let accuracy = ProportionInterval(correct: 9851, count: 10000)
///     accuracy.share        // 0.9851
///     accuracy.lowerBound   // 0.98254…
///     accuracy.upperBound   // 0.98729…
///
/// The interval is Wilson's:
///
///     (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)
///
/// Unlike the normal interval it stays inside 0…1 and has a width at 100 %.
///
/// E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927,
/// doi:10.1080/01621459.1927.10502953.
public struct ProportionInterval: Sendable, Hashable {
    /// The number of right ones.
    public let correct: Int
    /// The number of all.
    public let count: Int
    /// The share of samples whose interval holds the true share, between 0 and 1.
    public let confidence: Double
    /// The lower end, 0…1; 0 where nothing was counted.
    public let lowerBound: Double
    /// The upper end, 0…1; 1 where nothing was counted.
    public let upperBound: Double

    /// Computes the interval.
    /// - Precondition: `0 <= correct <= count` and `0 < confidence < 1`.
    public init(correct: Int, count: Int, confidence: Double = 0.95) {
        precondition(correct >= 0 && correct <= count, "\(correct) of \(count) is not a proportion.")
        self.correct = correct
        self.count = count
        self.confidence = confidence
        let z = NormalDistribution.twoSidedQuantile(confidence)
        guard count > 0 else {
            (lowerBound, upperBound) = (0, 1)
            return
        }
        let n = Double(count)
        let share = Double(correct) / n
        let center = share + z * z / (2 * n)
        let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        // At the ends the formula gives 0 and 1 but for rounding.
        lowerBound = correct == 0 ? 0 : max(0, (center - half) / scale)
        upperBound = correct == count ? 1 : min(1, (center + half) / scale)
    }

    /// `correct / count`, 0…1; `nan` where nothing was counted.
    public var share: Double { Double(correct) / Double(count) }

    /// Half the width of the interval. The interval's middle is not `share`, but nearer to ½.
    public var halfWidth: Double { (upperBound - lowerBound) / 2 }
}
