import Datasets
package import DigitRecognition
package import PlainText
package import TerminalGraphics

/// What a model makes of one image whose label is known.
package struct PredictionReport {
    let title: String
    let index: Int
    let image: Image
    let label: Int
    let prediction: Prediction

    /// The image, the ranked probabilities and the truth.
    package func lines(on output: TerminalStream) -> [String] {
        let names = prediction.classNames
        let verdict =
            prediction.label == label
            ? "Read as \(prediction.className): right."
            : "Read as \(prediction.className): wrong, the label is \(names[label])."
        let drawing = ImageGrid([.init(image, caption: "")], cellsPerRow: 1)
            .lines(colors: output.colors, columns: output.columns)
        let bars = ProbabilityBars.lines(
            probabilities: prediction.probabilities.map(Double.init), classNames: names)
        return [title] + drawing + bars + [verdict, ""]
    }

    /// `{"index":7,"digit":9,"confidence":0.998,"probabilities":[…],"label":9}`.
    package var json: JSONText {
        .object([
            ("index", .integer(index)), ("digit", .integer(prediction.label)),
            ("confidence", .float(prediction.confidence)),
            ("probabilities", .array(prediction.probabilities.map(JSONText.float))),
            ("label", .integer(label)),
        ])
    }
}

extension PredictionReport {
    /// Asks a model about images of a report, all of them at once.
    package static func reports(
        _ model: Model, _ indices: [Int], of images: ImageReport
    ) throws(InputError) -> [PredictionReport] {
        let asked = indices.map { images.images.images[$0] }
        let predictions = try Predictor(model, threads: model.threads).predict(asked)
        return indices.indices.map { place in
            PredictionReport(
                title: images.title(of: indices[place]), index: indices[place], image: asked[place],
                label: images.images.labels[indices[place]], prediction: predictions[place])
        }
    }
}
