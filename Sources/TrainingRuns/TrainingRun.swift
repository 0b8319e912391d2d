import Assessment
public import Datasets
import DigitRecognition
import Files
import ModelReports
import PlainText

/// One training run, from fresh parameters to a score on the test images, with every file that it leaves.
///
///     let source = SyntheticSource()
///     let settings = RunSettings(recipe: .fast, dataset: source.description)
///     let run = TrainingRun(settings, in: try RunFolder(next: "fast", in: "runs"))
///     let outcome = try run.run(on: try await source.load()) { event in
///         if case .epochSaved(let result) = event { print(result.epoch, result.loss) }
///     }
///     print(outcome.test.accuracy.share, outcome.folder.model)
///
/// Equal settings and images give equal model files, for any number of threads, unless a time limit ends them.
public struct TrainingRun {
    private let settings: RunSettings
    private let folder: RunFolder
    private let command: ((RunSettings) -> String)?

    /// Prepares a run; nothing is written yet.
    /// - Parameters:
    ///   - folder: What is written goes there; it is no other run's, or takes an earlier one's place.
    ///   - command: What a user types to repeat a run of settings, for `settings.json`, which has none without it. Asked for the
    ///     run's settings, and for those of each member of an ensemble.
    public init(_ settings: RunSettings, in folder: RunFolder, command: ((RunSettings) -> String)? = nil) {
        self.settings = settings
        self.folder = folder
        self.command = command
    }

    /// Trains, scores and writes everything; the thread is busy until then.
    ///
    /// After each epoch the files hold all that there is, so whatever ends the run, one epoch is lost at most.
    /// - Parameters:
    ///   - onEvent: Told what happens. An error that it throws ends the run, and is thrown on; what was saved stays.
    ///   - isStopRequested: Asked after each batch and each epoch, and before each score; once it is true, it stays true. Then
    ///     what there is has been written when this throws `RunError.interrupted`.
    /// - Returns: The model, its scores, and where its files are.
    /// - Throws: `RunError` if the run was interrupted, the loss is no number, or an epoch or the model's score could not be
    ///   saved; it says which model there is. `RunError.otherDataset` if the settings are for other images. `TrainingError` if a
    ///   setting is out of its range or does not fit the others, the batch size or the time limit does not fit the network;
    ///   `InputError` or `ShapeError` if the images do not fit the network; `FileError` if the settings or a member's folder
    ///   could not be written; `ModelFileError` if the model of all epochs or members could not.
    public func run(
        on data: ImageDataset, onEvent: @escaping (RunEvent) throws -> Void = { _ in },
        isStopRequested: @escaping () -> Bool = { false }
    ) throws -> RunOutcome {
        try check(data)
        let trained =
            settings.members == 1
            ? try train(on: data, onEvent, isStopRequested)
            : try trainMembers(on: data, onEvent, isStopRequested)
        try trained.stopIfRequested()
        let model = trained.model
        let training = data.train.split(validationFraction: settings.configuration.validationSplit).training

        try onEvent(.scoringBegan(trainingCount: training.count, testCount: data.test.count))
        let trainingScore = try ModelAssessment(of: model, on: training)
        try trained.stopIfRequested()
        let test = try ModelAssessment(of: model, on: data.test)
        model.record(
            accuracy: .init(
                split: DatasetSplit.test.rawValue, correct: test.confusion.correct,
                count: test.confusion.count))
        do {
            try model.save(to: folder.model)
        } catch {
            throw RunError.scoreNotSaved(error)
        }
        return RunOutcome(
            model: model, modelState: trained.state, training: trainingScore, test: test,
            seconds: trained.seconds, imagesPerSecond: trained.images / trained.seconds,
            bestEpoch: trained.bestEpoch, members: settings.members, folder: folder)
    }

    /// Refuses what could not be trained or scored to the end, before anything is written.
    private func check(_ data: ImageDataset) throws {
        try settings.check()
        guard data.name == settings.dataset.name else {
            throw RunError.otherDataset(settings: settings.dataset.name, data: data.name)
        }
        guard data.test.count > 0 else { throw InputError.noImages(purpose: "scoring") }
        let parts = data.train.split(validationFraction: settings.configuration.validationSplit)
        guard parts.training.count > 0 else { throw InputError.noImages(purpose: "training") }
    }

    /// A model that has been trained and saved, and not yet scored.
    private struct Trained {
        let model: Model
        let state: RunOutcome.ModelState
        let bestEpoch: EpochResult?
        /// Seconds of training alone.
        let seconds: Double
        /// Images trained on, counted each time.
        let images: Double
        /// Ends the run where that is asked for.
        let stopIfRequested: () throws -> Void
    }

