package import Datasets
import Evaluation
package import PlainText
import TerminalGraphics

/// What an evaluation says, as text and as JSON.
package struct EvaluationReport {
    /// Mistakes that are named one by one.
    private static let namedMistakes = 5

    let score: Score
    let dataset: DatasetDescription
    let split: DatasetSplit

    package init(score: Score, dataset: DatasetDescription, split: DatasetSplit) {
        self.score = score
        self.dataset = dataset
        self.split = split
    }

    /// Accuracy, loss, confusion matrix and the commonest mistakes.
    package var lines: [String] {
        let matrix = ConfusionMatrixText.lines(score.confusion, classNames: dataset.classNames)
        return [
            "\(dataset.title) \(split.rawValue) images: accuracy \(score.accuracy.textWithErrorBar), "
                + "loss \(NumberText.fixed(score.loss, decimals: 4))", "",
        ] + matrix + ["", mistakes]
    }

    /// `{"dataset":"mnist","split":"test","count":10000,"correct":9851,"accuracy":0.9851,"loss":0.05}`.
    package var json: JSONText { .object(members) }

    /// The members of `json`, with which `report.json` begins, too.
    var members: [(String, JSONText)] {
        [
            ("dataset", .string(dataset.name)), ("split", .string(split.rawValue)),
            ("count", .integer(score.accuracy.count)), ("correct", .integer(score.accuracy.correct)),
            ("accuracy", .number(score.accuracy.share)), ("loss", .number(score.loss)),
        ]
    }

    private var mistakes: String {
        let mistakes = score.confusion.confusedPairs.prefix(Self.namedMistakes).map {
            "\(dataset.classNames[$0.truth]) as \(dataset.classNames[$0.predicted]) (\(NumberText.grouped($0.count)))"
        }
        return mistakes.isEmpty ? "No mistakes." : "Most often misread: \(mistakes.joined(separator: ", "))."
    }
}
