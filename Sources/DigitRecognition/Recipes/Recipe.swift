public import Imaging
public import NeuralNetworks
public import Training

/// A network with the settings that it is trained with, all in one place: each recipe is a file of its own beside this one.
public struct Recipe: Sendable {
    /// What it is called on the command line.
    public private(set) var name: String
    /// One line about it.
    public private(set) var summary: String
    /// The layers, for 28×28×1 inputs; of an ensemble, those of each member.
    public let network: Sequential
    /// How many networks are trained, each from a seed of its own, to be averaged.
    public private(set) var members: Int
    /// How bytes become inputs.
    public let normalization: Normalization
    /// How pictures are distorted in training.
    public let augmentation: Augmentation
    /// Share of the epochs, the last ones, that see the pictures as they are.
    public let closingFraction: Double
    /// How parameters follow gradients.
    public let optimizer: Optimizer
    /// How the learning rate changes from step to step.
    public let schedule: LearningRateSchedule
    /// What is made small.
    public let loss: Loss
    /// Share of each target that all classes get in equal parts.
    public let labelSmoothing: Float
    /// What the moving average of the parameters keeps at each step; nil for none.
    public let emaMomentum: Float?
    /// Passes over the training images.
    public let epochs: Int
    /// Images in a step.
    public let batchSize: Int

    /// Every recipe.
    public static let all = [notebook, lenet5, fast, accurate, ensemble, tiny]

    /// The recipe of a name, or nil.
    public static func named(_ name: String) -> Recipe? { all.first { $0.name == name } }

    init(
        name: String, summary: String, network: Sequential, members: Int = 1, normalization: Normalization,
        augmentation: Augmentation = .none, closingFraction: Double = 0,
        optimizer: Optimizer = .adam(), schedule: LearningRateSchedule = .constant,
        loss: Loss = .sparseCategoricalCrossentropy,
        labelSmoothing: Float = 0, emaMomentum: Float? = nil, epochs: Int, batchSize: Int
    ) {
        self.name = name
        self.summary = summary
        self.network = network
        self.members = members
        self.normalization = normalization
        self.augmentation = augmentation
        self.closingFraction = closingFraction
        self.optimizer = optimizer
        self.schedule = schedule
        self.loss = loss
        self.labelSmoothing = labelSmoothing
        self.emaMomentum = emaMomentum
        self.epochs = epochs
        self.batchSize = batchSize
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
