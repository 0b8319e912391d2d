public import DigitRecognition

/// What a training run tells while it goes on, from the thread that called `TrainingRun.run`.
public enum RunEvent: Sendable {
    /// A member of an ensemble begins; its files go into a folder of its own.
    case memberBegan(number: Int, seed: UInt64, folder: RunFolder)
    /// The training of a network begins.
    case trainingBegan(imageCount: Int, epochs: Int)
    /// A batch is done.
    case batchEnded(TrainingProgress)
    /// An epoch, with its validation, is done, and nothing of it is saved yet.
    case epochEnded(EpochResult)
    /// The models, the history and the curves after an epoch are in their files.
    case epochSaved(EpochResult)
    /// The training of a network has ended, in whatever way, and what there is of it is saved.
    case trainingEnded
    /// The model is about to be asked about the training and the test images.
    case scoringBegan(trainingCount: Int, testCount: Int)
}
