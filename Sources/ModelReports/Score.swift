package import DigitRecognition
package import Evaluation

/// How a model did on labelled pictures.
package struct Score {
    /// What was taken for what.
    package let confusion: ConfusionMatrix
    /// Mean loss.
    package let loss: Double
    /// What each picture was taken for.
    package let predictions: [Int]

    /// Right ones of all.
    package var accuracy: ProportionInterval { confusion.accuracyInterval() }
}

extension Model {
    /// Scores the model on labelled pictures.
    package func score(on images: LabeledImages) throws -> Score {
        let evaluation = try evaluation(on: images)
        let confusion = try ConfusionMatrix(
            truths: images.labels, predicted: evaluation.predictions,
            classCount: images.classNames.count)
        return Score(confusion: confusion, loss: evaluation.loss, predictions: evaluation.predictions)
    }
}
