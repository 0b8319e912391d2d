package import Assessment
import DigitRecognition
import Evaluation
import Figures
public import Files
import PlainText
public import ReportPages

/// Everything that there is to tell about a model on labelled images: a page for people and numbers for programs.
///
///     let subject = ReportSubject(
///         model, path: "notebook.safetensors", dataset: .mnist, split: .test, images: mnist.test)
///     try ModelReport(on: subject).write(to: ReportFolder(path: "report"))
///
/// A report has no date and no speed in it: the same model and data give the same bytes.
public struct ModelReport: Sendable {
    /// The page.
    public let page: ReportPage
    private let numbers: JSONText

    /// The numbers of the page, as a JSON object (RFC 8259) with each member on a line of its own.
    public var json: String { numbers.document }

    /// Writes the page and its numbers into a folder, both or neither.
    /// - Parameter replacing: Whether files of these names may be replaced.
    /// - Throws: `FileError` if a file could not be written, or is there already and may not be replaced.
    public func write(to folder: ReportFolder, replacing: Bool = false) throws(FileError) {
        try folder.write(page, numbers, replacing: replacing)
    }

    /// Judges a model.
    /// - Parameter progress: Told what is being done, for a line of progress.
    /// - Throws: `InputError` if there are no images, they do not fit the network, or their classes are not as many as its
    ///   outputs.
    public init(on subject: ReportSubject, progress: (String) -> Void = { _ in }) throws {
        try self.init(on: subject, assessment: nil, progress: progress)
    }

    /// Judges a model that may have been asked about the images already.
    /// - Parameters:
    ///   - known: What came of it; nil to ask now.
    ///   - corruptionScores: What came of it under MNIST-C's corruptions; nil to ask now.
    package init(
        on subject: ReportSubject, assessment known: ModelAssessment?,
        corruptionScores: CorruptionScores? = nil, progress: (String) -> Void
    ) throws {
        try subject.checkClasses()
        let assessment = try known ?? ModelAssessment(of: subject.model, on: subject.images)
        let count = NumberText.grouped(subject.images.count)
        let predictor = Predictor(subject.model, threads: subject.model.threads)
        let misreadings = assessment.misreadings

        let classes = ClassesSection(assessment: assessment)
        let calibration = CalibrationSection(assessment)
        progress("Report: looking at mistakes…")
        let mistakes = try MistakesSection(subject, misreadings)
        let labels = LabelsSection(subject, predictor, assessment, misreadings)
        progress("Report: reading corrupted pictures…")
        let robustness = try RobustnessSection(subject, predictor)
        let corruptions = try CorruptionsSection(
            subject, predictor, clean: assessment.accuracy, known: corruptionScores)
        let network = try NetworkSection(subject)
        let training = TrainingSection(
            information: subject.model.information, history: subject.history)
        let origin = OriginSection(subject: subject)

        progress("Report: drawing…")
        page = ReportPage(
            title: "\(subject.name) on \(subject.imagesTitle)",
            summary: "How well this model reads \(count) pictures that it was given, where it errs, and why.",
            facts: Self.facts(assessment) + calibration.cards + robustness.cards
                + corruptions.cards + labels.cards,
            sections: [
                classes.section, mistakes.section, labels.section, calibration.section, robustness.section,
                corruptions.section, network.section, training.section, origin.section,
            ],
            footer: "Made by digits \(ModelInformation.currentVersion). "
                + "This page needs no network and runs no program.")
        let evaluation = EvaluationReport(
            assessment: assessment, dataset: subject.dataset, split: subject.split)
        let members: [[(String, JSONText)]] = [
            evaluation.members, mistakes.json, labels.json, calibration.json, robustness.json,
            corruptions.json,
            network.json, training.json, origin.json,
        ]
        numbers = .object(Array(members.joined()))
    }

    private static func facts(_ assessment: ModelAssessment) -> [PageFact] {
        let accuracy = assessment.accuracy
        return [
            PageFact(
                "Accuracy", NumberText.percent(accuracy.share),
                note:
                    "± \(accuracy.halfWidthText): 95% interval \(NumberText.percent(accuracy.lowerBound)) to "
                    + NumberText.percent(accuracy.upperBound)),
            PageFact(
                "Read right", NumberText.grouped(accuracy.correct),
                note: "of \(NumberText.grouped(accuracy.count)) pictures"),
            PageFact("Loss", NumberText.fixed(assessment.loss, decimals: 4), note: "mean of the pictures"),
        ]
    }
}
