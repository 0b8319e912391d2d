public import Imaging
public import NeuralNetworks
public import Training

/// A network and how it is trained: each recipe is a file of its own beside this one.
public struct Recipe: Sendable {
    /// What it is called on the command line.
    public private(set) var name: String
    /// One line about it.
    public private(set) var summary: String
    /// The layers; of an ensemble, those of each member.
    public let network: Sequential
    /// How many networks are trained, each from a seed of its own, to be averaged.
    public private(set) var members = 1
    /// How bytes become inputs.
    public let normalization: Normalization
    /// How it is trained; of an ensemble, each member.
    public let configuration: TrainingConfiguration

    /// Every recipe.
    public static let all = [notebook, lenet5, fast, accurate, ensemble, tiny, reader]

    /// The recipe of a name, or nil.
    public static func named(_ name: String) -> Recipe? { all.first { $0.name == name } }

    init(
        name: String, summary: String, network: Sequential, normalization: Normalization,
        configuration: TrainingConfiguration
    ) {
        self.name = name
        self.summary = summary
        self.network = network
        self.normalization = normalization
        self.configuration = configuration
    }

    /// The same for several networks that are averaged.
    func averaged(members: Int, name: String) -> Recipe {
        var recipe = self
        recipe.name = name
        recipe.summary = "the average of \(members) networks of the recipe \(self.name)"
        recipe.members = members
        return recipe
    }
}
