import DigitRecognition

/// How a model did on labelled pictures.
struct Score {
    /// What was taken for what.
    let confusion: ConfusionMatrix
    /// Mean loss.
    let loss: Double
    /// What each picture was taken for.
    let predictions: [Int]

    /// Right ones of all.
    var accuracy: ProportionInterval { confusion.accuracyInterval() }
}

extension Model {
    /// Scores the model on labelled pictures.
    func score(on images: LabeledImages) throws -> Score {
        let evaluation = try evaluation(on: images)
        let confusion = try ConfusionMatrix(
            truths: images.labels.map { Int($0) }, predicted: evaluation.predictions,
            classCount: images.classNames.count)
        return Score(confusion: confusion, loss: evaluation.loss, predictions: evaluation.predictions)
    }
}
