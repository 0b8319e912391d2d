public import Compute

/// Layers in a row: the description of a network.
///
///     let network = Sequential {
///         Conv2D(filters: 64, kernelSize: 3, activation: .relu)
///         MaxPool2D(size: 2)
///         Flatten()
///         Dense(10, activation: .softmax)
///     }
public struct Sequential: Sendable {
    /// The layers, first to last.
    public let layers: [any Layer]

    /// A network of these layers.
    public init(_ layers: [any Layer]) {
        self.layers = layers
    }

    /// A network of the layers listed.
    public init(@LayerBuilder _ layers: () -> [any Layer]) {
        self.init(layers())
    }

    /// The shape after each layer.
    /// - Throws: `ShapeError` of the first layer that cannot take what comes before it, named with its place.
    public func outputShapes(for input: Shape) throws(ShapeError) -> [Shape] {
        guard !layers.isEmpty else {
            throw ShapeError(layer: "Sequential", reason: "The network has no layers; list at least one.")
        }
        guard (1...3).contains(input.rank), input.rank != 2, input.axes.allSatisfy({ $0 > 0 }) else {
            throw ShapeError(
                layer: "Sequential",
                reason: "The input shape \(input) is neither height×width×channels nor a number of features.")
        }
        guard SizeLimit.holds(input) else {
            throw ShapeError(
                layer: "Sequential",
                reason:
                    "The input shape \(input) has more than \(SizeLimit.elements) elements; use smaller images."
            )
        }
        guard layers.count <= SizeLimit.layers else {
            throw ShapeError(
                layer: "Sequential",
                reason: "The network has \(layers.count) layers; use at most \(SizeLimit.layers).")
        }
        var shapes: [Shape] = []
        var elements = 0
        for (index, layer) in layers.enumerated() {
            let place = "layer \(index + 1) (\(type(of: layer).kind))"
            guard LayerKinds.all.contains(where: { $0 == type(of: layer) }) else {
                throw ShapeError(
                    layer: place,
                    reason: "No plan can run this kind of layer; use the layers of this package.")
            }
            let shape: Shape
            do {
                shape = try layer.outputShape(for: shapes.last ?? input)
            } catch {
                throw ShapeError(layer: place, reason: error.reason)
            }
            guard SizeLimit.holds(shape) else {
                throw ShapeError(
                    layer: place,
                    reason: "The output shape \(shape) has more than \(SizeLimit.elements) elements; "
                        + "use fewer channels, or a stride or pool before this layer.")
            }
            elements += shape.count
            guard elements <= SizeLimit.elements else {
                throw ShapeError(
                    layer: place,
                    reason: "The outputs up to here have more than \(SizeLimit.elements) elements together; "
                        + "use fewer layers or channels, or a stride or pool before this layer.")
            }
            shapes.append(shape)
        }
        return shapes
    }

    /// Each layer's name in the network: its prefix and its number within its kind, `conv1`, `conv2`, `dense1`.
    public var layerNames: [String] {
        var counts: [String: Int] = [:]
        return layers.map { layer in
            let prefix = type(of: layer).parameterPrefix
            counts[prefix, default: 0] += 1
            return "\(prefix)\(counts[prefix]!)"
        }
    }
}

extension Sequential: Hashable {
    /// Whether all layers are equal, in order.
    public static func == (a: Self, b: Self) -> Bool {
        a.layers.map { AnyHashable($0) } == b.layers.map { AnyHashable($0) }
    }

    /// Hashes the layers in order.
    public func hash(into hasher: inout Hasher) {
        for layer in layers { hasher.combine(AnyHashable(layer)) }
    }
}

extension Sequential: Codable {
    private enum Key: String, CodingKey {
        case kind
    }

    /// Reads a list of objects, each with the layer's `kind` and its hyper-parameters.
    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        var layers: [any Layer] = []
        while !list.isAtEnd {
            // The same element is read twice: for its kind, then as that kind.
            let element = try list.superDecoder()
            let container = try element.container(keyedBy: Key.self)
            let kind = try container.decode(String.self, forKey: .kind)
            guard let type = LayerKinds.all.first(where: { $0.kind == kind }) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .kind, in: container, debugDescription: "There is no layer “\(kind)”.")
            }
            layers.append(try type.init(from: element))
        }
        self.init(layers)
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for layer in layers {
            let element = list.superEncoder()
            try layer.encode(to: element)
            var container = element.container(keyedBy: Key.self)
            try container.encode(type(of: layer).kind, forKey: .kind)
        }
    }
}
