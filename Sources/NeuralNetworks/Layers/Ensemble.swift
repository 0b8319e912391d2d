public import Compute

/// Several networks that see the same input, and the mean of their outputs:
///
///     y = (y₁ + … + yₘ) / m
///
/// Shape: any input that all members take, to the vector that all members give. The parameters are the members', named with
/// the member's number before their own: `ensemble1.2.conv1.weight`. Members that end in softmax give probabilities, whose
/// mean is again a probability for each class. Members are trained one by one: `Model(averaging:)` puts them together.
///
/// L. K. Hansen and P. Salamon, "Neural Network Ensembles", 1990, doi:10.1109/34.58871.
public struct Ensemble: Layer {
    /// What model files call this layer.
    public static let kind = "Ensemble"
    /// Layers of this kind are named `ensemble1`, `ensemble2`, …
    public static let parameterPrefix = "ensemble"
    /// The most members.
    public static let mostMembers = 100

    /// The networks, at least one.
    public let members: [Sequential]

    /// The mean of networks.
    public init(_ members: [Sequential]) {
        self.members = members
    }

    /// The shape of one output.
    /// - Throws: `ShapeError` if a member does not take the input, gives no vector or another one than the first, or is itself an
    ///   ensemble.
    public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard (1...Self.mostMembers).contains(members.count) else {
            throw ShapeError(
                layer: Self.kind,
                reason: "\(members.count) members; an ensemble has 1 to \(Self.mostMembers).")
        }
        var common: Shape?
        for (index, member) in members.enumerated() {
            func refuse(_ reason: String) -> ShapeError {
                ShapeError(layer: Self.kind, reason: "Member \(index + 1): \(reason)")
            }
            guard !member.layers.contains(where: { $0 is Ensemble }) else {
                throw refuse("It has an ensemble inside; list all members in one.")
            }
            let shape: Shape
            do {
                shape = try member.outputShapes(for: input).last!
            } catch {
                throw refuse("\(error)")
            }
            guard shape.rank == 1 else {
                throw refuse(
                    "The output has shape \(shape), but a vector is needed; end it in Flatten() and a Dense layer."
                )
            }
            guard shape == common ?? shape else {
                throw refuse(
                    "It has \(shape) outputs, but the first member \(common!); end all in as many units.")
            }
            common = shape
        }
        return common!
    }

    /// The parameters of all members, for an input that fits.
    public func parameters(for input: Shape) -> [ParameterDescription] {
        members.indices.flatMap { member in
            slots(ofMember: member, input: input).map { slot in
                ParameterDescription(
                    name: Self.name(slot, ofMember: member), shape: slot.shape,
                    initializer: slot.description.initializer, isTrainable: slot.description.isTrainable,
                    fans: slot.description.fans)
            }
        }
    }

    /// What is computed where the layer stands in a network.
    public func operations(at place: LayerPlace) -> LayerOperations {
        let offsets = Dictionary(uniqueKeysWithValues: place.slots.map { ($0.description.name, $0.offset) })
        return place.operations(
            .ensemble(members.indices.map { operations(ofMember: $0, input: place.input, offsets: offsets) }))
    }
}

extension Ensemble {
    /// Where a member's parameters lie in a network of its own.
    package func slots(ofMember member: Int, input: Shape) -> [ParameterLayout.Slot] {
        guard let layout = try? ParameterLayout(members[member], input: input) else {
            preconditionFailure("Parameters are asked for only where the input fits.")
        }
        return layout.slots
    }

    /// The last part of the name of a member's parameter: `2.conv1.weight`.
    package static func name(_ slot: ParameterLayout.Slot, ofMember member: Int) -> String {
        "\(member + 1).\(slot.name)"
    }

    /// A member's layers as operations, with their parameters where those of the ensemble lie.
    /// - Parameter offsets: Of each of the ensemble's parameters by name.
    private func operations(
        ofMember member: Int, input: Shape, offsets: [String: Int]
    ) -> [PlacedOperation] {
        guard let outputs = try? members[member].outputShapes(for: input) else {
            preconditionFailure("Operations are asked for only where the input fits.")
        }
        let slots = slots(ofMember: member, input: input).map { slot in
            ParameterLayout.Slot(
                name: slot.name, description: slot.description, layer: slot.layer,
                offset: offsets[Self.name(slot, ofMember: member)]!)
        }
        return members[member].operations(input: input, outputs: outputs, slots: slots)
    }
}
