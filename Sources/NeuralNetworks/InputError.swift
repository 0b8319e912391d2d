public import Compute

/// Why images cannot be given to a network, whatever for: training, evaluation, prediction or explanation.
public enum InputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There are no images.
    case noImages(purpose: String)
    /// The images have not the shape of the network's input.
    case shapeMismatch(network: Shape, images: Shape)
    /// A label is not one of the network's outputs.
    case labelOutOfRange(label: Int, sample: Int, outputs: Int)
    /// The images have not as many classes as the network has outputs.
    case classMismatch(network: Int, images: Int)
    /// The network tells other classes apart than the images have.
    case otherClasses(network: [String], images: [String])
    /// An image shows nothing but its ground.
    case blank(sample: Int)
    /// An image is dark on light, and the network reads light ink on a dark ground.
    case darkOnLight(sample: Int)

    /// What happened, what was expected, what to do.
    public var description: String {
        switch self {
        case .noImages(let purpose):
            "There are no images for \(purpose); give at least one."
        case .shapeMismatch(let network, let images):
            "The network takes inputs of shape \(network), but the images have shape \(images); "
                + "use images of that size or a network for these."
        case .labelOutOfRange(let label, let sample, let outputs):
            "Image \(sample) has the label \(label), but the network has \(outputs) outputs (0…\(outputs - 1)); "
                + "end the network in a Dense layer with one unit for each class."
        case .classMismatch(let network, let images):
            "The network has \(network) outputs, but the images have \(images) classes; "
                + "use images of the classes that the network tells apart or a network with one output for each of these."
        case .otherClasses(let network, let images):
            "The network tells apart \(network.joined(separator: ", ")), but the images are of "
                + "\(images.joined(separator: ", ")); use a network that was trained on these classes."
        case .blank(let sample):
            "Image \(sample) is blank, so that there is nothing to read; give one with light ink on a dark ground."
        case .darkOnLight(let sample):
            "Image \(sample) is dark on light, but the network reads light ink on a dark ground, as MNIST has it; "
                + "invert it, or use DigitReader, which reads any picture."
        }
    }
}
