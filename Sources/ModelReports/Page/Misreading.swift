import Assessment
import DigitRecognition
import Figures
import PlainText

extension Misreading {
    /// As part of a figure.
    func mistake(of images: LabeledImages) -> Mistake {
        Mistake(
            image: ValueMap(images.images[sample]), index: sample, label: images.classNames[label],
            reading: images.classNames[reading], probability: Double(probability),
            labelProbability: Double(labelProbability))
    }

    /// `{"index":247,"label":4,"reading":2,"probability":0.99,"label_probability":0.01}`.
    var json: JSONText {
        .object([
            ("index", .integer(sample)), ("label", .integer(label)), ("reading", .integer(reading)),
            ("probability", .float(probability)), ("label_probability", .float(labelProbability)),
        ])
    }
}
