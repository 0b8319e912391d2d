public import Datasets
public import DigitRecognition
public import Evaluation

extension Predictor {
    /// What the model makes of labelled pictures, for everything that judges probabilities:
    ///
    ///     let predictions = try Predictor(model).labeledPredictions(on: mnist.test)
    ///     Reliability(predictions).expectedCalibrationError
    ///     ConfusionMatrix(predictions).confusedPairs
    /// - Throws: `InputError` if there are no pictures or they do not fit the network; `EvaluationError` if its outputs
    ///   are no probabilities.
    public func labeledPredictions(on images: LabeledImages) throws -> LabeledPredictions {
        try check(images, purpose: "evaluation")
        return try LabeledPredictions(
            truths: images.labels,
            probabilities: try predict(images.images).map(\.probabilities))
    }
}
