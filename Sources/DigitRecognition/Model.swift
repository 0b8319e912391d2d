public import Compute
public import Datasets
public import Imaging
public import ModelFormats
public import NeuralNetworks
public import Training

/// A network that can be trained, evaluated, asked and saved: the type to begin with.
///
///     let model = try Model(input: [28, 28, 1], seed: 1) {
///         Conv2D(filters: 64, kernelSize: 3, activation: .relu)
///         MaxPool2D(size: 2)
///         Flatten()
///         Dense(10, activation: .softmax)
///     }
///     let history = try model.fit(mnist.train, normalization: .l2(axis: 1), epochs: 5)
///     let (loss, accuracy) = try model.evaluate(mnist.test)
public final class Model {
    /// The layers and their parameters.
    public let network: Network
    /// What a file of this model will say about it: classes, data, settings, accuracy.
    /// It changes by training, `compile`, `nameClasses`, `record` and `setTemperature`, so that there is always one name for
    /// each output.
    public var information: ModelInformation { storedInformation }
    /// Threads to train and evaluate with, at least 1; the number of processors unless set. It does not change results; more than
    /// there are processors wait for each other and take much longer.
    public var threads = Model.processorCount {
        didSet { predictor = nil }
    }
    /// The network after the best epoch of the last `fit`, that with the smallest validation loss; nil without validation. An
    /// epoch whose loss is smaller than the best one's, but not by more than `TrainingConfiguration.minimumDelta`, is no better.
    public private(set) var bestNetwork: Network?
    /// How bytes become inputs; set by `fit`, and read from a model's file.
    public var normalization: Normalization { information.normalization }

    /// The instruction set to compute with; the fastest of this machine unless set. Sets differ in rounding.
    public var kernels = Kernels.best {
        didSet { predictor = nil }
    }

    /// What `information` shows; an observer of that would make its setter look public.
    private var storedInformation: ModelInformation {
        didSet { predictor = nil }
    }
    private var optimizer = Optimizer.adam()
    private var metrics = [Metric.accuracy]
    /// What `predict` asks, and the network's count of changes that it belongs to.
    private var predictor: (asked: Predictor, changes: Int)?

    /// A model with fresh parameters.
    /// - Parameters:
    ///   - input: Shape of one input: height, width, channels.
    ///   - seed: What first parameters, the order of images and dropout follow from.
    ///   - classNames: What each output stands for; its number counts from 0 unless given.
    /// - Throws: `ShapeError` if the layers do not fit each other.
    public convenience init(
        input: Shape, seed: UInt64 = 0, classNames: [String]? = nil, @LayerBuilder layers: () -> [any Layer]
    ) throws(ShapeError) {
        try self.init(Sequential(layers()), input: input, seed: seed, classNames: classNames)
    }

    /// A model of a described network, with fresh parameters; parameters are as in `init(input:seed:classNames:layers:)`.
    public convenience init(
        _ description: Sequential, input: Shape, seed: UInt64 = 0, classNames: [String]? = nil
    ) throws(ShapeError) {
        let shape = try description.outputShapes(for: input).last!
        guard shape.rank == 1 else {
            throw ShapeError(
                layer: "Model",
                reason:
                    "The network ends in a picture of shape \(shape), but one value for each class is needed; "
                    + "end it in Flatten() and Dense(10, activation: .softmax).")
        }
        var information = ModelInformation(classNames: classNames ?? (0..<shape.count).map(String.init))
        information.seed = seed
        self.init(network: try Network(description, input: input, seed: seed), information: information)
    }

    /// A model of a network that there is.
    init(network: Network, information: ModelInformation) {
        precondition(
            information.classNames.count == network.outputShape.count,
            "The network has \(network.outputShape.count) outputs, but \(information.classNames.count) classes are named."
        )
        self.network = network
        storedInformation = information
    }

    /// Reads a model from its file.
    /// - Parameter allowingChanges: Whether a file that another program has changed since it was written is read.
    /// - Throws: `ModelFileError` for whatever is wrong with the file.
    public convenience init(
        contentsOf path: String, allowingChanges: Bool = false
    ) throws(ModelFileError) {
        try self.init(read: try ModelFile.read(path, allowingChanges: allowingChanges), path: path)
    }

    /// Reads a model from the bytes of its file.
    /// - Parameters:
    ///   - name: What errors call the file.
    ///   - allowingChanges: Whether a file that another program has changed since it was written is read.
    /// - Throws: `ModelFileError` for whatever is wrong with it.
    public convenience init(
        bytes: [UInt8], name: String, allowingChanges: Bool = false
    ) throws(ModelFileError) {
        try self.init(
            read: try ModelFile.read(bytes: bytes, name: name, allowingChanges: allowingChanges), path: name)
    }

