public import Compute

/// A two-dimensional convolution:
///
///     y[i][j][o] = activation(bias[o] + Σ over y, x, c of weight[o][y][x][c] · x[i·stride + y][j·stride + x][c])
///
/// Shape: `[height, width, channels]` to `[outputHeight, outputWidth, filters]`, where for padding `valid`
/// `outputHeight = (height - kernelHeight) / stride + 1` rounded down and for `same` `height / stride` rounded up.
/// Missing pixels count as 0.
///
/// Parameters: `weight [filters, kernelHeight, kernelWidth, channels]`, Glorot uniform at first, and
/// `bias [filters]`, 0 at first. The defaults are Keras's.
///
///     Conv2D(filters: 64, kernelSize: 3, activation: .relu)   // 28×28×1 → 26×26×64, 640 parameters
public struct Conv2D: Layer {
    /// What model files call this layer.
    public static let kind = "Conv2D"
    /// Layers of this kind are named `conv1`, `conv2`, …
    public static let parameterPrefix = "conv"

    /// Number of output channels, at least 1.
    public let filters: Int
    /// Rows and columns of the kernel, at least 1 each.
    public let kernelSize: [Int]
    /// Rows and columns between neighbouring outputs' windows, at least 1 each.
    public let stride: [Int]
    /// What happens at the edges.
    public let padding: Padding
    /// Applied to each output, if any.
    public let activation: ActivationFunction?
    /// Whether a bias is added.
    public let useBias: Bool
    /// First values of the weights.
    public let kernelInitializer: Initializer

    /// A convolution with a kernel of any height and width.
    public init(
        filters: Int, kernelSize: (Int, Int), stride: (Int, Int) = (1, 1), padding: Padding = .valid,
        activation: ActivationFunction? = nil, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform
    ) {
        self.filters = filters
        self.kernelSize = [kernelSize.0, kernelSize.1]
        self.stride = [stride.0, stride.1]
        self.padding = padding
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
    }

    /// A convolution with a square kernel.
    public init(
        filters: Int, kernelSize: Int, stride: Int = 1, padding: Padding = .valid,
        activation: ActivationFunction? = nil, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform
    ) {
        self.init(
            filters: filters, kernelSize: (kernelSize, kernelSize), stride: (stride, stride),
            padding: padding,
            activation: activation, useBias: useBias, kernelInitializer: kernelInitializer)
    }

    /// The shape of one output.
    /// - Throws: `ShapeError` if the input does not fit or a hyper-parameter is out of range.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try activation?.check(layer: Self.kind)
        guard (1...SizeLimit.channels).contains(filters) else {
            throw ShapeError(layer: Self.kind, reason: "\(filters) filters; use 1 to \(SizeLimit.channels).")
        }
        let size = try WindowShape(layer: Self.kind, window: kernelSize, stride: stride, padding: padding)
            .outputSize(for: input)
        // The plan keeps a padded copy of the input in whole blocks of channels.
        let padded: Shape = [
            (size.rows - 1) * stride[0] + kernelSize[0], (size.columns - 1) * stride[1] + kernelSize[1],
            (input[2] + 15) / 16 * 16,
        ]
        guard SizeLimit.holds(padded) else {
            throw ShapeError(
                layer: Self.kind,
                reason: "The padded input \(padded) has more than \(SizeLimit.elements) elements; "
                    + "use a smaller kernel or fewer channels.")
        }
        return [size.rows, size.columns, filters]
    }

    /// The parameters that the layer owns for an input that fits.
    public func parameters(for input: Shape) -> [ParameterDescription] {
        let window = kernelSize[0] * kernelSize[1]
        let weight = ParameterDescription(
            name: "weight", shape: [filters, kernelSize[0], kernelSize[1], input[2]],
            initializer: kernelInitializer, fans: (window * input[2], window * filters))
        let bias = ParameterDescription(name: "bias", shape: [filters], initializer: .zeros)
        return useBias ? [weight, bias] : [weight]
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        let window = Window(size: kernelSize, stride: stride, padding: padding, input: place.input)
        return place.operations(
            .contraction(window, weight: place["weight"], bias: useBias ? place["bias"] : nil),
            activation.map { .activation($0) })
    }
}
