public import Compute

/// In training, sets each element to 0 with probability `rate` and divides the others by `1 - rate`; otherwise it does
/// nothing. Which elements depends on the seed, the epoch, the layer's place and the image alone, not on threads.
///
/// Shape: any, unchanged. N. Srivastava et al., "Dropout", JMLR 15, 2014.
public struct Dropout: Layer {
    /// What model files call this layer.
    public static let kind = "Dropout"
    /// Layers of this kind are named `dropout1`, `dropout2`, …
    public static let parameterPrefix = "dropout"
    /// Yes: predictions drop nothing.
    public static let keepsValues = true

    /// Probability of dropping an element, `0..<1`.
    public let rate: Float

    /// A dropout layer.
    public init(_ rate: Float) {
        self.rate = rate
    }

    /// The shape of one output.
    /// - Throws: `ShapeError` if the input does not fit or a hyper-parameter is out of range.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard rate >= 0, rate < 1 else {
            throw ShapeError(layer: Self.kind, reason: "A rate of \(rate); it is at least 0 and below 1.")
        }
        return input
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        place.operations(.dropout(rate: rate, layer: place.index))
    }
}
