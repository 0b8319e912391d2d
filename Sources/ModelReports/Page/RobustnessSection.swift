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
    private let pictures: String

    /// Disturbs some of the pictures and asks a model about them.
    init(_ subject: ReportSubject, _ predictor: Predictor) throws(InputError) {
        results = try predictor.robustness(on: subject.images)
        count = min(Robustness.usualCount, subject.images.count)
        pictures = subject.pictures
    }

    /// The curves.
    var section: PageSection {
        let all = "\(NumberText.grouped(count)) of the \(pictures)"
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
                        title: "Accuracy on disturbed pictures")),
                .facts(
                    results.map { result in
                        PageFact(
                            result.disturbance.name, NumberText.percent(result.disturbedAccuracy),
                            note: "mean over \(result.amountsText)")
                    }),
            ])
    }

    /// For the head of the page.
    var cards: [PageFact] {
        [
            PageFact(
                "Disturbed pictures", NumberText.percent(meanAccuracy),
                note: "mean accuracy, \(NumberText.grouped(count)) pictures")
        ]
    }

    /// The mean over the disturbances of the mean accuracy under each.
    private var meanAccuracy: Double {
        results.reduce(0) { $0 + $1.disturbedAccuracy } / Double(results.count)
    }

    /// The accuracy on the same pictures undisturbed.
    private var clean: Double? {
        results.lazy.compactMap { result in
            result.points.first { $0.amount == result.disturbance.neutralAmount }
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
                    ("disturbances", .array(results.map(\.json))),
                ])
            )
        ]
    }
}

extension Robustness {
    /// The results with the amounts that change something.
    private var disturbedPoints: [Point] { points.filter { $0.amount != disturbance.neutralAmount } }

    /// The mean accuracy over the amounts that change something.
    fileprivate var disturbedAccuracy: Double {
        disturbedPoints.reduce(0) { $0 + $1.accuracy } / Double(disturbedPoints.count)
    }

    /// `-45 to 45 degrees`.
    fileprivate var amountsText: String {
        let amounts = [disturbance.amounts[0], disturbance.amounts[disturbance.amounts.count - 1]]
        return amounts.map { ScaleBar.text(Float($0)) }.joined(separator: " to ") + " \(disturbance.unit)"
    }

    fileprivate var json: JSONText {
        .object([
            ("kind", .string(disturbance.kind.rawValue)), ("unit", .string(disturbance.unit)),
            ("mean_accuracy", .number(disturbedAccuracy)),
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
            name: result.disturbance.name, unit: result.disturbance.unit,
            amounts: result.points.map(\.amount), accuracies: result.points.map(\.accuracy))
    }
}
