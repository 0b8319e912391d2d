public import Imaging
public import NeuralNetworks
public import Training

/// What a model file says about its network beside architecture and weights.
public struct ModelInformation: Sendable, Hashable, Codable {
    /// How bytes become the network's inputs.
    public var normalization: Normalization
    /// What each output stands for.
    public var classNames: [String]
    /// The loss that it was trained with.
    public var loss: Loss
    /// Name of the recipe that made it.
    public var recipe: String?
    /// The seed of its first parameters and its training.
    public var seed: UInt64?
    /// The settings of its training, as far as they are known; the loss and the seed stand beside them.
    public var settings: TrainingConfiguration.Record
    /// The data set that it was trained on.
    public var dataset: DatasetRecord?
    /// The best-known measurement of its quality.
    public var accuracy: AccuracyRecord?
    /// What logits are divided by before they become probabilities, a finite number above 0; nil for none.
    ///
    /// It makes a model as sure as it is right: `Model.calibrate` finds it. The class that is read stays the same.
    public var temperature: Double? {
        didSet {
            precondition(
                temperature.map(Self.isTemperature) ?? true,
                "A temperature is a finite number above 0, not \(temperature ?? 0).")
        }
    }
    /// Version of the package that wrote the file.
    public var packageVersion: String

    /// Which data a model was trained on.
    public struct DatasetRecord: Sendable, Hashable, Codable {
        /// The data set's name: `mnist`.
        public var name: String
        /// A hash of its content.
        public var sha256: String

        /// A record of a data set.
        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// A measured accuracy.
    public struct AccuracyRecord: Sendable, Hashable, Codable {
        /// What was scored: `test`.
        public var split: String
        /// Images read correctly.
        public var correct: Int
        /// Images scored.
        public var count: Int

        /// A record of a measurement.
        public init(split: String, correct: Int, count: Int) {
            self.split = split
            self.correct = correct
            self.count = count
        }
    }

    /// Information of a fresh model with these classes.
    public init(
        classNames: [String], normalization: Normalization = .unitRange,
        loss: Loss = .sparseCategoricalCrossentropy
    ) {
        self.classNames = classNames
        self.normalization = normalization
        self.loss = loss
        settings = .init()
        packageVersion = Self.currentVersion
    }

    /// Whether a number can be a temperature.
    static func isTemperature(_ value: Double) -> Bool { value > 0 && value.isFinite }

    /// This package's version.
    public static let currentVersion = "0.1.0"
}
