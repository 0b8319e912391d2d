import Assessment
import DigitRecognition
import Figures
import PlainText
import ReportPages

/// How a model does on pictures that are not as carefully prepared as its own.
struct RobustnessSection {
    let results: [Robustness]
    /// How many pictures each number is measured on.
    private let count: Int
    private let imagesTitle: String

    /// Corrupts some of the pictures and asks a model about them.
    init(_ subject: ReportSubject, _ predictor: Predictor) throws(InputError) {
        results = try predictor.robustness(on: subject.images)
        count = min(Robustness.usualCount, subject.images.count)
        imagesTitle = subject.imagesTitle
    }

    /// The curves.
    var section: PageSection {
        let all = "\(NumberText.grouped(count)) of the \(imagesTitle)"
        return PageSection(
            "Robustness",
            [
                .paragraph(
                    "How often the model is right when pictures are turned, moved, scaled or noisy, measured on \(all), "
                        + "evenly spread, for each amount. This says how it may do on other people's pictures; "
                        + "it is no part of the accuracy above."),
                .figure(
                    .robustness(
                        results.map(RobustnessCurve.init), cleanAccuracy: clean,
                        title: "Accuracy on corrupted pictures")),
                .facts(
                    results.map { result in
                        PageFact(
                            result.corruption.name, NumberText.percent(result.corruptedAccuracy),
                            note: "mean over \(result.amountsText)")
                    }),
            ])
    }

    /// For the head of the page.
    var cards: [PageFact] {
        [
            PageFact(
                "Corrupted pictures", NumberText.percent(meanAccuracy),
                note: "mean accuracy, \(NumberText.grouped(count)) pictures")
        ]
    }

    /// The mean over the corruptions of the mean accuracy under each.
    private var meanAccuracy: Double {
        results.reduce(0) { $0 + $1.corruptedAccuracy } / Double(results.count)
    }

    /// The accuracy on the same pictures as they are.
    private var clean: Double? {
        results.lazy.compactMap { result in
            result.points.first { $0.amount == result.corruption.neutralAmount }
        }.first?.accuracy
    }

    /// The members of `report.json`.
    var json: [(String, JSONText)] {
        [
            (
                "robustness",
                .object([
                    ("count", .integer(count)), ("clean_accuracy", clean.map(JSONText.number) ?? .null),
                    ("mean_accuracy", .number(meanAccuracy)),
                    ("corruptions", .array(results.map(\.json))),
                ])
            )
        ]
    }
}

extension Robustness {
    /// The results with the amounts that change something.
    private var corruptedPoints: [Point] { points.filter { $0.amount != corruption.neutralAmount } }

    /// The mean accuracy over the amounts that change something.
    fileprivate var corruptedAccuracy: Double {
        corruptedPoints.reduce(0) { $0 + $1.accuracy } / Double(corruptedPoints.count)
    }

    /// `-45 to 45 degrees`.
    fileprivate var amountsText: String {
        let amounts = [corruption.amounts[0], corruption.amounts[corruption.amounts.count - 1]]
        return amounts.map { ScaleBar.text(Float($0)) }.joined(separator: " to ") + " \(corruption.unit)"
    }

    fileprivate var json: JSONText {
        .object([
            ("kind", .string(corruption.kind.rawValue)), ("unit", .string(corruption.unit)),
            ("mean_accuracy", .number(corruptedAccuracy)),
            (
                "points",
                .array(
                    points.map {
                        .object([
                            ("amount", .number($0.amount)), ("correct", .integer($0.correct)),
                            ("accuracy", .number($0.accuracy)),
                        ])
                    })
            ),
        ])
    }
}

extension RobustnessCurve {
    fileprivate init(_ result: Robustness) {
        self.init(
            name: result.corruption.name, unit: result.corruption.unit,
            amounts: result.points.map(\.amount), accuracies: result.points.map(\.accuracy))
    }
}