    private convenience init(
        read file: (network: Network, information: ModelInformation), path: String
    ) throws(ModelFileError) {
        guard file.network.outputShape.rank == 1 else {
            throw .badDescription(
                path: path,
                reason:
                    "its network ends in a picture of shape \(file.network.outputShape), not in one value for each class."
            )
        }
        self.init(network: file.network, information: file.information)
    }

    /// Number of processors that this process may use: those that its affinity allows (`taskset`), and no more than the quota of a
    /// container keeps busy.
    public static var processorCount: Int { ProcessorCount.available }

    /// Sets how `fit` trains; without it, Adam and the loss of the model (cross-entropy of classes) are used.
    public func compile(
        optimizer: Optimizer = .adam(), loss: Loss = .sparseCategoricalCrossentropy,
        metrics: [Metric] = [.accuracy]
    ) {
        self.optimizer = optimizer
        self.metrics = metrics
        storedInformation.loss = loss
    }
}

// MARK: - What the model says about itself

extension Model {
    /// Names what each output stands for.
    /// - Throws: `ShapeError` unless there is one name for each output.
    public func nameClasses(_ names: [String]) throws(ShapeError) {
        let outputs = network.outputShape.count
        guard names.count == outputs else {
            throw ShapeError(
                layer: "Model",
                reason: "The network has \(outputs) outputs, but \(names.count) classes are named; "
                    + "give one name for each output.")
        }
        storedInformation.classNames = names
    }

    /// Says which data the model was trained on; nil where nobody knows.
    public func record(dataset: ModelInformation.DatasetRecord?) { storedInformation.dataset = dataset }

    /// Says how well the model reads; nil where nobody has measured it.
    public func record(accuracy: ModelInformation.AccuracyRecord?) { storedInformation.accuracy = accuracy }

    /// Says which recipe made the model; nil for none.
    public func record(recipe: String?) { storedInformation.recipe = recipe }

    /// Sets what logits are divided by before they become probabilities; nil for none. `calibrate` finds the best one.
    /// - Precondition: It is a finite number above 0.
    public func setTemperature(_ temperature: Double?) { storedInformation.temperature = temperature }
}

// MARK: - Training

extension Model {
    /// Trains on labelled pictures, from the present parameters on.
    ///
    /// The model changes when training ends: until then it predicts as before, and a training that throws leaves it as it was.
    /// Only if the loss stops being finite, the parameters are those that gave the last finite one.
    ///
    /// Each call begins anew with the optimiser's memory and the order of the pictures. What `information` says of
    /// accuracy and the temperature are cleared, because the parameters are others now; data set and recipe are the
    /// caller's to set.
    /// - Parameters:
    ///   - normalization: How bytes become inputs; the model keeps it.
    ///   - configuration: How to train; what `compile` would set is set to the same.
    ///   - callbacks: Asked after each batch and epoch whether to go on. Names of `RememberingCallback`s are unique.
    /// - Returns: Loss and metrics of each epoch.
    /// - Throws: `InputError` if the pictures do not fit the network; `TrainingError` if a setting is out of range or does not fit
    ///   the others or the pictures, the time limit is under one step, or the loss stops being finite.
    @discardableResult
    public func fit(
        _ images: LabeledImages, normalization: Normalization = .unitRange,
        configuration: TrainingConfiguration, callbacks: [any TrainingCallback] = []
    ) throws -> History {
        let seed = information.seed ?? 0
        let trainer = try Trainer(
            network.copy(), configuration, seed: seed, pool: WorkerPool(threads: threads), kernels: kernels)
        let parts = images.split(validationFraction: configuration.validationSplit)
        let history: History
        do {
            history = try trainer.fit(
                TrainingImages(
                    parts.training, normalization, configuration, seed: seed, threads: threads,
                    kernels: kernels
                ).source,
                validation: parts.validation.count == 0
                    ? nil : NormalizedImages(images: parts.validation, normalization: normalization),
                callbacks: callbacks)
        } catch let error as TrainingError {
            if case .lossNotFinite = error { take(trainer, normalization) }
            throw error
        }
        take(trainer, normalization)
        return history
    }

    /// Makes what a training came to the model's.
    private func take(_ trainer: Trainer, _ normalization: Normalization) {
        let configuration = trainer.state.configuration
        network.restore(trainer.state.network.parameters)
        bestNetwork = trainer.state.bestNetwork
        optimizer = configuration.optimizer
        metrics = configuration.metrics
        storedInformation.tell(of: configuration, normalization)
    }

