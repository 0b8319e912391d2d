public import Compute

/// The largest value of each window: `y[i][j][c] = max over the window at (i·stride, j·stride) of x[·][·][c]`.
///
/// Shape: `[height, width, channels]` to `[outputHeight, outputWidth, channels]`, sizes as for `Conv2D`. With padding
/// `valid`, rows and columns that do not fill a window are left out. Pixels beyond the edge do not count. Of equal
/// values the first (row by row) gets the gradient; a NaN in a window is its result.
///
///     MaxPool2D(size: 2)        // 26×26×64 → 13×13×64
///     MaxPool2D(2)              // the same, without the label
///     MaxPool2D(size: (2, 1))   // 32×256×16 → 16×256×16
public struct MaxPool2D: Layer {
    /// What model files call this layer.
    public static let kind = "MaxPool2D"
    /// Layers of this kind are named `maxpool1`, `maxpool2`, …
    public static let parameterPrefix = "maxpool"

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
        guard size.allSatisfy({ $0 <= SizeLimit.window }), size.reduce(1, *) <= SizeLimit.maximumWindow else {
            throw ShapeError(
                layer: Self.kind,
                reason:
                    "A window of \(size) has more than \(SizeLimit.maximumWindow) elements; use a smaller one."
            )
        }
        let size = try WindowShape(layer: Self.kind, window: size, stride: stride, padding: padding)
            .outputSize(for: input)
        return [size.rows, size.columns, input[2]]
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        place.operations(
            .maxPool(Window(size: size, stride: stride, padding: padding, input: place.input)))
    }
}

/// Keras's name.
public typealias MaxPooling2D = MaxPool2D
