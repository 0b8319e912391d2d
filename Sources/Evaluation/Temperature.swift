import Compute

/// One number that makes a model as sure as it is right: every probability p becomes `p^(1/T) / Σ p^(1/T)`.
///
/// This is softmax(logits / T), whatever the logits were, because a softmax forgets only what they have in common. T
/// over 1 makes a model less sure, T under 1 more; the order of the classes stays.
///
/// C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On Calibration of Modern Neural Networks", 2017, arXiv:1706.04599.
public struct Temperature: Sendable, Hashable {
    /// Temperatures that a fit may find.
    public static let fittedRange = 0.01...100.0

    /// What a fit found, and what it is good for.
    public struct Fit: Sendable, Hashable {
        /// The temperature with the least negative log-likelihood.
        public let temperature: Temperature
        /// Calibration on the samples of the fit as they were.
        public let before: Reliability
        /// Calibration on the same samples with the temperature.
        public let after: Reliability
    }

    /// T, a finite number above 0.
    public let value: Double

    /// Keeps a temperature.
    /// - Throws: `EvaluationError.badTemperature` if it is not a finite number above 0.
    public init(_ value: Double) throws(EvaluationError) {
        guard value > 0 && value.isFinite else { throw .badTemperature(value) }
        self.value = value
    }

    /// The probabilities with this temperature; they sum to 1.
    /// - Parameter probabilities: One in 0…1 for each class. 0 counts as 1.2e-38, as in `Reliability`.
    public func applied(to probabilities: some Collection<Float>) -> [Float] {
        ScaledRow(probabilities.map(\.logarithm)).probabilities(inverseTemperature: 1 / value).map {
            Float($0)
        }
    }

    /// Predictions with this temperature. The predicted classes are the same.
    public func applied(to predictions: LabeledPredictions) -> LabeledPredictions {
        predictions.mapProbabilities { applied(to: $0) }
    }

    /// Finds the temperature with the least negative log-likelihood. Take samples that the model was not trained on.
    ///
    /// The mean negative log-likelihood is convex in β = 1/T. Newton's method finds where its slope is 0; a step that would
    /// leave the bracket halves it (in logarithms) instead. If every sample gives all classes the same probability, all
    /// temperatures are equally good, and the result is 1.
    /// - Parameters:
    ///   - predictions: Probabilities as predicted, and the true classes.
    ///   - bins: Number of bins of the calibration errors.
    /// - Throws: `EvaluationError.temperatureTooLow` or `temperatureTooHigh` if the best temperature is not in
    ///   `fittedRange`: where all samples are recognised, the likelihood rises forever as T falls.
    /// - Complexity: About ten times samples × classes exponentials.
    public static func fit(_ predictions: LabeledPredictions, bins: Int = 15) throws(EvaluationError) -> Fit {
        let likelihood = Likelihood(predictions)
        let temperature = try Temperature(1 / likelihood.bestInverseTemperature())
        return Fit(
            temperature: temperature, before: Reliability(predictions, bins: bins),
            after: Reliability(temperature.applied(to: predictions), bins: bins))
    }
}

/// Logarithms of one sample's probabilities, shifted so that the largest is 0.
private struct ScaledRow {
    let logits: [Double]

    init(_ logarithms: [Double]) {
        let largest = logarithms.max() ?? 0
        logits = logarithms.map { $0 - largest }
    }

    func probabilities(inverseTemperature: Double) -> [Double] {
        let powers = logits.map { Double.exp($0 * inverseTemperature) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}

/// The mean negative log-likelihood as a function of β = 1/T.
private struct Likelihood {
    private let rows: [ScaledRow]
    private let truths: [Int]

    init(_ predictions: LabeledPredictions) {
        truths = predictions.truths
        rows = truths.indices.map { ScaledRow(predictions.probabilities(of: $0).map(\.logarithm)) }
    }

    /// Slope `mean(E[l] - l[truth])` and curvature `mean(Var[l])`, under the probabilities at β; l are the logits.
    private func derivatives(_ inverseTemperature: Double) -> (slope: Double, curvature: Double) {
        var slope = 0.0
        var curvature = 0.0
        for (row, truth) in zip(rows, truths) {
            let probabilities = row.probabilities(inverseTemperature: inverseTemperature)
            let mean = zip(probabilities, row.logits).reduce(0) { $0 + $1.0 * $1.1 }
            slope += mean - row.logits[truth]
            for (probability, logit) in zip(probabilities, row.logits) {
                curvature += probability * (logit - mean) * (logit - mean)
            }
        }
        return (slope / Double(rows.count), curvature / Double(rows.count))
    }

    /// Where the slope is 0.
    func bestInverseTemperature() throws(EvaluationError) -> Double {
        if rows.allSatisfy({ $0.logits.allSatisfy { $0 == 0 } }) { return 1 }
        let range = Temperature.fittedRange
        var bracket = (lower: 1 / range.upperBound, upper: 1 / range.lowerBound)
        if derivatives(bracket.upper).slope <= 0 { throw .temperatureTooLow(limit: range.lowerBound) }
        if derivatives(bracket.lower).slope >= 0 { throw .temperatureTooHigh(limit: range.upperBound) }

        var best = 1.0
        while true {
            let (slope, curvature) = derivatives(best)
            if slope > 0 { bracket.upper = best } else { bracket.lower = best }
            var next = best - slope / curvature
            if !(next > bracket.lower && next < bracket.upper) {
                next = (bracket.lower * bracket.upper).squareRoot()
            }
            if abs(next - best) <= 1e-12 * best { return next }
            best = next
        }
    }
}
