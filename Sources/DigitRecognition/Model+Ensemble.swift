import Imaging
import ModelFormats
public import NeuralNetworks

extension Model {
    /// The mean of several trained models as one model, which can be used and saved like any other, but not trained. It owns
    /// copies of their parameters; a temperature of theirs is left out, and so are recipes and settings that differ.
    ///
    ///     let members = try (1...5).map { try Recipe.accurate.train(on: mnist.train, seed: $0) }
    ///     let ensemble = try Model(averaging: members)
    ///
    /// - Parameter members: At least one; they read equal inputs, normalised alike, tell apart the same classes, and give
    ///   probabilities, not logits.
    /// - Throws: `ShapeError` that says which member does not fit.
    public convenience init(averaging members: [Model]) throws(ShapeError) {
        guard let first = members.first else {
            throw ShapeError(layer: Ensemble.kind, reason: "There are no members; give at least one model.")
        }
        for (index, member) in members.enumerated() {
            func require(_ isGood: Bool, _ what: String) throws(ShapeError) {
                guard isGood else {
                    throw ShapeError(layer: "\(Ensemble.kind), member \(index + 1)", reason: what)
                }
            }
            try require(
                member.network.inputShape == first.network.inputShape,
                "The input has shape \(member.network.inputShape), but the first member's \(first.network.inputShape); use members with equal inputs."
            )
            try require(
                member.normalization == first.normalization,
                "The normalisation is \(member.normalization), but the first member's \(first.normalization); use members that are normalised alike."
            )
            try require(
                member.information.classNames == first.information.classNames,
                "The classes are other ones than the first member's; use members that tell apart the same.")
            try require(
                !member.information.loss.isFromLogits,
                "The outputs are logits, whose mean says little; end the network in softmax.")
        }
        let network = try Network(
            zeros: Sequential([Ensemble(members.map(\.network.description))]), input: first.network.inputShape
        )
        let name = network.description.layerNames[0]
        for (index, member) in members.enumerated() {
            for slot in member.network.layout.slots {
                network.setParameter(
                    "\(name).\(Ensemble.name(slot, ofMember: index))", to: member.network[slot.name]!)
            }
        }
        var information = first.information
        information.accuracy = nil
        information.temperature = nil
        if members.contains(where: { $0.information.recipe != first.information.recipe }) {
            information.recipe = nil
        }
        information.settings.texts = information.settings.texts.filter { name, text in
            members.allSatisfy { $0.information.settings.texts[name] == text }
        }
        information.settings.members = members.count
        self.init(network: network, information: information)
        threads = first.threads
        kernels = first.kernels
    }
}
