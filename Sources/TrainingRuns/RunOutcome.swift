public import Assessment
public import DigitRecognition

/// What a training run came to.
public struct RunOutcome {
    /// Which model a run ends with.
    public enum ModelState: Sendable, Hashable {
        /// The model after the last epoch.
        case lastEpoch
        /// The model at the time limit.
        case timeLimit
        /// The model after the best of the epochs, counted from 1, with which early stopping ends.
        case bestEpoch(Int, of: Int)
        /// The moving average of the models after each step.
        case averageOfSteps
        /// The average of the members of an ensemble.
        case averageOfMembers
    }

    /// The trained model, which is also in `folder.model`.
    public let model: Model
    /// Which model it is.
    public let modelState: ModelState
    /// Score on the images that were trained on.
    public let training: ModelAssessment
    /// Score on the test images, made once.
    public let test: ModelAssessment
    /// Seconds of training alone.
    public let seconds: Double
    /// Images trained on per second.
    public let imagesPerSecond: Double
    /// The epoch whose model is in `folder.bestModel`; nil without validation, and for an ensemble.
    public let bestEpoch: EpochResult?
    /// Networks that were trained and averaged; 1 for a single one.
    public let members: Int
    /// Where everything is.
    public let folder: RunFolder
}
