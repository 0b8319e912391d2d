import Datasets
import DigitRecognition
import PlainText

/// Everything that the result of a training run depends on, apart from the data's contents.
struct RunSettings {
    /// What is trained, and how unless something else was asked for.
    let recipe: Recipe
    /// The images.
    let dataset: DatasetDescription
    /// How bytes become inputs.
    var normalization: Normalization
    /// How to train; of an ensemble, each member.
    var configuration: TrainingConfiguration
    /// Networks that are trained, each from a seed of its own, and averaged; 1 for a single network.
    var members: Int
    /// How images are distorted; the members of an ensemble take turns. At least one.
    var augmentations: [Augmentation] {
        didSet { configuration.augmentation = augmentations[0] }
    }
    /// What all that is random follows from; the members have it and those after it.
    var seed: UInt64
    /// They do not change the result.
    let threads: Int

    /// The settings of a recipe.
    init(recipe: Recipe, dataset: DatasetDescription, seed: UInt64, threads: Int) {
        self.recipe = recipe
        self.dataset = dataset
        normalization = recipe.normalization
        configuration = recipe.configuration
        members = recipe.members
        augmentations = [recipe.configuration.augmentation]
        self.seed = seed
        self.threads = threads
    }

    /// Whether any member sees distorted images.
    var augments: Bool { augmentations.contains { $0 != .none } }

    /// The same for one member of an ensemble, from 0: a single network from a seed of its own.
    func member(_ number: Int) -> RunSettings {
        var member = self
        member.members = 1
        member.augmentations = [augmentations[number % augmentations.count]]
        member.seed = seed &+ UInt64(number)
        return member
    }

    /// What is trained, for figures.
    var title: String { "Training of \(recipe.name) on \(dataset.title)" }

    /// The text of a setting in files; nil where it is not mentioned.
    func text(of setting: TrainingConfiguration.Setting) -> String? {
        guard setting.name == TrainingConfiguration.setting(\.augmentation).name else {
            return setting.text(in: configuration)
        }
        return augments ? augmentations.map { "\($0)" }.joined(separator: "/") : nil
    }

    /// What `settings.json` holds: the settings, what the data were, and the command that repeats the run.
    func json(datasetHash: String, command: String) -> JSONText {
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
            ("package_version", .string(ModelInformation.currentVersion)), ("command", .string(command)),
        ]
        return .object(
            first + members([.always]) + [("normalization", .string("\(normalization)"))]
                + members([.whereSet, .inFiles]) + last)
    }
}
