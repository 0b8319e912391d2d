public import Compute

/// Where each parameter lies in a network's one flat buffer: trained ones first, running statistics after them.
///
/// Every parameter begins on a multiple of 16 floats; the gaps stay zero.
public struct ParameterLayout: Sendable, Hashable {
    /// One parameter's place.
    public struct Slot: Sendable, Hashable {
        /// The dotted name, which does not change: `conv1.weight`.
        public let name: String
        /// What it is.
        public let description: ParameterDescription
        /// Number of the layer that owns it, from 0.
        public let layer: Int
        /// Its first float in the buffer.
        public let offset: Int

        /// Its axes.
        public var shape: Shape { description.shape }
        /// Its floats in the buffer.
        public var range: Range<Int> { offset..<offset + shape.count }
    }

    /// All parameters, in the order of the layers.
    public let slots: [Slot]
    /// Floats in the buffer, gaps included.
    public let count: Int
    /// Floats at the buffer's start that optimisers change, gaps included.
    public let trainableCount: Int

    /// Lays out the parameters of a network's layers.
    /// - Throws: `ShapeError` if the layers do not fit each other.
    public init(_ network: Sequential, input: Shape) throws(ShapeError) {
        let inputs = [input] + (try network.outputShapes(for: input)).dropLast()
        let names = network.layerNames
        var offset = 0
        var trainableCount = 0
        var slots: [Slot] = []
        for trainable in [true, false] {
            for (index, layer) in network.layers.enumerated() {
                for parameter in layer.parameters(for: inputs[index]) where parameter.isTrainable == trainable
                {
                    slots.append(
                        Slot(
                            name: "\(names[index]).\(parameter.name)", description: parameter, layer: index,
                            offset: offset))
                    offset += (parameter.shape.count + 15) / 16 * 16
                    guard offset <= SizeLimit.parameters else {
                        throw ShapeError(
                            layer: "layer \(index + 1) (\(type(of: layer).kind))",
                            reason:
                                "With its \(parameter.name) of shape \(parameter.shape) the network has more than "
                                + "\(SizeLimit.parameters) parameters; use fewer channels or units.")
                    }
                }
            }
            if trainable { trainableCount = offset }
        }
        // The sort is stable: within a layer, trained parameters stay first.
        self.slots = slots.sorted { $0.layer < $1.layer }
        count = offset
        self.trainableCount = trainableCount
    }

    /// Number of parameters, without gaps.
    public var parameterCount: Int { slots.reduce(0) { $0 + $1.shape.count } }

    /// The slots of one layer.
    public func slots(ofLayer layer: Int) -> [Slot] { slots.filter { $0.layer == layer } }
}
