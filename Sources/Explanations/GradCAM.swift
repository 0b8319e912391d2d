public import DigitRecognition
public import Imaging
import NeuralNetworks

/// Where in a picture a layer's features speak for a class:
///
///     weight[c] = mean over positions of ∂score / ∂A[position][c]
///     map[position] = max(0, Σ over c of weight[c] · A[position][c])
///
/// with A the layer's output. The map is as coarse as the layer, and is not divided by its largest number.
///
/// R. R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-Based Localization", 2017,
/// arXiv:1610.02391.
public struct GradCAM: Sendable, Hashable {
    /// The name of the layer: `conv3`.
    public let layer: String
    /// The class that is explained.
    public let label: Int
    /// What the class is called.
    public let className: String
    /// What `score` is.
    public let scoreKind: ExplainedScore
    /// The class's score for the picture.
    public let score: Float
    /// Each channel's weight, of either sign.
    public let channelWeights: [Float]
    /// The map on the layer's own rows and columns, at least 0; all 0 where every feature speaks against the class.
    public let map: PixelMap
    /// The map stretched over the picture, bilinearly. Without padding a layer's outermost places lie a little inside of the
    /// picture's edges; as usual, this is left out of account.
    public let overlay: PixelMap
}

extension Model {
    /// Where in a picture a layer's features speak for a class. The model is not changed.
    /// - Parameters:
    ///   - label: The class, `0..<classes`; nil for the one that is predicted.
    ///   - layer: The name of a layer whose output is a picture, its own activation included; nil for the last convolution that
    ///     has at least 3 rows and columns, or the last one where none has: of 2×2 places each is a quarter of the picture.
    ///   - score: Which number of the class.
    /// - Throws: `InputError` if the picture has another size than the network's input; `ExplanationError` if there is no such
    ///   class or layer.
    public func gradCAM(
        of image: Image, class label: Int? = nil, layer: String? = nil, score: ExplainedScore = .logit
    ) throws -> GradCAM {
        let index = try gradCAMLayer(layer)
        let name = network.description.layerNames[index]
        let shape = network.outputShapes[index]
        guard shape.rank == 3 else { throw ExplanationError.outputNotImage(layer: name, shape: shape) }
        let explainer = try Explainer(
            self, image, label: label, score: score, plan: ExplanationPlan(self, capacity: 1))
        let number = explainer.explain([explainer.input])[0]
        let (output, gradient) = explainer.layer(index)

        let (positions, channels) = (shape[0] * shape[1], shape[2])
        var weights = [Float](repeating: 0, count: channels)
        for (index, value) in gradient.enumerated() { weights[index % channels] += value }
        for channel in weights.indices { weights[channel] /= Float(positions) }
        let values = (0..<positions).map { position in
            var sum: Float = 0
            for channel in 0..<channels { sum += weights[channel] * output[position * channels + channel] }
            // Written so that a NaN passes.
            return sum < 0 ? 0 : sum
        }
        let map = PixelMap(height: shape[0], width: shape[1], values: values)
        return GradCAM(
            layer: name, label: explainer.label, className: information.classNames[explainer.label],
            scoreKind: score, score: number, channelWeights: weights, map: map,
            overlay: map.resized(height: image.height, width: image.width))
    }

    private func gradCAMLayer(_ name: String?) throws(ExplanationError) -> Int {
        if let name { return try layerIndex(name) }
        let layers = network.description.layers
        let convolutions = layers.indices.filter { layers[$0] is Conv2D }
        guard let last = convolutions.last else { throw .noConvolution }
        return convolutions.last { index in
            let shape = network.outputShapes[index]
            return min(shape[0], shape[1]) >= 3
        } ?? last
    }
}
