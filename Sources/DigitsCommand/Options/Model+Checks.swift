import Datasets
import DigitRecognition

extension Model {
    /// Refuses a data set of other classes or with pictures of another size.
    func check(fits images: LabeledImages, of dataset: DatasetDescription) throws(CommandFailure) {
        let shape = Shape(images.images.shape)
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
