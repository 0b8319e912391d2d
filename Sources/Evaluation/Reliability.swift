import Compute

/// The samples whose confidence lies in one interval: how sure the model was, and how often it was right.
public struct CalibrationBin: Sendable, Hashable {
    /// The interval's ends, 0…1. The upper end belongs to the interval, the lower one does not, except 0 to the first.
    public let lowerBound: Double
    /// See `lowerBound`.
    public let upperBound: Double
    /// Number of samples.
    public let count: Int
    /// Number of samples whose predicted class is the true one.
    public let correct: Int
    /// The mean confidence of the samples, 0…1; 0 if there are none.
    public let meanConfidence: Double

    /// The share of samples whose predicted class is the true one, 0…1; 0 if there are none.
    public var accuracy: Double { count == 0 ? 0 : Double(correct) / Double(count) }

    /// `|accuracy - meanConfidence|`, 0…1; 0 if there are no samples.
    public var gap: Double { abs(accuracy - meanConfidence) }
}

extension CalibrationBin {
    /// Sorts answers into bins of equal width by their confidence, from the lowest on, empty ones too.
    /// - Precondition: There is at least 1 bin.
    package static func bins(
        _ answers: [(confidence: Double, isCorrect: Bool)], count binCount: Int
    ) -> [CalibrationBin] {
        precondition(binCount >= 1, "Samples are sorted into at least 1 bin, not \(binCount).")
        var counts = Array(repeating: 0, count: binCount)
        var correct = counts
        var confidences = Array(repeating: 0.0, count: binCount)
        for (confidence, isCorrect) in answers {
            let confidence = min(1, confidence)
            let bin = max(0, Int((confidence * Double(binCount)).rounded(.up)) - 1)
            counts[bin] += 1
            correct[bin] += isCorrect ? 1 : 0
            confidences[bin] += confidence
        }
        let edges = (0...binCount).map { Double($0) / Double(binCount) }
        return counts.indices.map { bin in
            CalibrationBin(
                lowerBound: edges[bin], upperBound: edges[bin + 1], count: counts[bin],
                correct: correct[bin], meanConfidence: confidences[bin] / Double(max(1, counts[bin])))
        }
    }
}

extension [CalibrationBin] {
    /// The mean gap of the bins, each with the weight of its samples, 0…1; 0 if there are none.
    package var expectedCalibrationError: Double {
        let count = reduce(0) { $0 + $1.count }
        return reduce(0) { $0 + $1.gap * Double($1.count) } / Double(Swift.max(1, count))
    }
}

/// Whether a model is right as often as it is sure: the reliability diagram, and the errors that sum it up.
///
/// A sample's confidence is the probability of its most probable class. Bins of equal width sort samples by it.
///
/// C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On Calibration of Modern Neural Networks", 2017, arXiv:1706.04599.
public struct Reliability: Sendable, Hashable {
    /// The bins, from the lowest confidence to the highest, empty ones too.
    public let bins: [CalibrationBin]
    /// Number of samples, at least 1.
    public let count: Int
    /// The mean of `-log(probability of the true class)`, at least 0; natural logarithm. A probability of 0 counts as
    /// the smallest that a Float holds with full precision, 1.2e-38: it was not zero before it was rounded.
    public let negativeLogLikelihood: Double
    /// The mean of `Σ (probability - 1 if it is the true class else 0)²` over the classes, 0…2.
    ///
    /// G. W. Brier, "Verification of Forecasts Expressed in Terms of Probability", 1950. (With two classes, some
    /// authors take the sum over one of them, which is half of this.)
    public let brierScore: Double

    /// Sorts samples into bins and computes the errors.
    /// - Parameter bins: Number of bins, at least 1.
    public init(_ predictions: LabeledPredictions, bins binCount: Int = 15) {
        var answers: [(confidence: Double, isCorrect: Bool)] = []
        var logLikelihood = 0.0
        var squares = 0.0
        for sample in predictions.truths.indices {
            let probabilities = predictions.probabilities(of: sample)
            let truth = predictions.truths[sample]
            let predicted = predictions.predictedClasses[sample]
            answers.append((Double(probabilities[probabilities.startIndex + predicted]), predicted == truth))
            logLikelihood += probabilities[probabilities.startIndex + truth].logarithm
            for (number, probability) in probabilities.enumerated() {
                let difference = Double(probability) - (number == truth ? 1 : 0)
                squares += difference * difference
            }
        }
        bins = CalibrationBin.bins(answers, count: binCount)
        count = predictions.count
        negativeLogLikelihood = -logLikelihood / Double(count)
        brierScore = squares / Double(count)
    }

    /// The mean gap of the bins, each with the weight of its samples, 0…1.
    public var expectedCalibrationError: Double { bins.expectedCalibrationError }

    /// The largest gap of a bin, 0…1.
    public var maximumCalibrationError: Double {
        bins.reduce(0) { max($0, $1.gap) }
    }
}

extension Float {
    /// The natural logarithm of a probability, which is finite: 0 counts as the smallest normal number.
    var logarithm: Double { .log(Double(max(self, .leastNormalMagnitude))) }
}
