package import Datasets
package import Evaluation
package import PlainText
import TerminalGraphics

/// What a calibration says, as text and as JSON.
package struct CalibrationReport {
    /// The temperature, and the calibration on the images that it was fitted on.
    let fit: Temperature.Fit
    /// The calibration on the test images, which took no part.
    let test: (before: Reliability, after: Reliability)
    /// The temperature that the model had.
    let formerTemperature: Double?
    let dataset: DatasetDescription
    /// Images of the training set.
    let trainingCount: Int
    /// Where the calibrated model is.
    let model: String

    package init(
        fit: Temperature.Fit, test: (before: Reliability, after: Reliability), formerTemperature: Double?,
        dataset: DatasetDescription, trainingCount: Int, model: String
    ) {
        self.fit = fit
        self.test = test
        self.formerTemperature = formerTemperature
        self.dataset = dataset
        self.trainingCount = trainingCount
        self.model = model
    }

    /// The temperature, and both errors before and after.
    package var lines: [String] {
        var table = TextTable([.init("Images"), .init("Calibration error"), .init("Mean log-likelihood")])
        for (name, before, after) in [
            ("validation", fit.before, fit.after), ("test", test.before, test.after),
        ] {
            table.append([
                "\(NumberText.grouped(before.count)) \(name)",
                "\(NumberText.percent(before.expectedCalibrationError)) → "
                    + NumberText.percent(after.expectedCalibrationError),
                "\(NumberText.fixed(-before.negativeLogLikelihood, decimals: 4)) → "
                    + NumberText.fixed(-after.negativeLogLikelihood, decimals: 4),
            ])
        }
        let former = formerTemperature.map { " in place of \(NumberText.fixed($0, decimals: 4))" } ?? ""
        return [
            "Temperature \(NumberText.fixed(temperature, decimals: 4))\(former): the model was \(verdict).",
            "Fitted on the last \(NumberText.grouped(fit.before.count)) of \(NumberText.grouped(trainingCount)) "
                + "training images of \(dataset.title).", "",
        ] + table.lines + ["", "What is read stays the same. Written to \(model)."]
    }

    /// `{"model":"model.safetensors","dataset":"mnist","temperature":1.2,"former_temperature":null,"validation":{…},…}`.
    package var json: JSONText {
        func calibration(_ reliability: Reliability) -> JSONText {
            .object([
                ("calibration_error", .number(reliability.expectedCalibrationError)),
                ("log_likelihood", .number(-reliability.negativeLogLikelihood)),
            ])
        }
        func images(_ before: Reliability, _ after: Reliability) -> JSONText {
            .object([
                ("count", .integer(before.count)), ("before", calibration(before)),
                ("after", calibration(after)),
            ])
        }
        return .object([
            ("model", .string(model)), ("dataset", .string(dataset.name)),
            ("temperature", .number(temperature)),
            ("former_temperature", formerTemperature.map(JSONText.number) ?? .null),
            ("validation", images(fit.before, fit.after)), ("test", images(test.before, test.after)),
        ])
    }

    private var temperature: Double { fit.temperature.value }

    private var verdict: String {
        temperature > 1
            ? "too sure of what it read"
            : temperature < 1 ? "not sure enough of what it read" : "as sure as it was right"
    }
}
