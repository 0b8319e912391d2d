import ArgumentParser
import Datasets
import DigitRecognition
import PlainText

/// Everything that the result of a training run depends on, apart from the data's contents.
struct TrainingSettings {
    /// Larger batches fit in no cache and little memory, and Keras's default is 32.
    private static let batchSizeLimit = 4096
    private static let epochLimit = 1_000_000
    private static let memberLimit = Ensemble.mostMembers

    let recipe: Recipe
    /// Networks that are trained, each from a seed of its own, and averaged; 1 for a single network.
    let members: Int
    let dataset: DatasetDescription
    let epochs: Int
    let batchSize: Int
    let learningRate: Float
    let validationSplit: Double
    let normalization: Normalization
    let features: TrainingFeatures
    let seed: UInt64
    /// They do not change the result.
    let threads: Int

    /// Settings of a recipe with what somebody typed in place of its own.
    /// - Throws: `ValidationError` for what is out of range.
    init(
        recipe: Recipe, dataset: DatasetDescription, epochs: Int? = nil, batchSize: Int? = nil,
        learningRate: Float? = nil, validationSplit: Double = 0, normalization: Normalization? = nil,
        members: Int? = nil, features: TrainingFeatures? = nil, seed: UInt64, threads: Int
    ) throws {
        let features = features ?? TrainingFeatures(recipe)
        self.recipe = recipe
        self.members = members ?? recipe.members
        self.dataset = dataset
        self.epochs = epochs ?? recipe.epochs
        self.batchSize = batchSize ?? recipe.batchSize
        self.learningRate = learningRate ?? recipe.optimizer.learningRate
        self.validationSplit = validationSplit
        self.normalization = normalization ?? recipe.normalization
        self.features = features
        self.seed = seed
        self.threads = threads

        guard (1...Self.epochLimit).contains(self.epochs) else {
            throw ValidationError(
                "--epochs is \(self.epochs), but must be 1 to \(NumberText.grouped(Self.epochLimit)).")
        }
        guard (1...Self.batchSizeLimit).contains(self.batchSize) else {
            throw ValidationError(
                "--batch-size is \(self.batchSize), but must be 1 to \(NumberText.grouped(Self.batchSizeLimit))."
            )
        }
        guard (1...Self.memberLimit).contains(self.members) else {
            throw ValidationError("--members is \(self.members), but must be 1 to \(Self.memberLimit).")
        }
        let turns = features.augmentations.count
        guard turns <= self.members else {
            throw ValidationError(
                "--augmentation has \(turns) forms for members to take turns, but there \(self.members == 1 ? "is 1 network" : "are \(self.members)"). "
                    + "Leave forms out, or add --members \(turns).")
        }
        guard self.learningRate > 0, self.learningRate.isFinite else {
            throw ValidationError(
                "--learning-rate is \(Self.plain(self.learningRate)), but must be a number above 0.")
        }
        guard (0..<1).contains(validationSplit) else {
            throw ValidationError(
                "--validation-split is \(Self.plain(validationSplit)), but must be at least 0 and below 1.")
        }
        let images = dataset.count(of: .train)
        guard Double(images) * (1 - validationSplit) >= 1 else {
            throw ValidationError(
                "--validation-split is \(validationSplit), which leaves none of the \(NumberText.grouped(images)) "
                    + "training images to train on.")
        }
        try features.check(recipe: recipe, epochs: self.epochs, validationSplit: validationSplit)
    }

    /// The recipe's optimiser with these settings' learning rate and weight decay.
    var optimizer: Optimizer {
        let optimizer = recipe.optimizer.with(learningRate: learningRate)
        return features.weightDecay.flatMap { optimizer.with(weightDecay: $0) } ?? optimizer
    }

    /// The same for one member of an ensemble, from 0: a single network from a seed of its own.
    func member(_ number: Int) -> TrainingSettings {
        var features = features
        features.augmentations = [features.augmentations[number % features.augmentations.count]]
        return TrainingSettings(self, members: 1, features: features, seed: seed &+ UInt64(number))
    }

    private init(_ settings: TrainingSettings, members: Int, features: TrainingFeatures, seed: UInt64) {
        recipe = settings.recipe
        self.members = members
        dataset = settings.dataset
        epochs = settings.epochs
        batchSize = settings.batchSize
        learningRate = settings.learningRate
        validationSplit = settings.validationSplit
        normalization = settings.normalization
        self.features = features
        self.seed = seed
        threads = settings.threads
    }

    /// A number without `.0`, as people type it.
    static func plain(_ number: some LosslessStringConvertible) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension TrainingSettings {
    /// What is trained, for figures.
    var title: String { "Training of \(recipe.name) on \(dataset.title)" }

    /// The settings as one line of text.
    var text: String {
        (["recipe \(recipe.name)"] + (members > 1 ? ["members \(members)"] : []) + [
            "data \(dataset.name)", "epochs \(epochs)", "batch size \(batchSize)",
            "\(optimizer.name), learning rate \(learningRate)",
        ] + features.settings.map(\.words) + [
            "validation split \(Self.plain(validationSplit))",
            "normalization \(normalization)", "seed \(seed)", "threads \(threads)",
        ]).joined(separator: "; ")
    }

    /// The command that trains with these settings, the place of the data excepted.
    var command: String {
        "digits train --recipe \(recipe.name) \(dataset.options) --epochs \(epochs) "
            + "--batch-size \(batchSize) --learning-rate \(learningRate) --validation-split \(validationSplit) "
            + "--normalization \(ShellText.quoted("\(normalization)")) --seed \(seed)"
            + (members == recipe.members ? "" : " --members \(members)") + features.options(for: recipe)
    }

    /// What `settings.json` holds: the settings, what the data were, and the command that repeats the run.
    func json(datasetHash: String) -> JSONText {
        let members: [(String, JSONText)] = [
            ("recipe", .string(recipe.name)), ("members", .integer(members)),
            ("dataset", .string(dataset.name)),
            ("dataset_sha256", .string(datasetHash)), ("epochs", .integer(epochs)),
            ("batch_size", .integer(batchSize)), ("optimizer", .string(optimizer.name)),
            ("learning_rate", .float(learningRate)), ("loss", .string(recipe.loss.rawValue)),
            ("validation_split", .number(validationSplit)), ("normalization", .string("\(normalization)")),
        ]
        let last: [(String, JSONText)] = [
            // As text: many JSON readers keep 53 bits of a number.
            ("seed", .string("\(seed)")), ("threads", .integer(threads)),
            ("package_version", .string(ModelInformation.currentVersion)), ("command", .string(command)),
        ]
        return .object(members + features.settings.map { ($0.name, $0.value) } + last)
    }
}

extension Optimizer {
    /// The same at another step size.
    func with(learningRate rate: Float) -> Optimizer {
        switch self {
        case .sgd(_, let momentum, let nesterov):
            .sgd(learningRate: rate, momentum: momentum, nesterov: nesterov)
        case .adam(_, let beta1, let beta2, let epsilon):
            .adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
        case .adamW(_, let weightDecay, let beta1, let beta2, let epsilon):
            .adamW(
                learningRate: rate, weightDecay: weightDecay, beta1: beta1, beta2: beta2, epsilon: epsilon)
        case .rmsprop(_, let rho, let momentum, let epsilon):
            .rmsprop(learningRate: rate, rho: rho, momentum: momentum, epsilon: epsilon)
        }
    }
}
