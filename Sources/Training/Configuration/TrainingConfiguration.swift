public import Imaging
public import NeuralNetworks

/// Everything about a training run but the network, the images and the seed. The defaults are Keras's; what goes beyond them
/// is off.
///
///     let configuration = TrainingConfiguration {
///         $0.epochs = 10
///         $0.schedule = .cosine().warmedUp(epochs: 1)
///         $0.labelSmoothing = 0.1
///     }
///     try model.fit(mnist.train, configuration: configuration)
///
/// A setting is a property here and an entry in `settings`, which has its name, its range and what it does; files, messages,
/// texts and options come from there. As JSON, a configuration is an object of the settings' names and texts.
public struct TrainingConfiguration: Sendable, Hashable {
    /// How parameters follow gradients.
    public var optimizer = Optimizer.adam()
    /// What is made small.
    public var loss = Loss.sparseCategoricalCrossentropy
    /// What is counted beside the loss.
    public var metrics = [Metric.accuracy]
    /// Passes over the training images, at least 1.
    public var epochs = 1
    /// Images in a step, at least 1; the last step of an epoch may have fewer.
    public var batchSize = 32
    /// Whether each epoch has an order of its own.
    public var shuffles = true
    /// Share of the images, the last ones, that is not trained on but scored after each epoch, `0..<1`.
    public var validationSplit = 0.0
    /// How images are distorted, anew in each epoch; validation sees them as they are.
    public var augmentation = Augmentation.none
    /// Share of the epochs, the last ones, that see the images as they are in spite of the augmentation, but for its `damage`,
    /// `0..<1`; rounded to whole epochs. Not together with a time limit, which leaves the end open.
    public var closingFraction = 0.0
    /// The last epoch that sees distorted images, from 1; the following ones close the training.
    package var lastDistortedEpoch: Int { epochs - Int((Double(epochs) * closingFraction).rounded()) }
    /// How the learning rate changes from step to step.
    public var schedule = LearningRateSchedule.constant
    /// Share of each target that all K classes get in equal parts, `target · (1 - s) + s / K`, `0..<1`. For cross-entropy, in
    /// training alone: validation losses are those of the true targets.
    ///
    /// C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2015, arXiv:1512.00567.
    public var labelSmoothing: Float = 0
    /// The weight of outliers in the loss, at least 0; 0 for none. `Model.fit` draws images of no digit, 5 for each 16 that it
    /// trains on, and adds this much of their cross-entropy to equal parts of all K classes: each class gets `weight / K` for a
    /// target. So a network learns to doubt what is no digit. For grey images of 28×28 of the digits 0 to 9 and for
    /// cross-entropies. Metrics and validation leave outliers out.
    ///
    /// D. Hendrycks, M. Mazeika and T. Dietterich, "Deep Anomaly Detection with Outlier Exposure", 2019, arXiv:1812.04606.
    public var outlierExposure: Float = 0
    /// Pictures of single digits that are drawn, prepared as the reader of pictures prepares them, and join the training images, at
    /// least 0. For grey images of 28×28 of the digits 0 to 9.
    public var scenes = 0
    /// The largest norm that the gradient of all parameters together may have, positive; a longer one is scaled down to it.
    /// nil for no limit.
    ///
    /// R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", 2012,
    /// arXiv:1211.5063.
    public var globalClipNorm: Float?
    /// How much the exponential moving average of the parameters keeps at each step, `0..<1`:
    /// `average = momentum · average + (1 - momentum) · parameters`. At the end it takes the parameters' place, and batch
    /// normalisations get the mean statistics of the training images. Until then, epochs are scored without it. 0 for none.
    public var emaMomentum: Float = 0
    /// Epochs without improvement of the validation loss (without validation, of the training loss) after which training
    /// stops, at least 1; whatever ends the run, the best epoch's parameters are put back. nil for no such end. Not together
    /// with an average, which would replace them.
    public var earlyStopping: Int?
    /// By how much a loss must be smaller to be an improvement, at least 0.
    public var minimumDelta = 0.0
    /// The longest that a run may take, validation included; positive. Looked at after each batch, so the run ends with the
    /// first batch after it, and what there is of the last epoch is scored and counts as an epoch. Which batch that is depends
    /// on the machine: with a limit, equal seeds give equal parameters only after equally many steps. nil for no limit.
    public var timeLimit: Duration?

    /// The defaults, with changes.
    public init(_ change: (inout TrainingConfiguration) -> Void = { _ in }) { change(&self) }
}

