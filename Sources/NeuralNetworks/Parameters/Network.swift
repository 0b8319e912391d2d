public import Compute

/// A described network with values for its parameters.
///
/// The values lie in one flat buffer, so that an optimiser, averaging, saving and comparing are one loop each.
public final class Network {
    /// The layers.
    public let description: Sequential
    /// The shape of one input, without the batch axis.
    public let inputShape: Shape
    /// The shape after each layer.
    public let outputShapes: [Shape]
    /// Where each parameter lies.
    public let layout: ParameterLayout
    /// The values.
    package let parameters: FloatBuffer
    /// How often values were changed; what is derived from them is up to date if it is of the same count.
    package private(set) var changes = 0

    /// A network with fresh parameters.
    /// - Parameters:
    ///   - seed: Equal seeds give equal parameters; each parameter has a random sequence of its own.
    /// - Throws: `ShapeError` if the layers do not fit each other or the input.
    public convenience init(
        _ description: Sequential, input: Shape, seed: UInt64
    ) throws(ShapeError) {
        try self.init(zeros: description, input: input)
        for (index, slot) in layout.slots.enumerated() {
            var random = CounterBasedRandom(seed: seed, purpose: .initialValues, index)
            slot.description.initializer.fill(
                UnsafeMutableBufferPointer(rebasing: parameters.floats[slot.range]),
                fans: slot.description.fans, random: &random)
        }
    }

    /// A network whose parameters are all 0, to be filled from elsewhere.
    /// - Throws: `ShapeError` if the layers do not fit each other or the input.
    package init(zeros description: Sequential, input: Shape) throws(ShapeError) {
        self.description = description
        inputShape = input
        outputShapes = try description.outputShapes(for: input)
        layout = try ParameterLayout(description, input: input)
        parameters = FloatBuffer(count: layout.count)
    }

    private init(copying network: Network) {
        description = network.description
        inputShape = network.inputShape
        outputShapes = network.outputShapes
        layout = network.layout
        parameters = network.parameters.copy()
    }

    /// A network with equal, but its own, parameters.
    public func copy() -> Network { Network(copying: self) }

    /// The same layers with equal, but their own, parameters for inputs of another size: convolutions and pools take pictures of
    /// any height and width.
    /// - Throws: `ShapeError` if the layers do not fit the input, or the parameters of one would have another shape, as a Dense
    ///   layer's would.
    package func with(input: Shape) throws(ShapeError) -> Network {
        let network = try Network(zeros: description, input: input)
        for (slot, own) in zip(network.layout.slots, layout.slots) where slot.shape != own.shape {
            throw ShapeError(
                layer: "layer \(slot.layer + 1) (\(type(of: description.layers[slot.layer]).kind))",
                reason:
                    "For an input of \(input) its \(slot.description.name) has shape \(slot.shape), but for "
                    + "\(inputShape) \(own.shape); use a network of layers whose parameters fit any height and width."
            )
        }
        network.restore(parameters)
        return network
    }

    /// The shape of one output.
    public var outputShape: Shape { outputShapes.last! }

    /// A copy of one parameter's values, row-major.
    /// - Returns: nil if there is no parameter of that name.
    public subscript(name: String) -> [Float]? {
        layout.slots.first { $0.name == name }.map { Array(parameters.floats[$0.range]) }
    }

    /// Replaces one parameter's values.
    /// - Precondition: The network has the parameter, with as many values.
    public func setParameter(_ name: String, to values: [Float]) {
        guard let slot = layout.slots.first(where: { $0.name == name }) else {
            preconditionFailure("The network has no parameter \(name).")
        }
        precondition(
            values.count == slot.shape.count,
            "\(name) has shape \(slot.shape), \(slot.shape.count) values, not \(values.count).")
        for (index, value) in zip(slot.range, values) { parameters.pointer[index] = value }
        parametersChanged()
    }

    /// Tells that values were changed through `parameters`.
    package func parametersChanged() { changes += 1 }

    /// A copy of all values, gaps included, to be put back with `restore`.
    package func snapshot() -> FloatBuffer { parameters.copy() }

    package func restore(_ snapshot: FloatBuffer) {
        precondition(snapshot.count == parameters.count, "The snapshot is of another network.")
        parameters.pointer.update(from: snapshot.pointer, count: snapshot.count)
        parametersChanged()
    }
}
