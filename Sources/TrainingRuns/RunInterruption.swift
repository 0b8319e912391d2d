public import DigitRecognition

/// What there is of a run that was asked to stop before its end; all of it is on disk.
public struct RunInterruption: Sendable, CustomStringConvertible {
    /// The settings of what was interrupted: the run's, or one member's.
    public let settings: RunSettings
    /// Where its files are: the run's folder, or one member's.
    public let folder: RunFolder
    /// Whether training was complete, so that only the scores are missing.
    public let isTrained: Bool
    /// Every whole epoch; of an ensemble whose members are all trained, none.
    public let epochs: [EpochResult]
    /// The epoch whose model is in `folder.bestModel`; nil where there is no such model.
    public let bestEpoch: EpochResult?
    /// The epoch that the model includes a part of; nil between epochs.
    public let unfinishedEpoch: Int?
    /// Members of an ensemble that were trained before; 0 for a single network.
    public internal(set) var completeMembers = 0

    /// How far the run was, and what is where.
    public var description: String {
        // Those of an ensemble's members are in their own folders.
        let files = settings.members == 1 ? "\(best), \(history)" : ""
        if isTrained {
            return "Interrupted after training was complete; only the scores are missing. "
                + "The model is in \(folder.model)\(files)."
        }
        return "Interrupted after \(epochs.count) of \(settings.configuration.epochs) epochs. "
            + "\(model) is in \(folder.model)\(files)."
    }

    private var best: String {
        bestEpoch.map { ", the best one (epoch \($0.epoch)) in \(folder.bestModel)" } ?? ""
    }

    private var history: String {
        "the history in \(folder.history)" + (epochs.isEmpty ? "" : ", its curves in \(folder.curves)")
    }

    private var model: String {
        if settings.stopsEarly && !epochs.isEmpty { return "The model of the best epoch" }
        if settings.averagesSteps { return "The average of the models up to then" }
        let part = unfinishedEpoch.map { ", which includes part of epoch \($0)," } ?? ""
        return "The model as it was then\(part)"
    }
}
