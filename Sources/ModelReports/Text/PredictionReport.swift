import Datasets
import DigitRecognition

/// What a model makes of one picture whose label is known.
struct PredictionReport {
    let title: String
    let index: Int
    let image: Image
    let label: Int
    let prediction: Prediction

    /// The picture, the ranked probabilities and the truth.
    func lines(on output: TerminalStream) -> [String] {
        let names = prediction.classNames
        let verdict =
            prediction.label == label
            ? "Read as \(prediction.className): right."
            : "Read as \(prediction.className): wrong, the label is \(names[label])."
        let picture = PictureGrid([.init(image, caption: "")], cellsPerRow: 1)
            .lines(colors: output.colors, columns: output.columns)
        let bars = ProbabilityBars.lines(
            probabilities: prediction.probabilities.map(Double.init), classNames: names)
        return [title] + picture + bars + [verdict, ""]
    }

    /// `{"index":7,"digit":9,"confidence":0.998,"probabilities":[…],"label":9}`.
    var json: JSONText {
        .object([
            ("index", .integer(index)), ("digit", .integer(prediction.label)),
            ("confidence", .float(prediction.confidence)),
            ("probabilities", .array(prediction.probabilities.map(JSONText.float))),
            ("label", .integer(label)),
        ])
    }
}

extension PredictionReport {
    /// Asks a model about a picture of a report.
    init(_ model: Model, _ index: Int, of pictures: PictureReport) throws(InputError) {
        let image = pictures.images.images[index]
        self.init(
            title: pictures.title(of: index), index: index, image: image,
            label: Int(pictures.images.labels[index]), prediction: try model.predict(image))
    }
}
