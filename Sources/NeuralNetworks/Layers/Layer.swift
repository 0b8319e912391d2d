public import Compute

/// The description of one layer: its hyper-parameters, and what follows from them for an input of some shape – the output's
/// shape, the parameters, and the operations that it comes down to. How those are computed is a plan's matter.
///
/// The layers of this package are all there are: a type of another module cannot make operations of its own, and a network
/// that lists one is refused.
public protocol Layer: Sendable, Hashable, Codable {
    /// The layer's name in Keras's vocabulary, as model files store it: `Conv2D`.
    static var kind: String { get }

    /// What the names of this layer's parameters begin with, before the number: `conv`.
    static var parameterPrefix: String { get }

    /// The shape of one output for the shape of one input, both without the batch axis.
    /// - Throws: `ShapeError` if no such input fits, or a hyper-parameter is out of range.
    func outputShape(for input: Shape) throws(ShapeError) -> Shape

    /// The parameters that the layer owns for an input that fits.
    func parameters(for input: Shape) -> [ParameterDescription]

    /// What is computed where the layer stands in a network.
    func operations(at place: LayerPlace) -> LayerOperations

    /// Whether a prediction passes the layer with its values as they were, at most in another shape.
    static var keepsValues: Bool { get }
}

extension Layer {
    /// None.
    public func parameters(for input: Shape) -> [ParameterDescription] { [] }

    /// No: most layers change values.
    public static var keepsValues: Bool { false }
}

/// Why a layer cannot take an input: what was given, what it needs, what to do.
public struct ShapeError: Error, Hashable, CustomStringConvertible {
    /// The layer, as `Conv2D` or, once it has a place in a network, `layer 3 (Conv2D)`.
    public var layer: String
    /// One sentence with both shapes and the fix.
    public let reason: String

    /// Makes an error of a layer.
    public init(layer: String, reason: String) {
        self.layer = layer
        self.reason = reason
    }

    /// The layer, a colon and the reason.
    public var description: String { "\(layer): \(reason)" }
}

/// One parameter tensor of a layer.
public struct ParameterDescription: Sendable, Hashable {
    /// The last part of its name: `weight`.
    public let name: String
    /// Its axes; output channels first.
    public let shape: Shape
    /// Its first values.
    public let initializer: Initializer
    /// Whether the optimiser changes it. Running statistics are parameters that it does not.
    public let isTrainable: Bool
    /// Products that are summed into one output, and outputs that one input feeds: the fans of Glorot and He.
    public let fans: (input: Int, output: Int)

    /// Describes a parameter.
    public init(
        name: String, shape: Shape, initializer: Initializer, isTrainable: Bool = true,
        fans: (input: Int, output: Int) = (1, 1)
    ) {
        self.name = name
        self.shape = shape
        self.initializer = initializer
        self.isTrainable = isTrainable
        self.fans = fans
    }

    /// Whether it multiplies inputs: a kernel, not a bias or one of batch normalisation's numbers for each channel.
    package var isWeight: Bool { isTrainable && shape.rank > 1 }

    /// Whether everything but the fans, which follow from the layer, is equal.
    public static func == (a: Self, b: Self) -> Bool {
        a.name == b.name && a.shape == b.shape && a.initializer == b.initializer
            && a.isTrainable == b.isTrainable
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(shape)
    }
}

/// Lists layers without commas.
@resultBuilder
public enum LayerBuilder {
    /// One layer.
    public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
    /// Layers made elsewhere.
    public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
    /// Layers in order.
    public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
    /// A `for` loop's layers.
    public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
    /// The layers of an `if` without `else`.
    public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
    /// The first branch's layers.
    public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
    /// The second branch's layers.
    public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
}
