public import Tensors

/// Joins all axes into one, the last axis fastest: `[height, width, channels]` to `[height · width · channels]`.
public struct Flatten: Layer {
    public static let kind = "Flatten"
    public static let parameterPrefix = "flatten"

    /// A flattening layer.
    public init() {}

    public func outputShape(for input: Shape) throws(ShapeError) -> Shape { [input.count] }
}
