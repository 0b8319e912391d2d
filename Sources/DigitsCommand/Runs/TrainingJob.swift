import Assessment
import Datasets
import DigitRecognition
import Evaluation
import Files
import ModelReports
import PlainText
import TerminalGraphics

/// One training run, from fresh parameters to a score on the test images, with every file that it leaves.
struct TrainingJob {
    /// What a run came to.
    struct Outcome {
        let model: Model
        /// Score on the images that were trained on.
        let training: ModelAssessment
        /// Score on the test images, made once.
        let test: ModelAssessment
        /// Seconds of training alone.
        let seconds: Double
        /// Images trained on per second.
        let imagesPerSecond: Double
        /// The epoch whose model is kept as the best; nil without validation.
        let bestEpoch: EpochResult?
        /// Networks that were trained and averaged; 1 for a single one.
        let members: Int
        /// Which model `model` is, in words.
        let modelState: String
    }

    let settings: RunSettings
    let directory: RunDirectory
    /// Whether progress is shown on standard error.
    let showsProgress: Bool
    /// Whether the progress has a chart.
    let showsChart: Bool
    /// Whether each epoch is printed as JSON on standard output.
    let printsEvents: Bool
    /// The options that name the data, for suggestions.
    let dataArguments: String

    /// Trains, scores and writes everything.
    /// - Throws: `CommandFailure` if Ctrl-C or a loss that is no number ended the run; then what there was has been
    ///   written. Other errors if something could not be written or does not fit.
    func run(on data: ImageDataset) throws -> Outcome {
        Interrupts.install()
        let trained = settings.members == 1 ? try train(on: data) : try trainMembers(on: data)
        try trained.stopIfInterrupted()
        let model = trained.model
        let training = data.train.split(validationFraction: settings.configuration.validationSplit).training

        let note = LiveLines(stream: .standardError)
        defer { note.clear() }
        if showsProgress {
            note.update(
                "Scoring \(NumberText.grouped(training.count)) training and "
                    + "\(NumberText.grouped(data.test.count)) test images…")
        }
        let trainingScore = try ModelAssessment(of: model, on: training)
        try trained.stopIfInterrupted()
        let test = try ModelAssessment(of: model, on: data.test)
        model.record(
            accuracy: .init(
                split: DatasetSplit.test.rawValue, correct: test.confusion.correct,
                count: test.confusion.count))
        do {
            try model.save(to: directory.model)
        } catch {
            throw CommandFailure.failure(
                "\(error)\nTraining was complete, and the model was saved before, without its test score.")
        }
        return Outcome(
            model: model, training: trainingScore, test: test, seconds: trained.seconds,
            imagesPerSecond: trained.images / trained.seconds, bestEpoch: trained.bestEpoch,
            members: settings.members, modelState: trained.state)
    }

    /// A model that has been trained and saved, and not yet scored.
    private struct Trained {
        let model: Model
        /// Which model it is, in words.
        let state: String
        let bestEpoch: EpochResult?
        /// Seconds of training alone.
        let seconds: Double
        /// Images trained on, counted each time.
        let images: Double
        /// Ends the run after Ctrl-C.
        let stopIfInterrupted: () throws -> Void
    }

    /// Trains one network.
    private func train(on data: ImageDataset) throws -> Trained {
        try writeSettings(of: data)
        let parts = data.train.split(validationFraction: settings.configuration.validationSplit)
        let model = try makeModel(data)
        let observer = TrainingObserver(
            model, settings, directory: directory,
            bar: showsProgress
                ? ProgressBar(
                    stream: .standardError, epochs: settings.configuration.epochs,
                    imagesPerEpoch: parts.training.count,
                    showsChart: showsChart)
                : nil,
            printsEvents: printsEvents, validationCount: parts.validation.count)
        let state = try train(model, on: data.train, observer)
        return Trained(
            model: model, state: state, bestEpoch: observer.bestEpoch,
            seconds: observer.epochs.reduce(0) { $0 + $1.seconds },
            // A time limit leaves the last epoch with fewer images.
            images: observer.epochs.reduce(0) { $0 + $1.seconds * $1.imagesPerSecond },
            stopIfInterrupted: { try stopIfInterrupted(observer, isComplete: true) })
    }

    /// Trains the members of an ensemble, each in a folder of its own, and averages them.
    private func trainMembers(on data: ImageDataset) throws -> Trained {
        try writeSettings(of: data)
        let members = try (0..<settings.members).map { number in
            let member = TrainingJob(
                settings: settings.member(number), directory: try directory.member(number + 1),
                showsProgress: showsProgress, showsChart: showsChart, printsEvents: printsEvents,
                dataArguments: dataArguments)
            if printsEvents {
                try TerminalStream.standardOutput.print(
                    JSONText.object([
                        ("event", "member"), ("member", .integer(number + 1)),
                        ("members", .integer(settings.members)),
                        ("seed", .string("\(member.settings.seed)")),
                    ]).text)
            }
            if showsProgress {
                TerminalStream.standardError.note(
                    "Member \(number + 1) of \(settings.members), seed \(member.settings.seed)")
            }
            do {
                return try member.train(on: data)
            } catch let failure as CommandFailure where failure.code == .interrupted {
                throw CommandFailure.interrupted(failure.message + completeMembers(number))
            }
        }
        let model = try Model(averaging: members.map(\.model))
        try model.save(to: directory.model)
        return Trained(
            model: model, state: "the average of the \(settings.members) members", bestEpoch: nil,
            seconds: members.reduce(0) { $0 + $1.seconds }, images: members.reduce(0) { $0 + $1.images },
            stopIfInterrupted: {
                guard Interrupts.isRequested else { return }
                throw interruptedAfterTraining(files: "")
            })
    }

