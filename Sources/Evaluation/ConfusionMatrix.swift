/// How often each class was taken for each.
///
///     let matrix = try ConfusionMatrix(truths: [4, 4, 9], predicted: [4, 9, 9], classCount: 10)
///     matrix[4, 9]       // 1
///     matrix.accuracy    // 0.666…
public struct ConfusionMatrix: Sendable, Hashable {
    /// Two classes of which one was taken for the other.
    public struct ConfusedPair: Sendable, Hashable {
        /// The true class.
        public let truth: Int
        /// What it was taken for.
        public let predicted: Int
        /// How often, at least once.
        public let count: Int
    }

    /// `counts[truth][predicted]`: how many samples. A square, with at least one sample.
    public let counts: [[Int]]
    /// Number of samples, at least 1.
    public let count: Int
    /// Number of samples whose predicted class is the true one.
    public let correct: Int
    /// How many samples of each class there are.
    public let supports: [Int]
    /// How many samples were taken for each class.
    public let predictedCounts: [Int]

    /// Makes a matrix of counts.
    /// - Parameter counts: `counts[truth][predicted]`.
    /// - Throws: `EvaluationError` if they are no square, one is negative, or there are no samples.
    public init(counts: [[Int]]) throws(EvaluationError) {
        for (index, row) in counts.enumerated() {
            guard row.count == counts.count else {
                throw .matrixNotSquare(row: index, values: row.count, rows: counts.count)
            }
            if let negative = row.first(where: { $0 < 0 }) { throw .negativeCount(negative) }
        }
        guard counts.contains(where: { $0.contains { $0 > 0 } }) else { throw .noSamples }
        self.init(checkedCounts: counts)
    }

    /// Counts predictions.
    /// - Parameters:
    ///   - truths: The true class of each sample, `0..<classCount`.
    ///   - predicted: What it was taken for, in the same order, `0..<classCount`.
    ///   - classCount: Number of classes, whether they occur or not.
    /// - Throws: `EvaluationError` if there are no samples, the numbers differ, or a class does not exist.
    public init(truths: [Int], predicted: [Int], classCount: Int) throws(EvaluationError) {
        try truths.check(pairedWith: predicted, classCount: classCount)
        self.init(checkedTruths: truths, predicted: predicted, classCount: classCount)
    }

    /// Counts the most probable class of each sample.
    public init(_ predictions: LabeledPredictions) {
        self.init(
            checkedTruths: predictions.truths, predicted: predictions.predictedClasses,
            classCount: predictions.classCount)
    }

    /// Counts predictions that are known to be as many as the truths, at least one, and to exist.
    package init(checkedTruths truths: [Int], predicted: [Int], classCount: Int) {
        var counts = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
        for (truth, predicted) in zip(truths, predicted) { counts[truth][predicted] += 1 }
        self.init(checkedCounts: counts)
    }

    private init(checkedCounts counts: [[Int]]) {
        self.counts = counts
        supports = counts.map { $0.reduce(0, +) }
        predictedCounts = counts.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
        correct = counts.indices.reduce(0) { $0 + counts[$1][$1] }
        count = supports.reduce(0, +)
    }

    /// Number of classes.
    public var classCount: Int { counts.count }

    /// How many samples of one class were taken for another, or for itself.
    public subscript(truth: Int, predicted: Int) -> Int { counts[truth][predicted] }

    /// The share of samples whose predicted class is the true one, 0…1.
    public var accuracy: Double { Double(correct) / Double(count) }

    /// The accuracy with the interval in which the true one is to be expected.
    public func accuracyInterval(confidence: Double = 0.95) -> ProportionInterval {
        ProportionInterval(correct: correct, count: count, confidence: confidence)
    }

    /// Of the samples of a class, the share that was recognised, 0…1; nil if there are none.
    public func recall(of number: Int) -> Double? {
        supports[number] == 0 ? nil : Double(counts[number][number]) / Double(supports[number])
    }

    /// Of the samples that were taken for a class, the share that belongs to it, 0…1; nil if there are none.
    public func precision(of number: Int) -> Double? {
        predictedCounts[number] == 0
            ? nil : Double(counts[number][number]) / Double(predictedCounts[number])
    }

    /// `rowPercentages[truth][predicted]`: of the samples of the true class, how many per cent were taken for the other.
    /// A row sums to 100; that of a class without samples is all 0.
    public var rowPercentages: [[Double]] {
        zip(counts, supports).map { row, support in
            row.map { support == 0 ? 0 : 100 * Double($0) / Double(support) }
        }
    }

    /// All pairs that were confused, the commonest first; of equals, the one with the lower true class, then the lower
    /// predicted class. What was taken for what matters: 4 as 9 and 9 as 4 are two pairs.
    public var confusedPairs: [ConfusedPair] {
        counts.enumerated()
            .flatMap { truth, row in
                row.enumerated().map { ConfusedPair(truth: truth, predicted: $0.offset, count: $0.element) }
            }
            .filter { $0.truth != $0.predicted && $0.count > 0 }
            .sorted { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
    }
}

extension [Int] {
    /// Checks that these true classes and the predicted ones are as many and exist.
    func check(pairedWith predicted: [Int], classCount: Int) throws(EvaluationError) {
        guard count == predicted.count else {
            throw .countMismatch(truths: count, predictions: predicted.count)
        }
        if isEmpty { throw .noSamples }
        if classCount < 1 { throw .noClasses }
        for (sample, pair) in zip(self, predicted).enumerated() {
            for number in [pair.0, pair.1] where !(0..<classCount).contains(number) {
                throw .classOutOfRange(class: number, sample: sample, classCount: classCount)
            }
        }
    }
}
