import Datasets
import DigitRecognition

/// A model, and the labelled pictures that it is judged by.
struct AssessedModel {
    let model: Model
    /// The model's file, as the user would type it.
    let path: String
    let dataset: DatasetDescription
    let split: DatasetSplit
    /// The pictures of the split.
    let images: LabeledImages
    /// SHA-256 of the decompressed contents of the split's files, by their names.
    let fileHashes: [String: String]
    /// The training of the model; nil where it is not known.
    let history: History?

    /// The model's name for people: its recipe, or its file.
    var name: String { model.information.recipe ?? path.split(separator: "/").last.map(String.init) ?? path }

    /// `MNIST test images`.
    var pictures: String { "\(dataset.title) \(split.rawValue) images" }

    /// What makes the same report again, the place of the data excepted.
    var command: String {
        "digits evaluate \(ShellText.quoted(path)) \(dataset.options) --split \(split.rawValue) --report report"
    }
}
