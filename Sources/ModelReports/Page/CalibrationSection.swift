package import Assessment
package import Figures
import PlainText
import ReportPages

/// Whether a model is right as often as it is sure.
struct CalibrationSection {
    /// The probabilities that the model gives; nil where its outputs are none.
    let reliability: Reliability?
    /// Those without the temperature that the model's file holds; nil where it holds none.
    let uncalibrated: Reliability?
    /// The temperature of the model's file; nil where it holds none.
    let temperature: Double?
    /// Why there is no reliability.
    let refusal: String?

    /// Sorts a model's predictions by how sure they are.
    init(_ assessment: ModelAssessment) {
        temperature = assessment.temperature
        do throws(EvaluationError) {
            reliability = Reliability(try assessment.labeledPredictions())
        } catch {
            (reliability, uncalibrated, refusal) = (nil, nil, "\(error)")
            return
        }
        // Outputs that are no probabilities become some by a temperature alone.
        let plain = try? assessment.withTemperature(nil).labeledPredictions()
        uncalibrated = temperature == nil ? nil : plain.map { Reliability($0) }
        refusal = nil
    }

    /// For the head of the page.
    var cards: [PageFact] {
        reliability.map {
            [
                PageFact(
                    "Calibration error", NumberText.percent($0.expectedCalibrationError),
                    note: "expected, \($0.bins.count) bins")
            ]
        } ?? []
    }

    /// The diagram and the errors.
    var section: PageSection {
        guard let reliability else {
            return PageSection("Calibration", [.paragraph("There is no calibration. \(refusal ?? "")")])
        }
        var panels: [ReliabilityDiagram] = []
        var sentence =
            "A calibrated model is right as often as it is sure: of the pictures of which it is 90% sure, 90% are right."
        if let uncalibrated, let temperature {
            panels.append(uncalibrated.panel("without temperature"))
            sentence +=
                " This model divides its logits by the temperature \(NumberText.fixed(temperature, decimals: 3)), "
                + "which was fitted on images kept for validation."
        }
        panels.append(reliability.panel(temperature == nil ? "" : "with temperature"))
        return PageSection(
            "Calibration",
            [.paragraph(sentence), .figure(.reliability(panels)), .facts(facts(reliability))])
    }

    private func facts(_ reliability: Reliability) -> [PageFact] {
        [
            PageFact(
                "Expected calibration error", NumberText.percent(reliability.expectedCalibrationError),
                note: "mean distance of accuracy and confidence, \(reliability.bins.count) bins"),
            PageFact(
                "Largest error of a bin",
                reliability.largestGap(ofAtLeast: ReliabilityBin.fewest).map { NumberText.percent($0) }
                    ?? "–",
                note: "among bins of at least \(ReliabilityBin.fewest) pictures"),
            PageFact(
                "Negative log-likelihood", NumberText.fixed(reliability.negativeLogLikelihood, decimals: 4)),
            PageFact("Brier score", NumberText.fixed(reliability.brierScore, decimals: 4)),
        ]
    }

    /// The members of `report.json`.
    var json: [(String, JSONText)] {
        [
            ("temperature", temperature.map(JSONText.number) ?? .null),
            ("calibration", reliability?.json ?? .null),
            ("calibration_without_temperature", uncalibrated?.json ?? .null),
        ]
    }
}

extension ReliabilityDiagram {
    /// A panel of bins.
    package init(name: String, _ bins: [CalibrationBin]) {
        self.init(
            name: name,
            bins: bins.map {
                ReliabilityBin(
                    confidences: $0.lowerBound...$0.upperBound, count: $0.count,
                    meanConfidence: $0.meanConfidence, accuracy: $0.accuracy)
            }, calibrationError: bins.expectedCalibrationError)
    }
}

extension Reliability {
    /// As a panel of a figure.
    fileprivate func panel(_ name: String) -> ReliabilityDiagram { ReliabilityDiagram(name: name, bins) }

    /// The largest gap of a bin that holds enough pictures to tell; nil where none does.
    fileprivate func largestGap(ofAtLeast count: Int) -> Double? {
        bins.filter { $0.count >= count }.map(\.gap).max()
    }

    fileprivate var json: JSONText {
        .object([
            ("expected_error", .number(expectedCalibrationError)),
            ("maximum_error", .number(maximumCalibrationError)),
            ("negative_log_likelihood", .number(negativeLogLikelihood)),
            ("brier_score", .number(brierScore)),
            (
                "bins",
                .array(
                    bins.map {
                        .object([
                            ("low", .number($0.lowerBound)), ("high", .number($0.upperBound)),
                            ("count", .integer($0.count)), ("correct", .integer($0.correct)),
                            ("mean_confidence", .number($0.meanConfidence)),
                        ])
                    })
            ),
        ])
    }
}
