import Assessment
import Evaluation
import Figures
import PlainText
import ReportPages

/// How well each class is read, and what it is taken for.
struct ClassesSection {
    private static let namedPairs = 10

    let assessment: ModelAssessment

    /// The confusion matrix, the scores of the classes and the pairs that are confused most.
    var section: PageSection {
        let report = ClassificationReport(assessment.confusion)
        let pairs = assessment.confusion.confusedPairs.prefix(Self.namedPairs).map { pair in
            ConfusedPairBar(
                label: assessment.classNames[pair.truth], reading: assessment.classNames[pair.predicted],
                count: pair.count,
                labelCount: assessment.confusion.supports[pair.truth])
        }
        return PageSection(
            "Classes",
            [
                .figure(
                    .confusionMatrix(counts: assessment.confusion.counts, classes: assessment.classNames)),
                .figure(.classScores(scores(report))), averages(report), .figure(.confusedPairs(pairs)),
            ])
    }

    private func scores(_ report: ClassificationReport) -> [ClassScore] {
        zip(report.classes.indices, report.classes).map { number, scores in
            // What has no divisor counts as 0 in the averages; here it is a gap.
            let recall = assessment.confusion.recall(of: number) ?? .nan
            let precision = assessment.confusion.precision(of: number) ?? .nan
            return ClassScore(
                name: assessment.classNames[number], precision: precision, recall: recall,
                f1: precision.isNaN || recall.isNaN ? .nan : scores.f1, count: scores.support)
        }
    }

    private func averages(_ report: ClassificationReport) -> PageBlock {
        func row(_ name: String, _ scores: ClassificationReport.Scores) -> [String] {
            [name] + [scores.precision, scores.recall, scores.f1].map { NumberText.percent($0) }
        }
        return .table(
            FigureTable(
                header: ["Average", "Precision", "Recall", "F1"],
                rows: [
                    row("each class alike (macro)", report.macroAverage),
                    row("each picture alike (weighted)", report.weightedAverage),
                ]), caption: "Averages over the classes")
    }

    /// The members of `report.json` and of what `digits evaluate --json` prints.
    var json: [(String, JSONText)] {
        let report = ClassificationReport(assessment.confusion)
        func members(_ scores: ClassificationReport.Scores) -> [(String, JSONText)] {
            [
                ("precision", .number(scores.precision)), ("recall", .number(scores.recall)),
                ("f1", .number(scores.f1)), ("support", .integer(scores.support)),
            ]
        }
        return [
            (
                "classes",
                .array(
                    zip(assessment.classNames, report.classes).map { name, scores in
                        .object([("name", .string(name))] + members(scores))
                    })
            ), ("macro_average", .object(members(report.macroAverage))),
            ("weighted_average", .object(members(report.weightedAverage))),
            (
                "confusion",
                .array(assessment.confusion.counts.map { .array($0.map { JSONText.integer($0) }) })
            ),
            (
                "confused_pairs",
                .array(
                    assessment.confusion.confusedPairs.map {
                        .object([
                            ("label", .integer($0.truth)), ("reading", .integer($0.predicted)),
                            ("count", .integer($0.count)),
                        ])
                    })
            ),
        ]
    }
}
