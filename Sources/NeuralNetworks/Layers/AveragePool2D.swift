public import Compute

/// The mean of each window: `y[i][j][c] = mean over the window at (i·stride, j·stride) of x[·][·][c]`.
///
/// Shape: as `MaxPool2D`. Pixels beyond the edge do not count, neither in the sum nor in the divisor.
///
///     AveragePool2D(size: 2)        // 24×24×6 → 12×12×6
///     AveragePool2D(2)              // the same, without the label
///     AveragePool2D(size: (2, 1))   // 24×24×6 → 12×24×6
public struct AveragePool2D: Layer {
    /// What model files call this layer.
    public static let kind = "AveragePool2D"
    /// Layers of this kind are named `averagepool1`, `averagepool2`, …
    public static let parameterPrefix = "averagepool"

    /// Rows and columns of the window.
    public let size: [Int]
    /// Rows and columns between neighbouring windows.
    public let stride: [Int]
    /// What happens at the edges.
    public let padding: Padding

    /// A pool with a window of any height and width.
    /// - Parameter stride: The window's size unless given.
    public init(size: (Int, Int), stride: (Int, Int)? = nil, padding: Padding = .valid) {
        let stride = stride ?? size
        self.size = [size.0, size.1]
        self.stride = [stride.0, stride.1]
        self.padding = padding
    }

    /// A pool with a square window.
    /// - Parameter stride: The window's size unless given.
    public init(size: Int = 2, stride: Int? = nil, padding: Padding = .valid) {
        let stride = stride ?? size
        self.init(size: (size, size), stride: (stride, stride), padding: padding)
    }

    /// A pool with a square window, without the label, as `Dense(10)` has none.
    /// - Parameter stride: The window's size unless given.
    public init(_ size: Int, stride: Int? = nil, padding: Padding = .valid) {
        self.init(size: size, stride: stride, padding: padding)
    }

    /// A pool with a window of any height and width, without the label.
    /// - Parameter stride: The window's size unless given.
    public init(_ size: (Int, Int), stride: (Int, Int)? = nil, padding: Padding = .valid) {
        self.init(size: size, stride: stride, padding: padding)
    }

    /// The shape of one output.
    /// - Throws: `ShapeError` if the input does not fit or a hyper-parameter is out of range.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        let size = try WindowShape(layer: Self.kind, window: size, stride: stride, padding: padding)
            .outputSize(for: input)
        return [size.rows, size.columns, input[2]]
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        place.operations(
            .averagePool(Window(size: size, stride: stride, padding: padding, input: place.input)))
    }
}

/// Keras's name.
public typealias AveragePooling2D = AveragePool2D
