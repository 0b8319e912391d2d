public import Compute

/// The mean of each channel over the whole picture: `y[c] = mean over i, j of x[i][j][c]`.
///
/// Shape: `[height, width, channels]` to `[channels]`.
public struct GlobalAveragePool2D: Layer {
    /// What model files call this layer.
    public static let kind = "GlobalAveragePool2D"
    /// Layers of this kind are named `globalaveragepool1`, `globalaveragepool2`, …
    public static let parameterPrefix = "globalaveragepool"

    /// A global pool.
    public init() {}

    /// The shape of one output.
    /// - Throws: `ShapeError` if the input does not fit or a hyper-parameter is out of range.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input.rank == 3 else {
            throw ShapeError(
                layer: Self.kind,
                reason: "The input has shape \(input), but a picture height×width×channels is needed; "
                    + "put this layer in place of Flatten.")
        }
        return [input[2]]
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        place.operations(.averagePool(Window(covering: Extent(place.input))))
    }
}

/// Keras's name.
public typealias GlobalAveragePooling2D = GlobalAveragePool2D
