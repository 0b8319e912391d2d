public import Datasets
public import DigitRecognition

/// A model, and the labelled images that it is judged by: what a report is about.
public struct ReportSubject {
    /// The model.
    public let model: Model
    /// The model's file, as the user would type it.
    public let path: String
    /// The data set that the images belong to.
    public let dataset: DatasetDescription
    /// The part of it.
    public let split: DatasetSplit
    /// The images of the split.
    public let images: LabeledImages
    /// SHA-256 of the decompressed contents of the split's files, by their names; empty where nobody has computed them.
    public let fileHashes: [String: String]
    /// The training of the model; nil where it is not known.
    public let history: History?
    /// What makes the same report again when it is typed into a terminal; nil for nothing.
    public let command: String?

    /// Names what a report is about.
    public init(
        _ model: Model, path: String, dataset: DatasetDescription, split: DatasetSplit, images: LabeledImages,
        fileHashes: [String: String] = [:], history: History? = nil, command: String? = nil
    ) {
        self.model = model
        self.path = path
        self.dataset = dataset
        self.split = split
        self.images = images
        self.fileHashes = fileHashes
        self.history = history
        self.command = command
    }

    /// Checks that each class of the images is an output of the network, and each output a class.
    func checkClasses() throws(InputError) {
        let (outputs, classes) = (model.network.outputShape.count, images.classNames.count)
        guard outputs == classes else { throw .classMismatch(network: outputs, images: classes) }
    }

    /// The model's name for people: its recipe, or its file.
    var name: String { model.information.recipe ?? path.split(separator: "/").last.map(String.init) ?? path }

    /// `MNIST test images`.
    var imagesTitle: String { "\(dataset.title) \(split.rawValue) images" }
}
