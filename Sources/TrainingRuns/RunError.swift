public import DigitRecognition

/// Why a training run did not come to its end. What else can be wrong is told in the words of its own library: settings
/// (`TrainingError`), images (`InputError`), layers (`ShapeError`), folders and files (`FileError`, `ModelFileError`).
public enum RunError: Error, CustomStringConvertible {
    /// Somebody asked the run to stop.
    case interrupted(RunInterruption)
    /// The loss stopped being finite (`TrainingError.lossNotFinite`); the last good model is in the file.
    case lossNotFinite(TrainingError, model: String)
    /// Files could not be written, each for a reason of its own, and training stopped.
    /// - `epoch`: The epoch that was complete; nil in the middle of one.
    /// - `model`: The model's file; nil where it is among those that could not be written.
    case notSaved([any Error], epoch: Int?, model: String?)
    /// The settings are for one data set, the images of another; nothing was written.
    case otherDataset(settings: String, data: String)
    /// Training and scores are complete, but the model's file could not be written with its score.
    case scoreNotSaved(any Error)

    /// What happened, and which model there is.
    public var description: String {
        switch self {
        case .interrupted(let interruption):
            return interruption.description
        case .lossNotFinite(let error, let model):
            return "\(error) The last good model is in \(model)."
        case .notSaved(let reasons, let epoch, let model):
            let state = epoch.map { "after epoch \($0)" } ?? "as it was then"
            let place = model.map { "The model \(state) is in \($0)." } ?? "The model could not be saved."
            return (reasons.map { "\($0)" } + ["Training stopped. \(place)"]).joined(separator: "\n")
        case .otherDataset(let settings, let data):
            return "The run's settings are for the data set \(settings), but the images are of \(data); "
                + "make the settings with the description of the images' source."
        case .scoreNotSaved(let reason):
            return "\(reason)\nTraining was complete, and the model was saved before, without its test score."
        }
    }
}
