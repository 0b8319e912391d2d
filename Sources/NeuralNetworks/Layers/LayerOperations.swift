import Compute

/// Where a layer stands in a network: its number, the shapes before and behind it, and where its parameters lie.
///
/// Networks make it, and hand it to their layers.
public struct LayerPlace: Sendable {
    /// Number of the layer, from 0.
    let index: Int
    /// The shape of one input.
    let input: Shape
    /// The shape of one output.
    let output: Shape
    /// The layer's parameters, in the order in which it describes them.
    let slots: [ParameterLayout.Slot]

    /// Where the parameter of a name lies.
    /// - Precondition: The layer describes one of that name.
    subscript(name: String) -> ParameterLayout.Slot {
        guard let slot = slots.first(where: { $0.description.name == name }) else {
            preconditionFailure("Layer \(index) describes no parameter \(name).")
        }
        return slot
    }

    /// Operations one after the other: the first makes the layer's output of its input, and the others, those that are not
    /// nil, keep its shape.
    func operations(_ first: Operation, _ others: Operation?...) -> LayerOperations {
        let output = Extent(output)
        var placed = [PlacedOperation(layer: index, operation: first, input: Extent(input), output: output)]
        for case let operation? in others {
            placed.append(PlacedOperation(layer: index, operation: operation, input: output, output: output))
        }
        return LayerOperations(placed: placed)
    }
}

/// What a layer comes down to, in the order in which it is computed.
///
/// Only the layers of this package can make one: what is inside is the plans' own vocabulary.
public struct LayerOperations: Sendable {
    /// The first reads the layer's input, each other what the one before it writes, and the last writes the layer's output.
    let placed: [PlacedOperation]
}
