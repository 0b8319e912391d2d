public import Compute

/// A fully connected layer: `y[o] = activation(bias[o] + Σ over i of weight[o][i] · x[i])`.
///
/// Shape: `[inputs]` to `[units]`. Parameters: `weight [units, inputs]`, Glorot uniform at first, and `bias [units]`,
/// 0 at first. The defaults are Keras's.
///
///     Dense(10, activation: .softmax)   // 32 → 10, 330 parameters
public struct Dense: Layer {
    /// What model files call this layer.
    public static let kind = "Dense"
    /// Layers of this kind are named `dense1`, `dense2`, …
    public static let parameterPrefix = "dense"

    /// Number of outputs, at least 1.
    public let units: Int
    /// Applied to the outputs, if any.
    public let activation: ActivationFunction?
    /// Whether a bias is added.
    public let useBias: Bool
    /// First values of the weights.
    public let kernelInitializer: Initializer

    /// A fully connected layer.
    public init(
        _ units: Int, activation: ActivationFunction? = nil, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform
    ) {
        self.units = units
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
    }

    /// The shape of one output.
    /// - Throws: `ShapeError` if the input does not fit or a hyper-parameter is out of range.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try activation?.check(layer: Self.kind)
        guard (1...SizeLimit.channels).contains(units) else {
            throw ShapeError(layer: Self.kind, reason: "\(units) units; use 1 to \(SizeLimit.channels).")
        }
        guard input.rank == 1 else {
            throw ShapeError(
                layer: Self.kind,
                reason:
                    "The input has shape \(input), but one axis is needed; put Flatten() before this layer.")
        }
        return [units]
    }

    /// The parameters that the layer owns for an input that fits.
    public func parameters(for input: Shape) -> [ParameterDescription] {
        let weight = ParameterDescription(
            name: "weight", shape: [units, input[0]], initializer: kernelInitializer,
            fans: (input[0], units))
        let bias = ParameterDescription(name: "bias", shape: [units], initializer: .zeros)
        return useBias ? [weight, bias] : [weight]
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        let window = Window(covering: Extent(rows: 1, columns: 1, channels: 1))
        return place.operations(
            .contraction(window, weight: place["weight"], bias: useBias ? place["bias"] : nil),
            activation.map { .activation($0) })
    }
}
