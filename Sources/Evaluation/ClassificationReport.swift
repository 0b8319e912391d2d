/// Precision, recall and F1 of each class, and their averages.
///
/// A quotient whose divisor is 0 counts as 0: the precision of a class that was never predicted, the recall of one that
/// never occurs, and F1 where both hold. It goes into the averages like any other.
public struct ClassificationReport: Sendable, Hashable {
    /// How well one class, or all of them on average, was recognised.
    public struct Scores: Sendable, Hashable {
        /// Of the samples that were taken for the class, the share that belongs to it, 0…1.
        public let precision: Double
        /// Of the samples of the class, the share that was recognised, 0…1.
        public let recall: Double
        /// The harmonic mean of precision and recall, 0…1: `2·TP / (2·TP + FP + FN)`.
        public let f1: Double
        /// Number of samples of the class; in an average, of all classes.
        public let support: Int
    }

    /// The scores of each class, in order.
    public let classes: [Scores]
    /// The share of all samples that were recognised, 0…1.
    public let accuracy: Double
    /// The mean over all classes, also those that never occur; its F1 is the mean of theirs.
    public let macroAverage: Scores
    /// The mean over all classes, each with the weight of its support; its recall is the accuracy.
    public let weightedAverage: Scores

    /// Computes the scores.
    public init(_ matrix: ConfusionMatrix) {
        classes = (0..<matrix.classCount).map { number in
            let divisor = matrix.supports[number] + matrix.predictedCounts[number]
            return Scores(
                precision: matrix.precision(of: number) ?? 0, recall: matrix.recall(of: number) ?? 0,
                f1: divisor == 0 ? 0 : Double(2 * matrix[number, number]) / Double(divisor),
                support: matrix.supports[number])
        }
        accuracy = matrix.accuracy
        macroAverage = Self.average(of: classes, weights: classes.map { _ in 1 })
        weightedAverage = Self.average(of: classes, weights: matrix.supports)
    }

    private static func average(of classes: [Scores], weights: [Int]) -> Scores {
        let total = Double(weights.reduce(0, +))
        func mean(_ value: KeyPath<Scores, Double>) -> Double {
            zip(classes, weights).reduce(0) { $0 + $1.0[keyPath: value] * Double($1.1) } / total
        }
        return Scores(
            precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1),
            support: classes.reduce(0) { $0 + $1.support })
    }
}
