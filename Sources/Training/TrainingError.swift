public import Compute
public import NeuralNetworks

/// Why training could not be done. Images that do not fit the network are an `InputError`.
public enum TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A setting is out of its range.
    case badSetting(name: String, value: String, expected: String)
    /// A record of settings has one that there is not, or that its optimiser lacks.
    case unknownSetting(name: String, value: String)
    /// A step would have more images than the kernels can take.
    case batchTooLarge(size: Int, largest: Int)
    /// The network's output is not one value for each class, which the loss needs.
    case outputNotVector(Shape)
    /// The loss is one of probabilities, but the network ends without softmax.
    case outputNotProbabilities(Loss)
    /// Outliers or scenes were asked for with images that they are not drawn for.
    case notDigits(images: Shape, classes: [String])
    /// The network is an ensemble.
    case ensembleNotTrainable
    /// A schedule changes the learning rate only after the run's end.
    case scheduleTooLong(schedule: String, needed: String, epochs: Int)
    /// A schedule that spans the run was asked for together with a time limit, so that its end is not known.
    case scheduleWithTimeLimit(String)
    /// Two things were asked for that decide upon the last parameters.
    case earlyStoppingWithAverage
    /// The first step alone took longer than the time limit.
    case timeLimitUnderOneStep(limit: Double, step: Double)
    /// What a callback remembered in a run's state is nothing that it can read.
    case unreadableMemory(callback: String)
    /// The loss became infinite or not a number; the network holds the last good parameters.
    case lossNotFinite(epoch: Int, step: Int)

    /// What happened, what was expected, what to do.
    public var description: String {
        switch self {
        case .badSetting(let name, let value, let expected):
            "\(name) is \(value), but must be \(expected)."
        case .unknownSetting(let name, let value):
            "There is no setting \(name), which is recorded as \(value)."
        case .batchTooLarge(let size, let largest):
            "The batch size is \(size), but this network can take at most \(largest) images at a time; "
                + "use smaller batches."
        case .outputNotVector(let shape):
            "The network's output has shape \(shape), but the loss needs one value for each class; "
                + "end it in Flatten() and a Dense layer, or use a loss with a target for each position, such as "
                + "categoricalCrossentropy."
        case .outputNotProbabilities(let loss):
            "The loss \(loss.rawValue) needs probabilities, but the network does not end in softmax; "
                + "end it in Dense(…, activation: .softmax), or use the loss \(loss.rawValue)FromLogits."
        case .notDigits(let shape, let classes):
            "Outliers and scenes are drawn for grey images of 28×28 of the digits 0 to 9, but the images have shape \(shape) "
                + "and the classes \(classes.joined(separator: ", ")); "
                + "train on MNIST or its like, or set outlier exposure and scenes to 0."
        case .ensembleNotTrainable:
            "The members of an ensemble are trained one by one; train networks of their own and average them."
        case .scheduleTooLong(let schedule, let needed, let epochs):
            "The schedule \(schedule) needs more than \(needed) epochs to take effect, but the run has \(epochs); "
                + "train for more epochs or shorten the schedule."
        case .scheduleWithTimeLimit(let schedule):
            "The schedule \(schedule) needs to know the run's length, which a time limit leaves open; give epochs alone, "
                + "or a schedule that goes by epochs (constant, step, exponential)."
        case .earlyStoppingWithAverage:
            "Early stopping keeps the best epoch's parameters and an average (EMA) replaces them at the end; "
                + "use one of the two."
        case .timeLimitUnderOneStep(let limit, let step):
            "The time limit is \(limit) s, but the first step alone took \((step * 1000).rounded() / 1000) s; "
                + "give more time or use smaller batches."
        case .unreadableMemory(let callback):
            "What the callback \(callback) remembered cannot be read; go on with the program that wrote the state, "
                + "or without that callback."
        case .lossNotFinite(let epoch, let step):
            "The loss became infinite or not a number in epoch \(epoch) at step \(step), and training stopped; "
                + "the last good parameters are kept. Try a smaller learning rate."
        }
    }
}
