public import DigitRecognition
import NeuralNetworks

/// The kernels of a convolution.
public struct ConvolutionFilters: Sendable, Hashable {
    /// The layer's name in the network: `conv1`.
    public let layer: String
    /// Number of filters.
    public let count: Int
    /// Rows of each kernel.
    public let rows: Int
    /// Columns of each kernel.
    public let columns: Int
    /// Channels that it reads.
    public let channels: Int
    /// The weights, `[filters][rows][columns][channels]`, without biases.
    public let values: [Float]

    /// What one filter does with one channel.
    /// - Precondition: `filter` is in `0..<count` and `channel` in `0..<channels`.
    public func kernel(_ filter: Int, channel: Int = 0) -> PixelMap {
        precondition(
            (0..<count).contains(filter) && (0..<channels).contains(channel),
            "There are \(count) filters of \(channels) channels; there is no filter \(filter), channel \(channel)."
        )
        let first = filter * rows * columns * channels + channel
        return PixelMap(
            height: rows, width: columns,
            values: (0..<rows * columns).map { values[first + $0 * channels] })
    }
}

extension Model {
    /// The kernels of a convolution.
    /// - Parameter layer: The name of a convolution; nil for the first one.
    /// - Throws: `ExplanationError` if there is no such layer, or it is no convolution.
    public func filters(ofLayer layer: String? = nil) throws(ExplanationError) -> ConvolutionFilters {
        let layers = network.description.layers
        let index: Int
        if let layer {
            index = try layerIndex(layer)
        } else if let first = layers.firstIndex(where: { $0 is Conv2D }) {
            index = first
        } else {
            throw .noConvolution
        }
        let name = network.description.layerNames[index]
        guard layers[index] is Conv2D else {
            throw .notConvolution(layer: name, kind: type(of: layers[index]).kind)
        }
        let weight = network.layout.slots(ofLayer: index)[0]
        return ConvolutionFilters(
            layer: name, count: weight.shape[0], rows: weight.shape[1], columns: weight.shape[2],
            channels: weight.shape[3], values: network[weight.name]!)
    }
}
