public import Compute
public import DigitRecognition
public import Imaging
public import NeuralNetworks

/// What a layer makes of one picture.
public struct LayerActivation: Sendable, Hashable {
    /// The layer's name in the network: `conv1`.
    public let name: String
    /// The layer's kind, in Keras's vocabulary: `Conv2D`.
    public let kind: String
    /// `[height, width, channels]`, or `[units]`.
    public let shape: Shape
    /// The layer's output, its own activation function included, row-major.
    public let values: [Float]

    /// One channel as a map; nil where the output is not a picture or has no such channel.
    public func channel(_ channel: Int) -> PixelMap? {
        guard shape.rank == 3, (0..<shape[2]).contains(channel) else { return nil }
        return PixelMap(
            height: shape[0], width: shape[1],
            values: stride(from: channel, to: values.count, by: shape[2]).map { values[$0] })
    }
}

extension Model {
    /// What each layer makes of a picture as the network predicts, first to last: batch normalisation with the moving
    /// statistics, dropout as if it were not there. The last layer's values are the network's outputs.
    /// - Throws: `InputError.shapeMismatch` if the picture has another size than the network's input.
    public func activations(of image: Image) throws(InputError) -> [LayerActivation] {
        let input = try normalizedInput(image)
        let plan = ExplanationPlan(self, capacity: 1)
        plan.run(InputList([input]))
        let layers = network.description.layers
        return layers.indices.map { index in
            let values = Array(plan.layerOutput(index, image: 0))
            let isBeforeSoftmax = index == layers.count - 1 && plan.leavesOutSoftmax
            return LayerActivation(
                name: network.description.layerNames[index], kind: type(of: layers[index]).kind,
                shape: network.outputShapes[index],
                values: isBeforeSoftmax ? probabilities(ofLogits: values) : values)
        }
    }
}
