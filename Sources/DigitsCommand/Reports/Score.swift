import DigitRecognition

/// How a model did on labelled pictures.
struct Score {
    /// Right ones of all.
    let proportion: Proportion
    /// Mean loss.
    let loss: Double
    /// `confusion[truth][predicted]`: how many pictures.
    let confusion: [[Int]]

    /// Counts what a model predicted.
    init(_ evaluation: Evaluation, of images: LabeledImages) {
        let classes = images.classNames.count
        var confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
        for (label, predicted) in zip(images.labels, evaluation.predictions) {
            confusion[Int(label)][predicted] += 1
        }
        self.confusion = confusion
        loss = evaluation.loss
        proportion = Proportion(
            correct: confusion.indices.reduce(0) { $0 + confusion[$1][$1] }, count: evaluation.count)
    }

    /// The pairs that were mixed up most often, the commonest first.
    var commonestMistakes: [(truth: Int, predicted: Int, count: Int)] {
        var mistakes: [(truth: Int, predicted: Int, count: Int)] = []
        for (truth, row) in confusion.enumerated() {
            for (predicted, count) in row.enumerated() where predicted != truth && count > 0 {
                mistakes.append((truth, predicted, count))
            }
        }
        return mistakes.sorted { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
    }
}

extension Model {
    /// Scores the model on labelled pictures.
    func score(on images: LabeledImages) throws(TrainingError) -> Score {
        Score(try evaluation(on: images), of: images)
    }
}
