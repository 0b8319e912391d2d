import Assessment
import DigitRecognition
import Explanations
import Figures
import PlainText
import ReportPages

/// The pictures that are misread, and why some of them are.
struct MistakesSection {
    private static let shown = 24
    private static let explained = 3

    let mistakes: [Misreading]
    let images: LabeledImages
    /// Why the surest mistakes are made.
    let explanations: [Figure]

    /// Asks a model about its surest mistakes.
    init(_ subject: ReportSubject, _ mistakes: [Misreading]) throws {
        self.mistakes = mistakes
        images = subject.images
        let images = ImageReport(
            dataset: subject.dataset, split: subject.split, images: subject.images,
            normalization: subject.model.normalization)
        explanations = try mistakes.prefix(Self.explained).map {
            try ExplanationReport(subject.model, $0.sample, of: images, class: $0.reading).figure()
        }
    }

    /// A gallery of the surest mistakes, and what speaks for the readings of the first ones.
    var section: PageSection {
        let count = NumberText.grouped(mistakes.count)
        let all = NumberText.grouped(images.count)
        let sentence =
            mistakes.isEmpty
            ? "All \(all) pictures are read as they are labelled."
            : "\(count) of \(all) pictures \(mistakes.count == 1 ? "is" : "are") read otherwise than labelled. "
                + "Those in which the model is surest come first."
        let gallery = Figure.worstMistakes(
            mistakes.prefix(Self.shown).map { $0.mistake(of: images) }, title: "The surest mistakes")
        var blocks: [PageBlock] = [.paragraph(sentence), .figure(gallery)]
        if !explanations.isEmpty {
            blocks.append(
                .paragraph(
                    "What speaks for the wrong reading, pixel by pixel. Gradient: what a little more ink would do. "
                        + "Gradient × input and integrated gradients: what the ink that is there does. "
                        + "Grad-CAM: where a layer found what speaks for it."))
        }
        return PageSection("Mistakes", blocks + explanations.map { .figure($0) })
    }

    /// The members of `report.json`: every mistake.
    var json: [(String, JSONText)] { [("mistakes", .array(mistakes.map(\.json)))] }
}
