/// Two models on the same samples: how good each is, whether they differ, and where.
///
///     let comparison = try ModelComparison(
///         truths: [3, 5, 8], first: [3, 5, 3], second: [3, 6, 8], classCount: 10)
///     comparison.disagreements.map(\.sample)   // [1, 2]
///     comparison.test.pValue                   // 1.0: one each
public struct ModelComparison: Sendable, Hashable {
    /// A sample that the models take for different classes.
    public struct Disagreement: Sendable, Hashable {
        /// The sample's index.
        public let sample: Int
        /// Its true class.
        public let truth: Int
        /// What the first model takes it for.
        public let first: Int
        /// What the second model takes it for.
        public let second: Int
    }

    /// The accuracy of the first model.
    public let first: ProportionInterval
    /// The accuracy of the second model.
    public let second: ProportionInterval
    /// The paired test of their difference.
    public let test: McNemarTest
    /// The samples that the models take for different classes, in order; neither need be right.
    public let disagreements: [Disagreement]

    /// Compares predictions.
    /// - Parameters:
    ///   - truths: The true class of each sample, `0..<classCount`.
    ///   - first: What the first model takes each sample for, in the same order, `0..<classCount`.
    ///   - second: What the second model takes each sample for, likewise.
    ///   - classCount: Number of classes.
    ///   - confidence: Of the intervals of both accuracies, between 0 and 1.
    /// - Throws: `EvaluationError` if there are no samples, the numbers differ, or a class does not exist.
    public init(
        truths: [Int], first: [Int], second: [Int], classCount: Int, confidence: Double = 0.95
    ) throws(EvaluationError) {
        try truths.check(pairedWith: first, classCount: classCount)
        try truths.check(pairedWith: second, classCount: classCount)
        var (bothRight, onlyFirstRight, onlySecondRight, bothWrong) = (0, 0, 0, 0)
        var disagreements: [Disagreement] = []
        for (sample, truth) in truths.enumerated() {
            switch (first[sample] == truth, second[sample] == truth) {
            case (true, true): bothRight += 1
            case (true, false): onlyFirstRight += 1
            case (false, true): onlySecondRight += 1
            case (false, false): bothWrong += 1
            }
            if first[sample] != second[sample] {
                disagreements.append(
                    Disagreement(sample: sample, truth: truth, first: first[sample], second: second[sample]))
            }
        }
        test = try McNemarTest(
            bothRight: bothRight, onlyFirstRight: onlyFirstRight, onlySecondRight: onlySecondRight,
            bothWrong: bothWrong)
        self.first = ProportionInterval(
            correct: bothRight + onlyFirstRight, count: truths.count, confidence: confidence)
        self.second = ProportionInterval(
            correct: bothRight + onlySecondRight, count: truths.count, confidence: confidence)
        self.disagreements = disagreements
    }
}
