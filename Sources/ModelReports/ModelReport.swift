import DigitRecognition
import Figures
import PlainText
import ReportPages

/// Finds out everything about a model that a report tells, and writes the report.
///
/// A report has no date and no speed in it: the same model and data give the same bytes.
struct ReportJob {
    let subject: AssessedModel
    let folder: ReportFolder
    /// Told what is being done, for a line of progress.
    var progress: (String) -> Void = { _ in }

    /// Judges the model and writes the report.
    /// - Parameter score: How the model did on the pictures.
    /// - Throws: `DurableFileError` if a file could not be written; then there is none.
    func run(_ score: Score) throws {
        let count = NumberText.grouped(subject.images.count)
        progress("Report: reading \(count) pictures…")
        let predictor = Predictor(subject.model, threads: subject.model.threads)
        let predictions = try predictor.predict(subject.images.images)
        let ranked = Misreading.ranked(score, predictions, labels: subject.images.labels)

        let classes = ClassesSection(score: score, classNames: subject.images.classNames)
        let calibration = try CalibrationSection(subject, predictor)
        progress("Report: looking at mistakes…")
        let mistakes = try MistakesSection(subject, ranked)
        let labels = try LabelsSection(subject, predictor, ranked)
        progress("Report: reading disturbed pictures…")
        let robustness = try RobustnessSection(subject, predictor)
        let network = try NetworkSection(subject)
        let training = TrainingSection(
            information: subject.model.information, history: subject.history)
        let origin = OriginSection(subject: subject)

        progress("Report: drawing…")
        let page = ReportPage(
            title: "\(subject.name) on \(subject.pictures)",
            summary: "How well this model reads \(count) pictures that it was given, where it errs, and why.",
            facts: facts(score) + calibration.cards + robustness.cards + labels.cards,
            sections: [
                classes.section, mistakes.section, labels.section, calibration.section, robustness.section,
                network.section, training.section, origin.section,
            ],
            footer: "Made by digits \(ModelInformation.currentVersion). "
                + "This page needs no network and runs no program.")
        let evaluation = EvaluationReport(score: score, dataset: subject.dataset, split: subject.split)
        let numbers: [[(String, JSONText)]] = [
            evaluation.members, interval(score.accuracy), classes.json, mistakes.json, labels.json,
            calibration.json, robustness.json, network.json, training.json, origin.json,
        ]
        try folder.write(page, .object(Array(numbers.joined())))
    }

    private func facts(_ score: Score) -> [PageFact] {
        let accuracy = score.accuracy
        return [
            PageFact(
                "Accuracy", NumberText.percent(accuracy.share),
                note: "95% interval \(NumberText.percent(accuracy.lowerBound)) to "
                    + NumberText.percent(accuracy.upperBound)),
            PageFact(
                "Read right", NumberText.grouped(accuracy.correct),
                note: "of \(NumberText.grouped(accuracy.count)) pictures"),
            PageFact("Loss", NumberText.fixed(score.loss, decimals: 4), note: "mean of the pictures"),
        ]
    }

    private func interval(_ accuracy: ProportionInterval) -> [(String, JSONText)] {
        [
            (
                "accuracy_interval",
                .object([
                    ("confidence", .number(accuracy.confidence)), ("low", .number(accuracy.lowerBound)),
                    ("high", .number(accuracy.upperBound)),
                ])
            )
        ]
    }
}
