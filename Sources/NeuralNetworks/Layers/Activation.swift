public import Compute

/// A function applied to every element, or for softmax to every vector of channels.
public enum ActivationFunction: Sendable, Hashable {
    /// `max(0, x)`; its derivative at 0 is 0.
    case relu
    /// `x` where `x >= 0`, else `slope * x`. Keras's slope is 0.3.
    case leakyRelu(slope: Float)
    /// `1 / (1 + exp(-x))`
    case sigmoid
    /// Hyperbolic tangent.
    case tanh
    /// `exp(x[c]) / sum over c of exp(x[c])`, over the last axis.
    case softmax

    /// Leaky ReLU with Keras's slope.
    public static let leakyRelu = ActivationFunction.leakyRelu(slope: 0.3)

    /// Refuses a slope that is no finite number.
    func check(layer: String) throws(ShapeError) {
        if case .leakyRelu(let slope) = self, !slope.isFinite {
            throw ShapeError(layer: layer, reason: "A leaky ReLU with slope \(slope); use a finite number.")
        }
    }

    /// The name in Keras's vocabulary.
    public var name: String {
        switch self {
        case .relu: "relu"
        case .leakyRelu: "leaky_relu"
        case .sigmoid: "sigmoid"
        case .tanh: "tanh"
        case .softmax: "softmax"
        }
    }
}

extension ActivationFunction: Codable {
    private enum Key: String, CodingKey {
        case name, slope
    }

    /// Reads `{"name": "relu"}`, with a `slope` for `leaky_relu`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let name = try container.decode(String.self, forKey: .name)
        switch name {
        case "relu": self = .relu
        case "leaky_relu": self = .leakyRelu(slope: try container.decode(Float.self, forKey: .slope))
        case "sigmoid": self = .sigmoid
        case "tanh": self = .tanh
        case "softmax": self = .softmax
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .name, in: container, debugDescription: "There is no activation “\(name)”.")
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        if case .leakyRelu(let slope) = self { try container.encode(slope, forKey: .slope) }
    }
}

/// An activation as a layer of its own, where it does not follow its layer directly (after a `BatchNorm`, say).
///
/// Shape: any, unchanged.
public struct Activation: Layer {
    /// What model files call this layer.
    public static let kind = "Activation"
    /// Layers of this kind are named `activation1`, `activation2`, …
    public static let parameterPrefix = "activation"

    /// The function.
    public let function: ActivationFunction

    /// An activation layer.
    public init(_ function: ActivationFunction) {
        self.function = function
    }

    /// The shape of one output.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try function.check(layer: Self.kind)
        return input
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        place.operations(.activation(function))
    }
}
