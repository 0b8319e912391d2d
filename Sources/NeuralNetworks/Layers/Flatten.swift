public import Compute

/// Joins all axes into one, the last axis fastest: `[height, width, channels]` to `[height · width · channels]`.
public struct Flatten: Layer {
    /// What model files call this layer.
    public static let kind = "Flatten"
    /// Layers of this kind are named `flatten1`, `flatten2`, …
    public static let parameterPrefix = "flatten"
    /// Yes: the values get another shape.
    public static let keepsValues = true

    /// A flattening layer.
    public init() {}

    /// The shape of one output.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape { [input.count] }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations { place.operations(.flatten) }
}
