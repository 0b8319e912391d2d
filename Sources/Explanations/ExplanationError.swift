public import Compute

/// Why an explanation could not be given. An image that does not fit the network is an `InputError`.
public enum ExplanationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The network has no such class.
    case classOutOfRange(class: Int, classes: Int)
    /// Integrated gradients with too few or too many steps.
    case stepsOutOfRange(Int)
    /// The network has no convolution to look at.
    case noConvolution
    /// The network has no layer of this name.
    case unknownLayer(String, layers: [String])
    /// The layer has no kernels.
    case notConvolution(layer: String, kind: String)
    /// The layer's output is not a picture.
    case outputNotImage(layer: String, shape: Shape)

    /// What happened, what was expected, what to do.
    public var description: String {
        switch self {
        case .classOutOfRange(let label, let classes):
            "There is no class \(label) to explain; the network has \(classes) classes (0…\(classes - 1))."
        case .stepsOutOfRange(let steps):
            "Integrated gradients take 1 to \(IntegratedGradients.largestSteps) steps, not \(steps)."
        case .noConvolution:
            "The network has no convolution, so there are no filters and no Grad-CAM; "
                + "ask for its saliency instead."
        case .unknownLayer(let name, let layers):
            "The network has no layer “\(name)”; its layers are \(layers.joined(separator: ", "))."
        case .notConvolution(let layer, let kind):
            "The layer \(layer) is a \(kind), which has no filters; name a convolution."
        case .outputNotImage(let layer, let shape):
            "The output of the layer \(layer) has shape \(shape), which is not a picture; "
                + "name a layer before the network is flattened."
        }
    }
}
