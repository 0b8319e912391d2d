public import Datasets
public import DigitRecognition
public import Evaluation
import Imaging

extension Predictor {
    /// The pictures whose labels may be wrong: those that the model reads as another class with certainty, as they are and
    /// moved a little. What a model was trained on it knows by heart; take pictures that it was not trained on.
    ///
    ///     for suspect in try Predictor(model).labelSuspects(on: mnist.test) {
    ///         print(suspect.sample, suspect.label, suspect.predicted, suspect.score)
    ///     }
    ///
    /// Only the pictures that are not read as their label says are looked at more than once: as they are, moved by one
    /// pixel to each side, and turned by 5 and 10 degrees either way.
    /// - Parameter threshold: The lowest score of the list, 0…1; with 0 it has every mistake.
    /// - Returns: The suspects, the highest score first.
    /// - Throws: `InputError` if there are no pictures or they do not fit the network; `EvaluationError` if its outputs
    ///   are no probabilities.
    public func labelSuspects(
        on images: LabeledImages, threshold: Double = LabelSuspect.usualThreshold
    ) throws -> [LabelSuspect] {
        try check(images, purpose: "a search for wrong labels")
        let mistakes = zip(try predict(images.images), images.labels).enumerated()
            .filter { $0.element.0.label != $0.element.1 }.map(\.offset)
        let shape = images.images.shape
        let views = predict(mistakes.count * Self.views.count, of: shape) { place, pixels in
            let (mistake, view) = place.quotientAndRemainder(dividingBy: Self.views.count)
            images.images.pixels(of: mistakes[mistake]).withUnsafeBufferPointer {
                Self.views[view].apply(to: $0, shape: shape, into: pixels)
            }
        }
        let samples = mistakes.enumerated().map { number, sample in
            LabelSuspect.ViewedSample(
                sample: sample, label: images.labels[sample],
                views: views[number * Self.views.count..<(number + 1) * Self.views.count].map(\.probabilities)
            )
        }
        return try LabelSuspect.ranked(samples, threshold: threshold)
    }

    /// How a picture is looked at; the first view is the picture as it is. No digit becomes another by as little.
    private static let views = [
        AffineWarp(), AffineWarp(shiftRight: 1), AffineWarp(shiftRight: -1), AffineWarp(shiftDown: 1),
        AffineWarp(shiftDown: -1), AffineWarp(rotation: 5), AffineWarp(rotation: -5),
        AffineWarp(rotation: 10), AffineWarp(rotation: -10),
    ]
}
