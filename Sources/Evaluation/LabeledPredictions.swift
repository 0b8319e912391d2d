import Compute

/// The probabilities that a model gave to each class of some samples, and the samples' true classes; checked once, here.
///
///     let predictions = try LabeledPredictions(
///         truths: [0, 1], probabilities: [[0.9, 0.1], [0.4, 0.6]])
///     predictions.predictedClasses   // [0, 1]
public struct LabeledPredictions: Sendable, Hashable {
    /// How far from 1 the sum of a sample's probabilities may be: rounding, of 16-bit numbers too.
    public static let sumTolerance = 0.01

    /// Number of classes.
    public let classCount: Int
    /// The true class of each sample, `0..<classCount`.
    public let truths: [Int]
    /// The most probable class of each sample, the first of equals.
    public let predictedClasses: [Int]
    /// `[samples, classCount]`, row after row.
    private let values: [Float]

    /// Checks and keeps predictions.
    /// - Parameters:
    ///   - truths: The true class of each sample.
    ///   - probabilities: For each sample, in the same order, the probability of each class, all in 0…1 with the sum 1.
    /// - Throws: `EvaluationError` for no samples, unequal numbers of them, rows of unequal length, values that are no
    ///   probabilities, and classes that do not exist.
    public init(truths: [Int], probabilities: [[Float]]) throws(EvaluationError) {
        guard truths.count == probabilities.count else {
            throw .countMismatch(truths: truths.count, predictions: probabilities.count)
        }
        guard let first = probabilities.first else { throw .noSamples }
        guard !first.isEmpty else { throw .noClasses }
        var values: [Float] = []
        values.reserveCapacity(probabilities.count * first.count)
        for (sample, row) in probabilities.enumerated() {
            try row.checkProbabilities(of: sample, classCount: first.count)
            guard (0..<first.count).contains(truths[sample]) else {
                throw .classOutOfRange(class: truths[sample], sample: sample, classCount: first.count)
            }
            values += row
        }
        classCount = first.count
        self.truths = truths
        self.values = values
        predictedClasses = probabilities.map(\.argmax)
    }

    /// Number of samples, at least 1.
    public var count: Int { truths.count }

    /// The probability of each class of one sample.
    public func probabilities(of sample: Int) -> ArraySlice<Float> {
        precondition(truths.indices.contains(sample), "Sample \(sample) of \(count) does not exist.")
        return values[sample * classCount..<(sample + 1) * classCount]
    }

    /// The same samples with probabilities that a function makes of theirs. It keeps their order, so that the predicted
    /// classes stay, even where rounding makes two probabilities equal.
    func mapProbabilities(_ transform: (ArraySlice<Float>) -> [Float]) -> LabeledPredictions {
        LabeledPredictions(self, values: truths.indices.flatMap { transform(probabilities(of: $0)) })
    }

    private init(_ original: LabeledPredictions, values: [Float]) {
        classCount = original.classCount
        truths = original.truths
        predictedClasses = original.predictedClasses
        self.values = values
    }
}

extension Array<Float> {
    /// Checks that the values are the probabilities of `classCount` classes.
    func checkProbabilities(of sample: Int, classCount: Int) throws(EvaluationError) {
        guard count == classCount else {
            throw .rowLengthMismatch(sample: sample, values: count, classCount: classCount)
        }
        // A rounded softmax may exceed 1 by a little; a NaN is in no range.
        let range = 0...Float(1 + LabeledPredictions.sumTolerance)
        for value in self where !range.contains(value) {
            throw .notProbability(value: value, sample: sample)
        }
        let sum = reduce(0) { $0 + Double($1) }
        guard abs(sum - 1) <= LabeledPredictions.sumTolerance else {
            throw .sumNotOne(sum: sum, sample: sample)
        }
    }
}
