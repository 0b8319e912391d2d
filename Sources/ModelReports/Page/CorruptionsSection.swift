import Assessment
import DigitRecognition
import Evaluation
import Figures
import PlainText
import ReportPages

/// How a model does under MNIST-C's corruptions; nothing of images of another size than MNIST's.
struct CorruptionsSection {
    private let report: CorruptionReport?
    private let subject: ReportSubject

    /// Corrupts some of the images and asks a model about them.
    /// - Parameter known: What came of it, where that is known already.
    init(
        _ subject: ReportSubject, _ predictor: Predictor, clean: ProportionInterval, known: CorruptionScores?
    ) throws {
        self.subject = subject
        let isPossible = subject.images.images.shape == CommonCorruption.shape
        let scores =
            try known
            ?? (isPossible
                ? predictor.corruptionScores(on: subject.images, limit: Robustness.usualCount) : nil)
        report = scores.map { CorruptionReport(scores: $0, clean: clean) }
    }

    /// The bars.
    var section: PageSection {
        guard let report else {
            return PageSection(
                "Corruptions",
                [
                    .paragraph(
                        "Nothing was corrupted: the corruptions of MNIST-C are of grey pictures of 28×28 pixels."
                    )
                ])
        }
        return PageSection(
            "Corruptions",
            [
                .paragraph(
                    "How often the model is right under the fifteen corruptions of MNIST-C, measured on "
                        + "\(sample(of: report)). The corruptions are harsher than most photographs, and the model has seen "
                        + "none of them unless it was trained for it."),
                .figure(
                    .corruptions(
                        report.scores.scores.map(bar), cleanAccuracy: report.clean.share,
                        title: "Accuracy under the corruptions of MNIST-C")),
            ])
    }

    /// For the head of the page.
    var cards: [PageFact] {
        report.map {
            [
                PageFact(
                    "MNIST-C", NumberText.percent($0.scores.meanAccuracy),
                    note:
                        "mean accuracy, \($0.scores.scores.count) corruptions of \(NumberText.grouped($0.count)) pictures"
                )
            ]
        } ?? []
    }

    /// Which images were corrupted.
    private func sample(of report: CorruptionReport) -> String {
        let count = NumberText.grouped(report.count)
        return report.count == subject.images.count
            ? "all \(count) \(subject.imagesTitle)"
            : "\(count) of the \(subject.imagesTitle), evenly spread. The dashed line is the accuracy on all images as they are"
    }

    /// The members of `report.json`.
    var json: [(String, JSONText)] { [report?.member ?? ("mnist_c", .null)] }

    /// A corruption's accuracy beside the first image.
    private func bar(_ score: CorruptionScores.Score) -> CorruptionBar {
        CorruptionBar(
            image: ValueMap(score.corruption.applied(to: subject.images.images[0], place: 0)),
            name: score.corruption.name, accuracy: score.accuracy.share, correct: score.accuracy.correct,
            count: score.accuracy.count)
    }
}
