package import Assessment
package import Datasets
import Evaluation
package import PlainText
import TerminalGraphics

/// What an evaluation says, as text and as JSON.
package struct EvaluationReport {
    /// Mistakes that are named one by one.
    private static let namedMistakes = 5

    let assessment: ModelAssessment
    private let corruptions: CorruptionReport?
    let dataset: DatasetDescription
    let split: DatasetSplit

    /// - Parameter corruptionScores: The accuracies under MNIST-C's corruptions; nil to say nothing of them.
    package init(
        assessment: ModelAssessment, corruptionScores: CorruptionScores? = nil, dataset: DatasetDescription,
        split: DatasetSplit
    ) {
        self.assessment = assessment
        corruptions = corruptionScores.map { CorruptionReport(scores: $0, clean: assessment.accuracy) }
        self.dataset = dataset
        self.split = split
    }

    /// Accuracy, loss, confusion matrix and the commonest mistakes, and the table of corruptions.
    package var lines: [String] {
        let matrix = ConfusionMatrixText.lines(assessment.confusion, classNames: dataset.classNames)
        return [
            "\(dataset.title) \(split.rawValue) images: accuracy \(assessment.accuracy.textWithErrorBar), "
                + "loss \(NumberText.fixed(assessment.loss, decimals: 4))", "",
        ] + matrix + ["", mistakes] + (corruptions.map { [""] + $0.lines } ?? [])
    }

    /// `{"dataset":"mnist","split":"test","count":10000,"correct":9851,"accuracy":0.9851,"loss":0.05,…}`: then the accuracy's
    /// interval, the scores of each class and their averages, and the confusion matrix, rows being true classes.
    package var json: JSONText { .object(members + (corruptions.map { [$0.member] } ?? [])) }

    /// The members of `json`, with which `report.json` begins, too.
    var members: [(String, JSONText)] {
        let accuracy = assessment.accuracy
        let summary: [(String, JSONText)] = [
            ("dataset", .string(dataset.name)), ("split", .string(split.rawValue)),
            ("count", .integer(accuracy.count)), ("correct", .integer(accuracy.correct)),
            ("accuracy", .number(accuracy.share)), ("loss", .number(assessment.loss)),
            (
                "accuracy_interval",
                .object([
                    ("confidence", .number(accuracy.confidence)), ("low", .number(accuracy.lowerBound)),
                    ("high", .number(accuracy.upperBound)),
                ])
            ),
        ]
        return summary + ClassesSection(assessment: assessment).json
    }

    private var mistakes: String {
        let mistakes = assessment.confusion.confusedPairs.prefix(Self.namedMistakes).map {
            "\(dataset.classNames[$0.truth]) as \(dataset.classNames[$0.predicted]) (\(NumberText.grouped($0.count)))"
        }
        return mistakes.isEmpty ? "No mistakes." : "Most often misread: \(mistakes.joined(separator: ", "))."
    }
}
