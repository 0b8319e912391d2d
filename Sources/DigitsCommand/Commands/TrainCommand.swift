import ArgumentParser
import Datasets
import DigitRecognition
import PlainText
import TerminalGraphics
import TrainingRuns

/// `digits train`: trains a recipe and keeps everything about the run in a folder of its own.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains a model; each run gets a folder of its own under runs.",
        discussion: """
            EXAMPLES:
              digits train                             the notebook's CNN on MNIST
              digits train --recipe fast               99 % in a moment
              digits train --recipe accurate           the best single network, in minutes
              digits train --recipe tiny --augmentation none --epochs 3
              digits train --validation-split 0.1      keep the best epoch, too
              digits train --validation-split 0.1 --plot --report
              digits train --epochs 10 --schedule cosine,warm-up:1 --label-smoothing 0.1
              digits train --optimizer sgd --learning-rate 0.1 --loss meanSquaredError
              digits train --epochs 50 --validation-split 0.1 --early-stopping 3
              digits train --epochs 99 --time-limit 60s --ema 0.99
              digits train --output ~/models/first --json

            Ctrl-C stops after the batch and keeps what there is, and so do SIGTERM and a
            terminal that goes away; a second Ctrl-C forces.
            """)

    @Option(
        help: "Network and settings: \(Recipe.names.joined(separator: ", ")).",
        completion: .list(Recipe.names))
    var recipe = Recipe.notebook.name

    @OptionGroup var options: RunOptions

    @Option(editing: \.batchSize, default: Recipe.texts(\.batchSize)) var batchSize: SettingEdit?
    // Before its numbers.
    @Option(editing: \.optimizer.kind, default: Recipe.texts(\.optimizer.kind)) var optimizer: SettingEdit?
    @Option(editing: \.optimizer.learningRate, default: Recipe.texts(\.optimizer.learningRate))
    var learningRate: SettingEdit?
    @Option(editing: \.loss, default: Recipe.texts(\.loss)) var loss: SettingEdit?
    @Option(editing: \.validationSplit, default: Recipe.texts(\.validationSplit))
    var validationSplit: SettingEdit?

    @Option(
        help: ArgumentHelp(
            "How bytes become inputs: \(Normalization.textForms.joined(separator: ", ")). "
                + "(default: \(Recipe.texts { "\($0.normalization)" }))"),
        completion: .list(Normalization.textForms), transform: TypedValue.normalization)
    var normalization: Normalization?

    @Option(
        parsing: .unconditional,
        help:
            "Networks that are trained, from this seed on, to be averaged. (default: \(Recipe.texts { "\($0.members)" }))",
        transform: TypedValue.wholeNumber)
    var members: Int?

    @OptionGroup(title: "Beyond plain training") var features: FeatureOptions

    @Flag(help: "Print the result and nothing else.")
    var quiet = false

    @Flag(help: "Print a JSON object for each epoch and one for the result; with --quiet that one alone.")
    var json = false

    func validate() throws {
        _ = try settings()
        if options.plot && (quiet || json) {
            throw ValidationError(
                "--plot and \(quiet ? "--quiet" : "--json") exclude each other. Give one of them.")
        }
    }

    func run() async throws {
        let settings = try settings()
        let (schedule, usual) = (settings.configuration.schedule, settings.recipe.configuration.schedule)
        let folder = try RunFolder.make(
            output: options.output, name: settings.recipe.name, replacing: options.replacement.force)
        defer { folder.discardIfEmpty() }
        let notes = TerminalStream.standardError
        if json {
            if !quiet { notes.note(settings.text.wrappedAtSemicolons(to: notes.columns)) }
        } else if !quiet {
            let screen = TerminalStream.standardOutput
            try screen.print("Settings: \(settings.text)".wrappedAtSemicolons(to: screen.columns))
        }
        if features.schedule == nil, schedule != usual, !quiet {
            notes.note("The recipe's schedule \(usual) is \(schedule) in so short a run.")
        }
        let report = try options.train(
            settings, on: try await options.dataset.load(), in: folder, showsProgress: !quiet,
            printedEvents: !json ? .none : quiet ? .result : .all)
        if json {
            try TerminalStream.standardOutput.print(report.json.text)
        } else {
            let screen = TerminalStream.standardOutput
            try screen.print(lines: report.lines(columns: screen.columns))
            if !quiet { notes.note(report.suggestions(options.dataset.arguments)) }
        }
        if let warning = report.warning { notes.note("digits: warning: \(warning)") }
    }

    private func settings() throws -> RunSettings {
        var settings = RunSettings(
            recipe: try Recipe.typed(recipe), dataset: options.dataset.description(), seed: options.seed,
            threads: options.threads.count)
        if let normalization { settings.normalization = normalization }
        if let members { settings.members = members }
        if let augmentation = features.augmentation { settings.augmentations = augmentation }
        for edit in options.edits + edits + features.edits { edit.apply(to: &settings.configuration) }
        let optimizer = settings.configuration.optimizer
        guard features.weightDecay == nil || optimizer.weightDecay != nil else {
            throw ValidationError(
                "--weight-decay is for Adam, but the training is with \(optimizer.name). "
                    + "Leave the option out, or add --optimizer adamw.")
        }
        // A recipe's warm-up goes with the run's length, too.
        if features.schedule == nil {
            let schedule = settings.configuration.schedule
            settings.configuration.schedule = schedule.fitted(to: settings.configuration.epochs)
        }
        // A recipe's closing epochs go with its augmentation, and with the run's length.
        if features.closing == nil, !settings.canClose || settings.configuration.timeLimit != nil {
            settings.configuration.closingFraction = 0
        }
        try settings.check()
        return settings
    }
}
