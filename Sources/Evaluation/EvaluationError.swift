/// Why something cannot be evaluated.
public enum EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is nothing to count.
    case noSamples
    /// There are no classes.
    case noClasses
    /// Each true class needs one prediction.
    case countMismatch(truths: Int, predictions: Int)
    /// A true or predicted class does not exist.
    case classOutOfRange(class: Int, sample: Int, classCount: Int)
    /// Every sample needs one probability for each class.
    case rowLengthMismatch(sample: Int, values: Int, classCount: Int)
    /// A value is not in 0…1.
    case notProbability(value: Float, sample: Int)
    /// The probabilities of a sample are not a distribution.
    case sumNotOne(sum: Double, sample: Int)
    /// A confusion matrix has as many columns as rows.
    case matrixNotSquare(row: Int, values: Int, rows: Int)
    /// Counts are at least 0.
    case negativeCount(Int)
    /// A temperature is a finite number above 0.
    case badTemperature(Double)
    /// The likelihood rises as far as temperatures are tried, down to the given limit.
    case temperatureTooLow(limit: Double)
    /// The likelihood rises as far as temperatures are tried, up to the given limit.
    case temperatureTooHigh(limit: Double)

    /// What happened, what was expected, what to do.
    public var description: String {
        switch self {
        case .noSamples:
            "There is nothing to evaluate; give at least one sample."
        case .noClasses:
            "There are no classes; a sample needs the probability of at least one."
        case .countMismatch(let truths, let predictions):
            "The number of true classes is \(truths), that of predictions \(predictions); give one for each, in the same order."
        case .classOutOfRange(let number, let sample, let classCount):
            "Sample \(sample) has the class \(number), but the classes are 0…\(classCount - 1); "
                + "use the labels that the model was trained on."
        case .rowLengthMismatch(let sample, let values, let classCount):
            "Sample \(sample) has \(values) probabilities, but there are \(classCount) classes; give one for each."
        case .notProbability(let value, let sample):
            "Sample \(sample) has the probability \(value), which is not in 0…1; use a model that ends in softmax."
        case .sumNotOne(let sum, let sample):
            "The probabilities of sample \(sample) sum to \(sum), not to 1; use a model that ends in softmax."
        case .matrixNotSquare(let row, let values, let rows):
            "Row \(row) of the confusion matrix has \(values) counts, but there are \(rows) rows; "
                + "give a row and a column for each class."
        case .negativeCount(let count):
            "\(count) is not a number of samples; counts are at least 0."
        case .badTemperature(let value):
            "\(value) is not a temperature; it must be a finite number above 0."
        case .temperatureTooLow(let limit):
            "No temperature is best: the predictions are so good that even one under \(limit) fits better. "
                + "Fit on more samples, with mistakes among them."
        case .temperatureTooHigh(let limit):
            "No temperature is best: the predictions are so bad that even one over \(limit) fits better. "
                + "Train the model further, or check that the labels belong to the samples."
        }
    }
}
