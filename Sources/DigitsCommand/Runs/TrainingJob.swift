import DigitDatasets
import DigitRecognition
import DurableFiles
import Evaluation
import FoundationBasics

/// One training run, from fresh parameters to a score on the test images, with every file that it leaves.
struct TrainingJob {
    /// What a run came to.
    struct Outcome {
        let model: Model
        /// Score on the images that were trained on.
        let training: Score
        /// Score on the test images, made once.
        let test: Score
        /// Seconds of training alone.
        let seconds: Double
        /// Images trained on per second.
        let imagesPerSecond: Double
        /// The epoch whose model is kept as the best; nil without validation.
        let bestEpoch: EpochResult?
    }

    let settings: TrainingSettings
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
        try DurableFile.write(
            Array(settings.json(datasetHash: data.sha256).document.utf8), to: directory.settings,
            replacing: false)
        let parts = data.train.split(validationFraction: settings.validationSplit)
        let model = try makeModel(data)
        let observer = TrainingObserver(
            model, directory: directory, title: settings.title,
            bar: showsProgress
                ? ProgressBar(
                    stream: .standardError, epochs: settings.epochs, imagesPerEpoch: parts.training.count,
                    showsChart: showsChart)
                : nil,
            printsEvents: printsEvents, validationCount: parts.validation.count)
        try train(model, on: data.train, observer)

        let note = LiveLines(stream: .standardError)
        defer { note.clear() }
        if showsProgress {
            note.update(
                "Scoring \(NumberText.grouped(parts.training.count)) training and "
                    + "\(NumberText.grouped(data.test.count)) test images…")
        }
        let training = try model.score(on: parts.training)
        try stopIfInterrupted(observer)
        let test = try model.score(on: data.test)
        model.information.accuracy = .init(
            split: DatasetSplit.test.rawValue, correct: test.confusion.correct, count: test.confusion.count)
        do {
            try model.save(to: directory.model)
        } catch {
            throw CommandFailure.failure(
                "\(error)\nTraining was complete, and the model was saved before, without its test score.")
        }
        let seconds = observer.epochs.reduce(0) { $0 + $1.seconds }
        return Outcome(
            model: model, training: training, test: test, seconds: seconds,
            imagesPerSecond: Double(parts.training.count * observer.epochs.count) / seconds,
            bestEpoch: observer.bestEpoch)
    }

    private func makeModel(_ data: ImageDataset) throws -> Model {
        let model = try settings.recipe.makeModel(seed: settings.seed, classNames: data.classNames)
        model.threads = settings.threads
        model.compile(optimizer: settings.optimizer, loss: settings.recipe.loss)
        model.information.recipe = settings.recipe.name
        model.information.dataset = .init(name: data.name, sha256: data.sha256)
        return model
    }

    private func train(_ model: Model, on images: LabeledImages, _ observer: TrainingObserver) throws {
        Interrupts.install()
        do throws(TrainingError) {
            defer { observer.endProgress() }
            try model.fit(
                images, normalization: settings.normalization, epochs: settings.epochs,
                batchSize: settings.batchSize, validationSplit: settings.validationSplit,
                callbacks: [observer])
        } catch {
            guard case .lossNotFinite = error else { throw error }
            try observer.saveLast()
            throw CommandFailure.failure("\(error) The last good model is in \(directory.model).")
        }
        if let failure = observer.failure { throw failure }
        try stopIfInterrupted(observer)
    }

    /// Ends the run after Ctrl-C, with all that there is on disk.
    private func stopIfInterrupted(_ observer: TrainingObserver) throws {
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
        if observer.epochs.count == settings.epochs {
            throw CommandFailure.interrupted(
                "Interrupted after training was complete; only the scores are missing. "
                    + "The model is in \(directory.model)\(best), \(history).\n"
                    + "Next: digits evaluate \(ShellText.quoted(directory.model))\(dataArguments)")
        }
        let part = observer.unfinishedEpoch.map { ", which includes part of epoch \($0)," } ?? ""
        throw CommandFailure.interrupted(
            "Interrupted after \(observer.epochs.count) of \(settings.epochs) epochs. "
                + "The model as it was then\(part) is in \(directory.model)\(best), \(history).")
    }
}