    /// What Ctrl-C adds when members have been trained before the one that it ended.
    private func completeMembers(_ count: Int) -> String {
        let folder = ShellText.quoted(directory.path)
        switch count {
        case 0: return ""
        case 1:
            return
                "\nThe first of \(settings.members) members is complete, in \(folder)/member-1/model.safetensors."
        default:
            return "\nThe first \(count) of \(settings.members) members are complete.\n"
                + "Next: digits average \(folder)/member-{1..\(count)}/model.safetensors --output ensemble.safetensors"
        }
    }

    /// Whether the run ends with the average of its models.
    private var averages: Bool { settings.configuration.emaMomentum != 0 }
    /// Whether the run ends with its best epoch's model.
    private var stopsEarly: Bool { settings.configuration.earlyStopping != nil }

    private func writeSettings(of data: ImageDataset) throws {
        try DurableFile.write(
            Array(settings.json(datasetHash: data.sha256, command: settings.command).document.utf8),
            to: directory.settings,
            replacing: false)
    }

    private func makeModel(_ data: ImageDataset) throws -> Model {
        let model = try settings.recipe.makeModel(
            for: data.train.images.shape, seed: settings.seed, classNames: data.classNames)
        model.threads = settings.threads
        model.record(dataset: .init(name: data.name, sha256: data.sha256))
        return model
    }

    /// - Returns: Which model there is at the end, in words.
    private func train(_ model: Model, on images: LabeledImages, _ observer: TrainingObserver) throws
        -> String
    {
        let history: History
        do {
            defer { observer.endProgress() }
            history = try model.fit(
                images, normalization: settings.normalization, configuration: settings.configuration,
                callbacks: [observer])
        } catch let error as TrainingError {
            guard case .lossNotFinite = error else { throw error }
            try observer.saveLast()
            throw CommandFailure.failure("\(error) The last good model is in \(directory.model).")
        }
        if let failure = observer.failure { throw failure }
        let state = modelState(history)
        let isComplete =
            history.ending != .stopped || history.epochs.count == settings.configuration.epochs
        // A signal after the end is the next member's, or the scoring's.
        if !isComplete { try stopIfInterrupted(observer, isComplete: false) }
        // After the last epoch was saved, the average or the best epoch took the parameters' place.
        if averages || stopsEarly { try model.save(to: directory.model) }
        return state
    }

    /// Which model a run has ended with.
    private func modelState(_ history: History) -> String {
        if stopsEarly, let best = history.bestEpoch {
            return "the model after epoch \(best.epoch), the best of \(history.epochs.count)"
        }
        if averages { return "the average of the models after each step" }
        return history.ending == .timeLimit ? "the model at the time limit" : "the model after the last epoch"
    }

    /// Ends the run after Ctrl-C, with all that there is on disk.
    /// - Parameter isComplete: Whether training came to its end.
    private func stopIfInterrupted(_ observer: TrainingObserver, isComplete: Bool) throws {
        guard Interrupts.isRequested else { return }
        try observer.saveLast()
        if printsEvents {
            try TerminalStream.standardOutput.print(
                JSONText.object([
                    ("event", "interrupted"), ("model", .string(directory.model)),
                    ("epochs", .integer(observer.epochs.count)),
                ]).text)
        }
        let best =
            observer.bestEpoch.map { ", the best one (epoch \($0.epoch)) in \(directory.bestModel)" } ?? ""
        let history =
            "the history in \(directory.history)"
            + (observer.epochs.isEmpty ? "" : ", its curves in \(directory.curves)")
        if isComplete {
            throw interruptedAfterTraining(files: "\(best), \(history)")
        }
        let part = observer.unfinishedEpoch.map { ", which includes part of epoch \($0)," } ?? ""
        let model =
            stopsEarly && !observer.epochs.isEmpty
            ? "The model of the best epoch"
            : averages
                ? "The average of the models up to then" : "The model as it was then\(part)"
        throw CommandFailure.interrupted(
            "Interrupted after \(observer.epochs.count) of \(settings.configuration.epochs) epochs. "
                + "\(model) is in \(directory.model)\(best), \(history).")
    }

    /// What Ctrl-C says when only the scores are missing.
    /// - Parameter files: What there is beside the model.
    private func interruptedAfterTraining(files: String) -> CommandFailure {
        .interrupted(
            "Interrupted after training was complete; only the scores are missing. "
                + "The model is in \(directory.model)\(files).\n"
                + "Next: digits evaluate \(ShellText.quoted(directory.model))\(dataArguments)")
    }
}
