import FoundationBasics

/// How many of how many were right.
package struct Proportion: Sendable, Equatable {
    /// The number of right ones.
    package let correct: Int
    /// The number of all.
    package let count: Int

    /// Makes a proportion.
    /// - Precondition: `0 <= correct <= count`.
    package init(correct: Int, count: Int) {
        precondition(
            correct >= 0 && correct <= count, "\(correct) of \(count) is not a proportion.")
        self.correct = correct
        self.count = count
    }

    /// `correct / count`; `nan` where there is nothing to count.
    package var share: Double { Double(correct) / Double(count) }

    /// The interval that holds the true share in 95 of 100 samples, in 0…1; all of 0…1 where nothing was counted.
    ///
    /// E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927,
    /// doi:10.1080/01621459.1927.10502953. Unlike the normal interval it stays inside 0…1 and has a width at 100 %.
    package var interval: ClosedRange<Double> {
        guard count > 0 else { return 0...1 }
        let z = 1.959_963_984_540_054
        let n = Double(count)
        let denominator = 1 + z * z / n
        let center = (share + z * z / (2 * n)) / denominator
        let half =
            z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / denominator
        return max(0, center - half)...min(1, center + half)
    }

    /// `98.51% (9,851/10,000)`.
    package var text: String {
        "\(NumberText.percent(share)) (\(NumberText.grouped(correct))/\(NumberText.grouped(count)))"
    }

    /// `98.51% ± 0.24 (9,851/10,000)`: the error bar is half the 95 % interval, in percentage points.
    package var textWithErrorBar: String {
        let half = (interval.upperBound - interval.lowerBound) / 2
        return
            "\(NumberText.percent(share)) ± \(NumberText.fixed(half * 100, decimals: 2)) (\(NumberText.grouped(correct))/\(NumberText.grouped(count)))"
    }
}
