import Assessment
import Datasets
import DigitRecognition
import Figures
import PlainText
import ReportPages

/// Pictures whose labels may be wrong, and what became of those that people are known to contradict.
struct LabelsSection {
    private static let shown = 12

    /// What a model makes of a picture whose label most people contradict.
    enum Verdict: String {
        /// The picture is a suspect.
        case found
        /// The model contradicts the label, too, but not surely enough.
        case missed
        /// The model reads what the label says.
        case readAsLabelled = "read as labelled"

        /// What the page says.
        var text: String {
            switch self {
            case .found: "a suspect"
            case .missed: "misread, but not surely"
            case .readAsLabelled: rawValue
            }
        }
    }

    /// Every misread picture with its score, the highest first; nil where the model's outputs are no probabilities.
    private let ranked: [LabelSuspect]?
    private let mistakes: [Int: Misreading]
    private let images: LabeledImages
    private let known: [(index: Int, verdict: Verdict)]

    /// Looks at the misread pictures again, moved and turned a little.
    init(
        _ subject: ReportSubject, _ predictor: Predictor, _ assessment: ModelAssessment,
        _ mistakes: [Misreading]
    ) {
        images = subject.images
        self.mistakes = Dictionary(uniqueKeysWithValues: mistakes.map { ($0.sample, $0) })
        ranked = try? assessment.labelSuspects(among: subject.images, asking: predictor, threshold: 0)
        // Their numbers are those of the whole split.
        let isWhole = subject.images.count == subject.dataset.count(of: subject.split)
        let contradicted =
            subject.split == .test && isWhole ? subject.dataset.contradictedTestLabels : []
        let scores = Dictionary(uniqueKeysWithValues: (ranked ?? []).map { ($0.sample, $0.score) })
        known = contradicted.map { index in
            let verdict: Verdict =
                scores[index].map { $0 >= LabelSuspect.usualThreshold ? .found : .missed } ?? .readAsLabelled
            return (index, verdict)
        }
    }

    /// For the head of the page.
    var cards: [PageFact] {
        suspects.map { [PageFact("Suspected labels", NumberText.grouped($0.count), note: "worth a look")] }
            ?? []
    }

    /// Those that are worth a look, the most suspicious first.
    private var suspects: [LabelSuspect]? { ranked?.filter { $0.score >= LabelSuspect.usualThreshold } }

    /// The most suspicious pictures, and the known ones.
    var section: PageSection {
        guard let suspects else {
            return PageSection(
                "Suspected labels",
                [.paragraph("Labels were not examined: the model's outputs are no probabilities.")])
        }
        let first = suspects.prefix(Self.shown)
        let count = suspects.isEmpty ? "No" : NumberText.grouped(suspects.count)
        var blocks: [PageBlock] = [
            .paragraph(
                "\(count) of the misread pictures \(suspects.count == 1 ? "has" : "have") a label that is worth a look: "
                    + "the model contradicts it surely, even when the picture is moved by a pixel or turned by 10 degrees. "
                    + "That proves nothing; a weak model suspects many labels that are right.")
        ]
        if !first.isEmpty {
            blocks.append(
                .figure(
                    .worstMistakes(
                        first.compactMap { mistakes[$0.sample]?.mistake(of: images) },
                        title: "The most suspicious labels")))
            blocks.append(.table(table(Array(first)), caption: "How suspicious they are, 0 to 1"))
        }
        if !known.isEmpty {
            blocks += [
                .paragraph(knownText),
                .table(
                    knownTable,
                    caption: "Labels that people contradict, and what the model makes of the pictures"),
            ]
        }
        return PageSection("Suspected labels", blocks)
    }

    private func table(_ suspects: [LabelSuspect]) -> FigureTable {
        FigureTable(
            header: ["Picture", "Label", "Read as", "Views that agree", "Score"],
            rows: suspects.map {
                [
                    String($0.sample), images.classNames[$0.label], images.classNames[$0.predicted],
                    NumberText.percent($0.agreement, decimals: 0), NumberText.fixed($0.score, decimals: 2),
                ]
            })
    }

    private var knownText: String {
        func count(_ verdict: Verdict) -> Int { known.count { $0.verdict == verdict } }
        return
            "At least three of five human raters contradict the labels of \(known.count) of these pictures "
            + "(C. G. Northcutt, A. Athalye, J. Mueller, 2021, arXiv:2103.14749). "
            + "Of them \(count(.found)) are among the suspects; \(count(.missed)) are misread, but not surely enough for one; "
            + "\(count(.readAsLabelled)) are read as they are labelled."
    }

    private var knownTable: FigureTable {
        FigureTable(
            header: ["Picture", "Label", "Read as", "To the model"],
            rows: known.map { index, verdict in
                let label = images.name(at: index)
                let reading = mistakes[index].map { images.classNames[$0.reading] } ?? label
                return [String(index), label, reading, verdict.text]
            })
    }

    /// The members of `report.json`.
    var json: [(String, JSONText)] {
        [
            (
                "label_suspects",
                suspects.map { suspects in
                    .array(
                        suspects.map {
                            .object([
                                ("index", .integer($0.sample)), ("label", .integer($0.label)),
                                ("reading", .integer($0.predicted)), ("agreement", .number($0.agreement)),
                                ("margin", .number($0.margin)), ("score", .number($0.score)),
                            ])
                        })
                } ?? .null
            ),
            (
                "contradicted_labels",
                .array(
                    known.map {
                        .object([
                            ("index", .integer($0.index)), ("verdict", .string($0.verdict.rawValue)),
                        ])
                    })
            ),
        ]
    }
}