extension TrainingConfiguration {
    /// Every setting, in the order in which files and texts have them. The optimiser is read before its numbers.
    public static let settings: [Setting] = [
        Setting("epochs", \.epochs, .atLeastOne(), .always, "Passes over the training images."),
        Setting("batch_size", \.batchSize, .atLeastOne(), .always, "Images in a step."),
        Setting("optimizer", \.optimizer.kind, .any, .always, "How parameters follow gradients."),
        Setting(
            "learning_rate", \.optimizer.learningRate, .positive, .always, "Step size of the optimiser."),
        Setting("loss", \.loss, .any, .always, "What is made small."),
        Setting(
            "validation_split", \.validationSplit, .fraction, .always,
            "Share of the training images, the last ones, that only score each epoch."),
        Setting(
            "augmentation", \.augmentation, .any, .whereSet,
            "How training images are distorted, anew in each epoch."),
        Setting(
            "closing_fraction", title: "closing", \.closingFraction, .fraction, .whereSet,
            "Share of the epochs, the last ones, that see the training images without augmentation."),
        Setting("schedule", \.schedule, .any, .whereSet, "How the step size changes."),
        Setting(
            "weight_decay", \.optimizer.weightDecay, .fraction, .whereSet,
            "Draw weights (not biases) towards 0 by this share of the step size, as AdamW does."),
        Setting(
            "label_smoothing", \.labelSmoothing, .fraction, .whereSet,
            "Share of each target that all classes get in equal parts."),
        Setting(
            "outlier_exposure", \.outlierExposure, .notNegative, .whereSet,
            "Train on images of no digit, too, to answer in equal parts; how much they weigh, such as 0.5."),
        Setting(
            "scenes", \.scenes, .upTo(10_000_000), .whereSet,
            "Drawn pictures of digits, prepared as those of a camera, that join the training images."),
        Setting(
            "global_clipnorm", title: "clip norm", \.globalClipNorm, .positive, .whereSet,
            "The largest norm of the whole gradient; a longer one is scaled down."),
        Setting(
            "ema_momentum", title: "ema", \.emaMomentum, .fraction, .whereSet,
            "End with the weights' moving average, which keeps this share at each step; 0 for none."),
        Setting(
            "early_stopping", \.earlyStopping, .atLeastOne(" epoch"), .whereSet,
            "Stop when val_loss has not improved for so many epochs, and go back to the best."),
        Setting(
            "time_limit", \.timeLimit, .positive, .whereSet,
            "End training with the first batch after this time."
        ),
        Setting(
            "minimum_delta", \.minimumDelta, .notNegative, .inFiles,
            "By how much a loss must be smaller to be an improvement."),
        Setting("metrics", \.metrics, .any, .inFiles, "What is counted beside the loss."),
        Setting("shuffles", \.shuffles, .any, .inFiles, "Whether each epoch has an order of its own."),
        Setting(optimizerNumber: "momentum", .fraction, "How much of the last step the next one keeps."),
        Setting(
            optimizerNumber: "nesterov", SettingRange("0 or 1") { $0 == 0 || $0 == 1 },
            "1 for Nesterov's momentum."),
        Setting(
            optimizerNumber: "beta1", .fraction, "How much the mean of the gradients keeps at each step."),
        Setting(
            optimizerNumber: "beta2", .fraction, "How much the mean of their squares keeps at each step."),
        Setting(optimizerNumber: "rho", .fraction, "How much the mean of the squares keeps at each step."),
        Setting(optimizerNumber: "epsilon", .positive, "What is added to a root before dividing by it."),
    ]

    /// The setting of a property.
    /// - Precondition: There is one.
    public static func setting(_ property: PartialKeyPath<TrainingConfiguration>) -> Setting {
        guard let setting = settings.first(where: { $0.property == property }) else {
            preconditionFailure("\(property) is no setting.")
        }
        return setting
    }

    /// Refuses settings that are out of their range, or do not fit each other.
    /// - Throws: `TrainingError` that says which.
    public func check() throws(TrainingError) {
        for setting in Self.settings { try setting.check(self) }
        if let fault = augmentation.fault {
            throw .badSetting(
                name: "augmentation's \(fault.name)", value: "\(fault.value)", expected: fault.expected)
        }
        for case .topKAccuracy(let k) in metrics where k < 1 {
            throw .badSetting(name: "k of top-k accuracy", value: "\(k)", expected: "at least 1")
        }
        try schedule.check(epochs: epochs)
        if loss == .meanSquaredError {
            for (property, value) in [
                (\Self.labelSmoothing, labelSmoothing), (\.outlierExposure, outlierExposure),
            ]
            where value != 0 {
                throw Self.setting(property).refusal(of: self, expected: "0 for the loss meanSquaredError")
            }
        }
        if timeLimit != nil {
            guard !schedule.spansTheRun else { throw .scheduleWithTimeLimit("\(schedule)") }
            if closingFraction != 0 {
                throw Self.setting(\.closingFraction).refusal(
                    of: self, expected: "0 with a time limit, which leaves the end of the run open")
            }
        }
        if earlyStopping != nil, emaMomentum != 0 { throw .earlyStoppingWithAverage }
    }
}
