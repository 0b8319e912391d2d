import Compute
public import Datasets
public import DigitRecognition
public import Evaluation
import Imaging

extension ModelAssessment {
    /// The images whose labels may be wrong: those that the model reads as another class with certainty, as they are and
    /// moved a little. What a model was trained on it knows by heart; take images that it was not trained on.
    ///
    ///     let assessment = try ModelAssessment(of: model, on: mnist.test)
    ///     for suspect in try assessment.labelSuspects(among: mnist.test, asking: Predictor(model)) {
    ///         print(suspect.sample, suspect.label, suspect.predicted, suspect.score)
    ///     }
    ///
    /// The model is asked again about the images alone that are not read as their label says: moved by one pixel to each side,
    /// and turned by 5 and 10 degrees either way.
    /// - Parameters:
    ///   - images: Those that were assessed.
    ///   - predictor: Made of the model that was.
    ///   - threshold: The lowest score of the list, 0…1; with 0 it has every mistake.
    /// - Returns: The suspects, the highest score first.
    /// - Precondition: The images and the predictor are of the same labels, classes and shape as what was assessed.
    /// - Throws: `EvaluationError` if the model's outputs are no probabilities.
    public func labelSuspects(
        among images: LabeledImages, asking predictor: Predictor,
        threshold: Double = LabelSuspect.usualThreshold
    ) throws(EvaluationError) -> [LabelSuspect] {
        precondition(images.labels == truths, "Other images were assessed than these \(images.count).")
        precondition(
            predictor.classNames == classNames,
            "The predictor has the classes \(predictor.classNames), but \(classNames) were assessed.")
        let mistakes = truths.indices.filter { probabilities(of: $0).argmax != truths[$0] }
        let shape = images.images.shape
        let views = predictor.predict(mistakes.count * Self.views.count, of: shape) { place, pixels in
            let (mistake, view) = place.quotientAndRemainder(dividingBy: Self.views.count)
            images.images.pixels(of: mistakes[mistake]).withUnsafeBufferPointer {
                Self.views[view].apply(to: $0, shape: shape, into: pixels)
            }
        }
        let samples = mistakes.enumerated().map { number, sample in
            let moved = views[number * Self.views.count..<(number + 1) * Self.views.count]
            return LabelSuspect.ViewedSample(
                sample: sample, label: truths[sample],
                views: [probabilities(of: sample)] + moved.map(\.probabilities))
        }
        return try LabelSuspect.ranked(samples, threshold: threshold)
    }

    /// How an image is looked at beside as it is. No digit becomes another by as little.
    private static let views = [
        AffineWarp(shiftRight: 1), AffineWarp(shiftRight: -1), AffineWarp(shiftDown: 1),
        AffineWarp(shiftDown: -1), AffineWarp(rotation: 5), AffineWarp(rotation: -5),
        AffineWarp(rotation: 10), AffineWarp(rotation: -10),
    ]
}
