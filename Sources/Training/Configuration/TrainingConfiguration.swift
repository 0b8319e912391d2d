public import NeuralNetworks

/// Settings of a training run; the defaults are Keras's.
public struct TrainingOptions: Sendable, Hashable, Codable {
    /// Passes over the training images, at least 1.
    public var epochs: Int
    /// Images in a step, at least 1; the last step of an epoch may have fewer.
    public var batchSize: Int
    /// What all random choices follow from: the order of the images, dropout.
    public var seed: UInt64
    /// Whether each epoch has an order of its own.
    public var shuffles: Bool
    /// How the learning rate changes from step to step.
    public var schedule: LearningRateSchedule
    /// Share of each target that all K classes get in equal parts, `target · (1 - s) + s / K`; at least 0 and below 1. For
    /// cross-entropy, in training alone: validation losses are those of the true targets.
    ///
    /// C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2015, arXiv:1512.00567.
    public var labelSmoothing: Float
    /// The largest norm that the gradient of all parameters together may have, positive; a longer one is scaled down to it.
    /// nil for no limit.
    ///
    /// R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", 2012,
    /// arXiv:1211.5063.
    public var globalClipNorm: Float?
    /// The longest that a run may take, validation included; positive. Looked at after each batch, so the run ends with the
    /// first batch after it, and what there is of the last epoch is scored and counts as an epoch. Which batch that is depends
    /// on the machine: with a limit, equal seeds give equal parameters only after equally many steps. nil for no limit.
    public var timeLimit: Duration?
    /// How much the exponential moving average of the parameters keeps at each step, above 0 and below 1:
    /// `average = momentum · average + (1 - momentum) · parameters`. At the end it takes the parameters' place, and batch
    /// normalisations get the mean statistics of the training images. Until then, epochs are scored without it. nil for none.
    public var emaMomentum: Float?

    /// Settings of a run.
    public init(
        epochs: Int = 1, batchSize: Int = 32, seed: UInt64 = 0, shuffles: Bool = true,
        schedule: LearningRateSchedule = .constant, labelSmoothing: Float = 0, globalClipNorm: Float? = nil,
        timeLimit: Duration? = nil, emaMomentum: Float? = nil
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.seed = seed
        self.shuffles = shuffles
        self.schedule = schedule
        self.labelSmoothing = labelSmoothing
        self.globalClipNorm = globalClipNorm
        self.timeLimit = timeLimit
        self.emaMomentum = emaMomentum
    }

    /// Refuses settings that are out of their range, or do not fit each other or the loss.
    /// - Throws: `TrainingError` that says which.
    public func check(loss: Loss) throws(TrainingError) {
        func require(_ isGood: Bool, _ name: String, _ value: String, _ expected: String)
            throws(TrainingError)
        {
            guard isGood else { throw .badSetting(name: name, value: value, expected: expected) }
        }
        try require(epochs >= 1, "epochs", "\(epochs)", "at least 1")
        try require(batchSize >= 1, "batch size", "\(batchSize)", "at least 1")
        try schedule.check(epochs: epochs)
        try require(
            labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing", "\(labelSmoothing)",
            "at least 0 and below 1")
        try require(
            labelSmoothing == 0 || loss != .meanSquaredError, "label smoothing", "\(labelSmoothing)",
            "0 for the loss meanSquaredError")
        if let globalClipNorm {
            try require(
                globalClipNorm > 0 && globalClipNorm.isFinite, "global clip norm", "\(globalClipNorm)",
                "a positive number")
        }
        if let emaMomentum {
            try require(
                emaMomentum > 0 && emaMomentum < 1, "EMA momentum", "\(emaMomentum)", "above 0 and below 1")
        }
        if let timeLimit {
            try require(timeLimit > .zero, "time limit", "\(timeLimit.inSeconds) s", "above 0 s")
            guard !schedule.spansTheRun else { throw .scheduleWithTimeLimit("\(schedule)") }
        }
    }
}
