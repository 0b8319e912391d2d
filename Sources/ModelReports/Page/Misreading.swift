import DigitRecognition
import Figures
import PlainText

/// A picture that a model reads otherwise than it is labelled.
struct Misreading {
    /// The picture's number.
    let index: Int
    /// Its label.
    let label: Int
    /// What the model reads.
    let reading: Int
    /// The probability of what is read, 0…1.
    let probability: Float
    /// The probability of the label, 0…1.
    let labelProbability: Float

    /// The misread pictures, those first in which the model is surest; of equally sure ones the lower number.
    static func ranked(_ score: Score, _ predictions: [Prediction], labels: [Int]) -> [Misreading] {
        labels.indices.filter { score.predictions[$0] != labels[$0] }
            .map { index in
                let (label, reading) = (labels[index], score.predictions[index])
                let probabilities = predictions[index].probabilities
                return Misreading(
                    index: index, label: label, reading: reading, probability: probabilities[reading],
                    labelProbability: probabilities[label])
            }
            .sorted { ($1.probability, $0.index) < ($0.probability, $1.index) }
    }

    /// As part of a figure.
    func mistake(of images: LabeledImages) -> Mistake {
        Mistake(
            image: ValueMap(images.images[index]), index: index, label: images.classNames[label],
            reading: images.classNames[reading], probability: Double(probability),
            labelProbability: Double(labelProbability))
    }

    /// `{"index":247,"label":4,"reading":2,"probability":0.99,"label_probability":0.01}`.
    var json: JSONText {
        .object([
            ("index", .integer(index)), ("label", .integer(label)), ("reading", .integer(reading)),
            ("probability", .float(probability)), ("label_probability", .float(labelProbability)),
        ])
    }
}
