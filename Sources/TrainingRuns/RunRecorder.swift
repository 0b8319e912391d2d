import DigitRecognition
import Figures
import Files
import ModelReports

/// Watches the training of a network: writes the models, the history and its curves after each epoch, passes on what happens, and
/// stops it where that is asked for.
final class RunRecorder: TrainingCallback {
    /// What went wrong while an epoch was saved or an event told; training was stopped for it.
    private(set) var failure: (any Error)?
    /// Every whole epoch.
    private(set) var epochs: [EpochResult] = []
    /// The epoch whose model is in `best.safetensors`.
    private(set) var bestEpoch: EpochResult?
    /// The epoch that is being trained; nil between epochs.
    private(set) var unfinishedEpoch: Int?

    /// The model as it is in training.
    private var model: Model
    private let settings: RunSettings
    private let folder: RunFolder
    private let validationCount: Int
    private let onEvent: (RunEvent) throws -> Void
    private let isStopRequested: () -> Bool

    /// Makes a recorder.
    /// - Parameter validationCount: Images that each epoch is scored on; 0 for none.
    init(
        _ model: Model, _ settings: RunSettings, in folder: RunFolder, validationCount: Int,
        onEvent: @escaping (RunEvent) throws -> Void, isStopRequested: @escaping () -> Bool
    ) {
        self.model = model
        self.settings = settings
        self.folder = folder
        self.validationCount = validationCount
        self.onEvent = onEvent
        self.isStopRequested = isStopRequested
    }

    func trainingBegan(_ network: Network) {
        model = model.trained(
            network, normalization: settings.normalization, configuration: settings.configuration)
    }

    func batchEnded(_ progress: TrainingProgress) -> TrainingDecision {
        unfinishedEpoch = progress.epoch
        return decision { try onEvent(.batchEnded(progress)) }
    }

    func epochEnded(_ result: EpochResult) -> TrainingDecision {
        epochs.append(result)
        unfinishedEpoch = nil
        return decision {
            let told = Result { try onEvent(.epochEnded(result)) }
            // An epoch is saved whatever a listener thinks of it.
            try save(result)
            try told.get()
            try onEvent(.epochSaved(result))
        }
    }

    /// Whether training goes on after some work.
    private func decision(_ work: () throws -> Void) -> TrainingDecision {
        do {
            try work()
        } catch {
            failure = error
            return .stop
        }
        return isStopRequested() ? .stop : .goOn
    }

    /// Writes the models, the history and its curves after an epoch, so that a crash loses one epoch at most.
    private func save(_ result: EpochResult) throws(RunError) {
        var isBest = false
        if let validation = result.validation {
            model.record(
                accuracy: .init(
                    split: "validation",
                    correct: Int((validation.accuracy * Double(validationCount)).rounded()),
                    count: validationCount))
            isBest = result.improves(on: bestEpoch, by: settings.configuration.minimumDelta)
        }
        try saveLast(isBest: isBest)
        // The parameters of this score change with the next batch.
        model.record(accuracy: nil)
    }

    /// Writes the history so far, the model as it is now and the curves. A file that cannot be written keeps no other from being
    /// written; the history comes first, because a full disk may still have room for it, and the curves last, because they tell
    /// which epoch was kept as the best.
    /// - Parameter isBest: Whether the model is also written as the best one.
    /// - Throws: `RunError.notSaved` that names every file that could not be written.
    func saveLast(isBest: Bool = false) throws(RunError) {
        var problems: [any Error] = []
        func attempt(_ write: () throws -> Void) -> Bool {
            do {
                try write()
                return true
            } catch {
                problems.append(error)
                return false
            }
        }
        _ = attempt {
            try DurableFile.write(
                Array(History(epochs: epochs).csv.utf8), to: folder.history, replacing: true)
        }
        let isModelSaved = attempt { try model.save(to: folder.model) }
        if isBest, attempt({ try model.save(to: folder.bestModel) }) { bestEpoch = epochs.last }
        if !epochs.isEmpty {
            _ = attempt {
                let curves = TrainingCurves(
                    epochs, best: bestEpoch, labelSmoothing: settings.configuration.labelSmoothing)
                try Figure.trainingCurves(curves, title: settings.title).write(to: folder.curves)
            }
        }
        if !problems.isEmpty {
            throw .notSaved(
                problems, epoch: unfinishedEpoch == nil ? epochs.last?.epoch : nil,
                model: isModelSaved ? folder.model : nil)
        }
    }
}
