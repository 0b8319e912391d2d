import ArgumentParser
import DigitDatasets
import DigitRecognition

/// The model file that a command works with.
struct ModelArgument: ParsableArguments {
    @Argument(help: "A model file that 'digits train' wrote.", completion: .file(extensions: ["safetensors"]))
    var model: String

    /// Reads the model.
    func load() throws(ModelFileError) -> Model { try Model(contentsOf: model) }
}

extension Model {
    /// Refuses a data set of other classes or with pictures of another size.
    func check(fits images: LabeledImages, of dataset: DatasetDescription) throws(CommandFailure) {
        let shape: Shape = [images.images.height, images.images.width, 1]
        guard shape == network.inputShape else {
            throw .failure(
                "The model takes pictures of \(network.inputShape), but those of \(dataset.title) are \(shape). "
                    + "Use a model that was trained on pictures of that size.")
        }
        guard information.classNames == images.classNames else {
            throw .failure(
                "The model tells apart \(information.classNames.joined(separator: ", ")), but the classes of "
                    + "\(dataset.title) are \(images.classNames.joined(separator: ", ")). "
                    + "Use a model that was trained on \(dataset.title).")
        }
    }
}
