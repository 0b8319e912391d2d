import ArgumentParser
import DigitRecognition
import PlainText

/// What a training run has beyond epochs, batches and a learning rate.
struct TrainingFeatures {
    /// The members of an ensemble take turns. At least one.
    var augmentations = [Augmentation.none]
    /// Share of the epochs, the last ones, without augmentation.
    var closing = 0.0
    var schedule = LearningRateSchedule.constant
    var weightDecay: Float?
    var labelSmoothing: Float = 0
    var clipNorm: Float?
    var ema: Float?
    /// The patience in epochs.
    var earlyStopping: Int?
    var timeLimit: Duration?

    /// Those of a recipe.
    init(_ recipe: Recipe) {
        augmentations = [recipe.augmentation]
        closing = recipe.closingFraction
        schedule = recipe.schedule
        weightDecay = recipe.optimizer.weightDecay
        labelSmoothing = recipe.labelSmoothing
        ema = recipe.emaMomentum
    }

    /// Refuses what is out of range, or does not fit the rest of the settings.
    /// - Throws: `ValidationError`.
    func check(recipe: Recipe, epochs: Int, validationSplit: Double) throws {
        for augmentation in augmentations { try Self.check(augmentation) }
        guard (0..<1).contains(closing) else {
            throw ValidationError(
                "--closing is \(TrainingSettings.plain(closing)), but must be at least 0 and below 1.")
        }
        guard closing == 0 || augments else {
            throw ValidationError(
                "--closing ends augmentation before the last epochs, but there is none. "
                    + "Add --augmentation standard, or leave the option out.")
        }
        guard closing == 0 || timeLimit == nil else {
            throw ValidationError(
                "--closing counts from the end of the run, which a time limit leaves open. Leave one of the two out."
            )
        }
        do throws(TrainingError) {
            try TrainingOptions(
                epochs: epochs, schedule: schedule, labelSmoothing: labelSmoothing, globalClipNorm: clipNorm,
                timeLimit: timeLimit, emaMomentum: ema
            ).check(loss: recipe.loss)
        } catch {
            throw ValidationError("\(error)")
        }
        if let weightDecay {
            guard weightDecay >= 0, weightDecay < 1 else {
                throw ValidationError("--weight-decay is \(weightDecay), but must be at least 0 and below 1.")
            }
            guard recipe.optimizer.with(weightDecay: weightDecay) != nil else {
                throw ValidationError(
                    "--weight-decay is for Adam, but the recipe \(recipe.name) trains with \(recipe.optimizer.name). "
                        + "Leave the option out.")
            }
        }
        guard let earlyStopping else { return }
        guard earlyStopping >= 1 else {
            throw ValidationError("--early-stopping is \(earlyStopping), but must be at least 1 epoch.")
        }
        guard validationSplit > 0 else {
            throw ValidationError(
                "--early-stopping goes by val_loss, and there are no validation images. Add --validation-split 0.1."
            )
        }
        guard ema == nil else { throw ValidationError("\(TrainingError.earlyStoppingWithAverage)") }
    }

    /// Refuses amounts out of their range.
    /// - Throws: `ValidationError`.
    static func check(_ augmentation: Augmentation) throws(ValidationError) {
        guard let fault = augmentation.fault else { return }
        throw ValidationError(
            "--augmentation has \(fault.name) \(TrainingSettings.plain(fault.value)), but must be \(fault.expected)."
        )
    }

    /// Whether any member sees distorted images.
    var augments: Bool { augmentations.contains { $0 != .none } }

    /// Those that are on.
    var settings: [Setting] {
        var settings: [Setting] = []
        func add(_ name: String, _ value: JSONText, _ option: String, _ text: String, off: String = "0") {
            settings.append(Setting(name: name, value: value, option: option, text: text, off: off))
        }
        func add(_ name: String, _ value: Float, _ option: String) {
            add(name, .float(value), option, TrainingSettings.plain(value))
        }
        if augments {
            let text = augmentations.map { "\($0)" }.joined(separator: "/")
            add("augmentation", .string(text), "augmentation", text, off: "none")
        }
        if closing != 0 {
            add("closing_fraction", .number(closing), "closing", TrainingSettings.plain(closing))
        }
        if schedule != .constant {
            add("schedule", .string("\(schedule)"), "schedule", "\(schedule)", off: "constant")
        }
        if let weightDecay { add("weight_decay", weightDecay, "weight-decay") }
        if labelSmoothing != 0 { add("label_smoothing", labelSmoothing, "label-smoothing") }
        if let clipNorm { add("global_clipnorm", clipNorm, "clip-norm") }
        if let ema { add("ema_momentum", ema, "ema") }
        if let earlyStopping {
            add("early_stopping", .integer(earlyStopping), "early-stopping", "\(earlyStopping)")
        }
        if let timeLimit {
            let seconds = timeLimit.inSeconds
            add("time_limit", .number(seconds), "time-limit", "\(TrainingSettings.plain(seconds))s")
        }
        return settings
    }

    /// The options that ask for these features, those among them that leave out what the recipe has.
    func options(for recipe: Recipe) -> String {
        let on = settings
        let left = TrainingFeatures(recipe).settings.filter { usual in !on.contains { $0.name == usual.name }
        }
        return (on.map { " --\($0.option) \($0.text)" } + left.map { " --\($0.option) \($0.off)" }).joined()
    }

    /// One that is on.
    struct Setting {
        /// Its name in `settings.json`, and its value there.
        let name: String
        let value: JSONText
        /// The option that asks for it, without dashes before it, and what is typed behind.
        let option: String
        let text: String
        /// What is typed to leave it out.
        let off: String

        /// For people: `weight decay 0.01`.
        var words: String { "\(option.replacing("-", with: " ")) \(text)" }
    }
}

extension Optimizer {
    /// Adam with this decay of its weights; nil for other optimisers.
    func with(weightDecay decay: Float) -> Optimizer? {
        switch self {
        case .adam(let rate, let beta1, let beta2, let epsilon),
            .adamW(let rate, _, let beta1, let beta2, let epsilon):
            .adamW(learningRate: rate, weightDecay: decay, beta1: beta1, beta2: beta2, epsilon: epsilon)
        case .sgd, .rmsprop:
            nil
        }
    }
}
