public import Datasets
public import DigitRecognition
import PlainText

/// Everything that the result of a training run depends on, apart from the data's contents.
public struct RunSettings: Sendable {
    /// What is trained, and how unless something else was asked for.
    public let recipe: Recipe
    /// The images.
    public let dataset: DatasetDescription
    /// How bytes become inputs.
    public var normalization: Normalization
    /// How to train; of an ensemble, each member.
    public var configuration: TrainingConfiguration
    /// Networks that are trained, each from a seed of its own, and averaged, 1 to `Ensemble.mostMembers`; 1 for a single network.
    public var members: Int
    /// What all that is random follows from; the members have it and those after it.
    public var seed: UInt64
    /// Threads to train with, at least 1. They do not change the result.
    public let threads: Int

    /// The augmentations after the first, which is the configuration's.
    private var furtherAugmentations: [Augmentation] = []

    /// The settings of a recipe.
    /// - Precondition: There is at least one thread.
    public init(
        recipe: Recipe, dataset: DatasetDescription, seed: UInt64 = 1, threads: Int = Model.processorCount
    ) {
        precondition(threads > 0, "A run needs at least one thread, not \(threads).")
        self.recipe = recipe
        self.dataset = dataset
        normalization = recipe.normalization
        configuration = recipe.configuration
        members = recipe.members
        self.seed = seed
        self.threads = threads
    }

    /// How images are distorted; the members of an ensemble take turns, so there are no more than members. The first is the
    /// configuration's.
    /// - Precondition: There is at least one.
    public var augmentations: [Augmentation] {
        get { [configuration.augmentation] + furtherAugmentations }
        set {
            precondition(!newValue.isEmpty, "No augmentation is Augmentation.none, not an empty list.")
            configuration.augmentation = newValue[0]
            furtherAugmentations = Array(newValue.dropFirst())
        }
    }

    /// Whether any member sees distorted images.
    public var augments: Bool { augmentations.contains { $0 != .none } }

    /// Whether any member has closing epochs that differ from those before.
    package var canClose: Bool { augmentations.contains { $0 != $0.closing } }

    /// The same for one member of an ensemble, from 0: a single network from a seed of its own.
    func member(_ number: Int) -> RunSettings {
        var member = self
        member.members = 1
        member.augmentations = [augmentations[number % augmentations.count]]
        member.seed = seed &+ UInt64(number)
        return member
    }

    /// Refuses what is out of its range, or does not fit the rest.
    func check() throws(TrainingError) {
        func require(_ range: ClosedRange<Int>, _ name: String, _ value: Int) throws(TrainingError) {
            guard !range.contains(value) else { return }
            throw .badSetting(
                name: name, value: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
        }
        try require(1...Ensemble.mostMembers, "members", members)
        try require(1...members, "number of augmentations", augmentations.count)
        for number in augmentations.indices { try member(number).configuration.check() }
    }

    /// What is trained, for figures.
    var title: String { "Training of \(recipe.name) on \(dataset.title)" }

    /// The text of a setting in files; nil where it is not mentioned.
    package func text(of setting: TrainingConfiguration.Setting) -> String? {
        guard setting.name == TrainingConfiguration.setting(\.augmentation).name else {
            return setting.text(in: configuration)
        }
        return augments ? augmentations.map { "\($0)" }.joined(separator: "/") : nil
    }

    /// What `settings.json` holds: the settings, what the data were, and the command that repeats the run where there is one.
    func json(datasetHash: String, command: String?) -> JSONText {
        func members(_ mentions: [TrainingConfiguration.Setting.Mention]) -> [(String, JSONText)] {
            TrainingConfiguration.settings.filter { mentions.contains($0.mention) }.compactMap { setting in
                text(of: setting).map { text in
                    (setting.name, setting.isNumber ? .number(Double(text)!) : .string(text))
                }
            }
        }
        let first: [(String, JSONText)] = [
            ("recipe", .string(recipe.name)), ("members", .integer(self.members)),
            ("dataset", .string(dataset.name)), ("dataset_sha256", .string(datasetHash)),
        ]
        let last: [(String, JSONText)] = [
            // As text: many JSON readers keep 53 bits of a number.
            ("seed", .string("\(seed)")), ("threads", .integer(threads)),
            ("package_version", .string(ModelInformation.currentVersion)),
        ]
        return .object(
            first + members([.always]) + [("normalization", .string("\(normalization)"))]
                + members([.whereSet, .inFiles]) + last + (command.map { [("command", .string($0))] } ?? []))
    }
}
