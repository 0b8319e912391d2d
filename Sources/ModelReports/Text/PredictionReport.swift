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
    /// Asks a model about an image of a report.
    package init(_ model: Model, _ index: Int, of images: ImageReport) throws(InputError) {
        let image = images.images.images[index]
        self.init(
            title: images.title(of: index), index: index, image: image,
            label: images.images.labels[index], prediction: try model.predict(image))
    }
}