    /// The model as it would be if a training of it ended now.
    /// - Parameter network: The one that is trained, which the result has too.
    package func trained(
        _ network: Network, normalization: Normalization, configuration: TrainingConfiguration
    ) -> Model {
        var information = information
        information.tell(of: configuration, normalization)
        let model = Model(network: network, information: information)
        model.threads = threads
        model.kernels = kernels
        return model
    }

    /// The same by the settings that are used most; the optimiser, the loss and the metrics are those of `compile`.
    @discardableResult
    public func fit(
        _ images: LabeledImages, normalization: Normalization = .unitRange, epochs: Int = 1,
        batchSize: Int = 32, validationSplit: Double = 0, augmentation: Augmentation = .none,
        schedule: LearningRateSchedule = .constant, callbacks: [any TrainingCallback] = []
    ) throws -> History {
        var configuration = TrainingConfiguration()
        configuration.optimizer = optimizer
        configuration.loss = information.loss
        configuration.metrics = metrics
        configuration.epochs = epochs
        configuration.batchSize = batchSize
        configuration.validationSplit = validationSplit
        configuration.augmentation = augmentation
        configuration.schedule = schedule
        return try fit(
            images, normalization: normalization, configuration: configuration, callbacks: callbacks)
    }
}

extension ModelInformation {
    /// Says how the parameters were trained, and forgets what was said of others.
    fileprivate mutating func tell(of configuration: TrainingConfiguration, _ normalization: Normalization) {
        self.normalization = normalization
        loss = configuration.loss
        settings = .init(configuration, leavingOut: [\.loss])
        accuracy = nil
        temperature = nil
    }
}

// MARK: - Using

extension Model {
    /// Mean loss and accuracy on labelled pictures. The loss is that of training, without a temperature.
    /// - Throws: `InputError` if the pictures do not fit the network.
    public func evaluate(_ images: LabeledImages) throws(InputError) -> (loss: Double, accuracy: Double) {
        let evaluation = try evaluation(on: images)
        return (evaluation.loss, evaluation.metrics[Metric.accuracy.name]!)
    }

    /// Loss, metrics and the prediction for each of labelled images, without a temperature.
    /// - Throws: `InputError` if the images do not fit the network.
    package func evaluation(on images: LabeledImages) throws(InputError) -> EvaluationResult {
        try evaluationWithOutputs(on: images).result
    }

    /// The same, and what the network gave for each image.
    package func evaluationWithOutputs(
        on images: LabeledImages
    ) throws(InputError) -> (result: EvaluationResult, outputs: ModelOutputs) {
        let metrics = self.metrics.contains(.accuracy) ? self.metrics : [.accuracy] + self.metrics
        let evaluator = Evaluator(
            network, loss: information.loss, metrics: metrics, pool: WorkerPool(threads: threads),
            kernels: kernels)
        let classCount = network.outputShape.count
        var values: [Float] = []
        values.reserveCapacity(images.count * classCount)
        let result = try evaluator.evaluate(NormalizedImages(images: images, normalization: normalization)) {
            values.append(contentsOf: $0)
        }
        return (
            result,
            ModelOutputs(
                values: values, classCount: classCount, leavesOutSoftmax: result.leavesOutSoftmax,
                loss: information.loss)
        )
    }

    /// What the model makes of one picture.
    /// - Throws: `InputError.shapeMismatch` if the picture has another size than the network's input.
    public func predict(_ image: Image) throws(InputError) -> Prediction {
        try upToDatePredictor().predict(image)
    }

    /// What the model makes of each picture of a collection, in their order.
    /// - Throws: `InputError.shapeMismatch` if the pictures have another size than the network's input.
    public func predict(_ images: ImageCollection) throws(InputError) -> [Prediction] {
        try upToDatePredictor().predict(images)
    }

    /// The last predictor, unless the network has changed since: by training or `setParameter`.
    private func upToDatePredictor() -> Predictor {
        if let predictor, predictor.changes == network.changes { return predictor.asked }
        let asked = Predictor(self, threads: threads)
        predictor = (asked, network.changes)
        return asked
    }

    /// Writes the model with everything needed to use it.
    ///
    /// An existing file is replaced unless `replacing` is false, as Keras does: a refusal after hours of training would lose what was
    /// trained. A crash leaves the old file or the new one.
    /// - Parameter replacing: Whether an existing file may be replaced.
    /// - Throws: `ModelFileError.notWritten`; then no file has changed.
    public func save(to path: String, replacing: Bool = true) throws(ModelFileError) {
        try ModelFile.write(network, information, to: path, replacing: replacing)
    }
}