    /// Trains one network.
    private func train(
        on data: ImageDataset, _ onEvent: @escaping (RunEvent) throws -> Void,
        _ isStopRequested: @escaping () -> Bool
    ) throws -> Trained {
        try writeSettings(of: data)
        let parts = data.train.split(validationFraction: settings.configuration.validationSplit)
        let model = try makeModel(data)
        let recorder = RunRecorder(
            model, settings, in: folder, validationCount: parts.validation.count,
            onEvent: onEvent, isStopRequested: isStopRequested)
        try onEvent(
            .trainingBegan(imageCount: parts.training.count, epochs: settings.configuration.epochs))
        let training = Result {
            try model.fit(
                data.train, normalization: settings.normalization, configuration: settings.configuration,
                callbacks: [recorder])
        }
        // What there is gets saved before a listener can object.
        let state = Result { try finish(model, training, recorder) }
        let told = Result { try onEvent(.trainingEnded) }
        let modelState = try state.get()
        try told.get()
        return Trained(
            model: model, state: modelState, bestEpoch: recorder.bestEpoch,
            seconds: recorder.epochs.reduce(0) { $0 + $1.seconds },
            // A time limit leaves the last epoch with fewer images.
            images: recorder.epochs.reduce(0) { $0 + Double($1.images) },
            stopIfRequested: {
                if isStopRequested() { throw try interruption(recorder, isTrained: true) }
            })
    }

    /// Trains the members of an ensemble, each in a folder of its own, and averages them.
    private func trainMembers(
        on data: ImageDataset, _ onEvent: @escaping (RunEvent) throws -> Void,
        _ isStopRequested: @escaping () -> Bool
    ) throws -> Trained {
        try writeSettings(of: data)
        let members = try (0..<settings.members).map { number in
            let member = TrainingRun(
                settings.member(number), in: try folder.member(number + 1), command: command)
            try onEvent(
                .memberBegan(number: number + 1, seed: member.settings.seed, folder: member.folder))
            do {
                return try member.train(on: data, onEvent, isStopRequested)
            } catch RunError.interrupted(var interruption) {
                interruption.completeMembers = number
                throw RunError.interrupted(interruption)
            }
        }
        let model = try Model(averaging: members.map(\.model))
        try model.save(to: folder.model)
        return Trained(
            model: model, state: .averageOfMembers, bestEpoch: nil,
            seconds: members.reduce(0) { $0 + $1.seconds }, images: members.reduce(0) { $0 + $1.images },
            stopIfRequested: {
                guard isStopRequested() else { return }
                throw RunError.interrupted(
                    RunInterruption(
                        settings: settings, folder: folder, isTrained: true, epochs: [], bestEpoch: nil,
                        unfinishedEpoch: nil, completeMembers: settings.members))
            })
    }

    private func writeSettings(of data: ImageDataset) throws {
        try folder.removeEarlierRun()
        try DurableFile.write(
            Array(settings.json(datasetHash: data.sha256, command: command?(settings)).document.utf8),
            to: folder.settings,
            replacing: false)
    }

    private func makeModel(_ data: ImageDataset) throws -> Model {
        let model = try settings.recipe.makeModel(
            for: data.train.images.shape, seed: settings.seed, classNames: data.classNames)
        model.threads = settings.threads
        model.record(dataset: .init(name: data.name, sha256: data.sha256))
        return model
    }

    /// Saves what a training came to.
    /// - Returns: Which model there is at the end.
    private func finish(
        _ model: Model, _ training: Result<History, any Error>, _ recorder: RunRecorder
    ) throws -> RunOutcome.ModelState {
        let history: History
        do {
            history = try training.get()
        } catch let error as TrainingError {
            guard case .lossNotFinite = error else { throw error }
            if case .notSaved(let reasons, let epoch, let file) = saveFailure(recorder) {
                throw RunError.notSaved([error] + reasons, epoch: epoch, model: file)
            }
            throw RunError.lossNotFinite(error, model: folder.model)
        }
        if let failure = recorder.failure { throw failure }
        // A wish to stop that comes after the end is the next member's, or the scoring's.
        guard history.ending != .stopped || history.epochs.count == settings.configuration.epochs else {
            throw try interruption(recorder, isTrained: false)
        }
        // After the last epoch was saved, the average or the best epoch took the parameters' place.
        if settings.averagesSteps || settings.stopsEarly { try model.save(to: folder.model) }
        return modelState(history)
    }

    /// Saves what there is.
    /// - Returns: What could not be saved; nil if all was.
    private func saveFailure(_ recorder: RunRecorder) -> RunError? {
        do throws(RunError) {
            try recorder.saveLast()
            return nil
        } catch {
            return error
        }
    }

    /// Which model a training has ended with.
    private func modelState(_ history: History) -> RunOutcome.ModelState {
        if settings.stopsEarly, let best = history.bestEpoch {
            return .bestEpoch(best.epoch, of: history.epochs.count)
        }
        if settings.averagesSteps { return .averageOfSteps }
        return history.ending == .timeLimit ? .timeLimit : .lastEpoch
    }

    /// What ends a run that was asked to stop, with all that there is on disk.
    /// - Parameter isTrained: Whether training came to its end.
    /// - Throws: `RunError.notSaved`.
    private func interruption(_ recorder: RunRecorder, isTrained: Bool) throws(RunError) -> RunError {
        try recorder.saveLast()
        return .interrupted(
            RunInterruption(
                settings: settings, folder: folder, isTrained: isTrained, epochs: recorder.epochs,
                bestEpoch: recorder.bestEpoch, unfinishedEpoch: recorder.unfinishedEpoch))
    }
}

extension RunSettings {
    /// Whether a network ends with the average of its models after each step.
    var averagesSteps: Bool { configuration.emaMomentum != 0 }
    /// Whether a network ends with its best epoch's model.
    var stopsEarly: Bool { configuration.earlyStopping != nil }
}
