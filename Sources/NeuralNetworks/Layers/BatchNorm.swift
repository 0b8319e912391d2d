public import Compute

/// Batch normalisation, per channel:
///
///     y = gamma · (x - mean) / √(variance + epsilon) + beta
///
/// In training, mean and variance are those of the batch (over images, rows and columns), and the moving statistics
/// follow: `moving = moving · momentum + batch · (1 - momentum)`. Otherwise the moving statistics are used.
///
/// Shape: `[height, width, channels]` or `[channels]`, unchanged. Parameters, `[channels]` each: `gamma` (1 at first),
/// `beta` (0), and not trained `moving_mean` (0), `moving_variance` (1). The defaults are Keras's.
///
/// S. Ioffe and C. Szegedy, "Batch Normalization", 2015, arXiv:1502.03167.
public struct BatchNorm: Layer {
    /// What model files call this layer.
    public static let kind = "BatchNorm"
    /// Layers of this kind are named `batchnorm1`, `batchnorm2`, …
    public static let parameterPrefix = "batchnorm"

    /// Share of the old moving statistics that stays at each step, `0...1`.
    public let momentum: Float
    /// Added to the variance, positive.
    public let epsilon: Float

    /// A batch normalisation with scale and centre.
    public init(momentum: Float = 0.99, epsilon: Float = 1e-3) {
        self.momentum = momentum
        self.epsilon = epsilon
    }

    /// The shape of one output.
    /// - Throws: `ShapeError` if the input does not fit or a hyper-parameter is out of range.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard (0...1).contains(momentum), epsilon > 0, epsilon.isFinite else {
            throw ShapeError(
                layer: Self.kind,
                reason: "Momentum \(momentum) and epsilon \(epsilon); momentum is in 0...1, epsilon above 0.")
        }
        return input
    }

    /// The parameters that the layer owns for an input that fits.
    public func parameters(for input: Shape) -> [ParameterDescription] {
        let channels: Shape = [input[input.rank - 1]]
        return [
            ParameterDescription(name: "gamma", shape: channels, initializer: .ones),
            ParameterDescription(name: "beta", shape: channels, initializer: .zeros),
            ParameterDescription(
                name: "moving_mean", shape: channels, initializer: .zeros, isTrainable: false),
            ParameterDescription(
                name: "moving_variance", shape: channels, initializer: .ones, isTrainable: false),
        ]
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        place.operations(.batchNorm(self, slots: place.slots))
    }
}

/// Keras's name.
public typealias BatchNormalization = BatchNorm
