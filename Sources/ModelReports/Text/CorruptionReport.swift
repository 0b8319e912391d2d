package import Assessment
package import Evaluation
package import PlainText
import TerminalGraphics

/// What the accuracies under MNIST-C's corruptions say, as text and as JSON.
package struct CorruptionReport {
    let scores: CorruptionScores
    /// The accuracy on images as they are.
    let clean: ProportionInterval

    package init(scores: CorruptionScores, clean: ProportionInterval) {
        self.scores = scores
        self.clean = clean
    }

    /// How many images were corrupted in each way.
    var count: Int { scores.scores[0].accuracy.count }

    /// A table of all accuracies, and their mean.
    package var lines: [String] {
        var table = TextTable([
            .init("Corruption"), .init("Accuracy", .right), .init("Read right", .right), .init(""),
        ])
        for score in scores.scores {
            table.append([
                score.corruption.name, NumberText.percent(score.accuracy.share),
                NumberText.grouped(score.accuracy.correct), Bar.text(score.accuracy.share, width: 24),
            ])
        }
        return table.lines + [
            "",
            "MNIST-C, \(NumberText.grouped(count)) images each: mean accuracy \(NumberText.percent(scores.meanAccuracy)), "
                + "\(NumberText.percent(clean.share)) on images as they are",
        ]
    }

    /// `("mnist_c", {"count":10000,"mean_accuracy":0.72,"corruptions":[{"name":"shot_noise","correct":9700,"accuracy":0.97},…]})`.
    package var member: (String, JSONText) {
        (
            "mnist_c",
            .object([
                ("count", .integer(count)),
                ("mean_accuracy", .number(scores.meanAccuracy)),
                (
                    "corruptions",
                    .array(
                        scores.scores.map {
                            .object([
                                ("name", .string($0.corruption.rawValue)),
                                ("correct", .integer($0.accuracy.correct)),
                                ("accuracy", .number($0.accuracy.share)),
                            ])
                        })
                ),
            ])
        )
    }
}
