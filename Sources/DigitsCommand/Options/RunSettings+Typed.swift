import ArgumentParser
import Datasets
import DigitRecognition
import PlainText
import TrainingRuns

extension RunSettings {
    /// Larger batches fit in no cache and little memory, and Keras's default is 32.
    private static let batchSizeLimit = 4096
    private static let epochLimit = 1_000_000
    private static let memberLimit = Ensemble.mostMembers

    /// Refuses what is out of range, or does not fit the rest.
    /// - Throws: `ValidationError`.
    func check() throws {
        for (property, value, limit) in [
            (\TrainingConfiguration.epochs, configuration.epochs, Self.epochLimit),
            (\.batchSize, configuration.batchSize, Self.batchSizeLimit),
        ] where !(1...limit).contains(value) {
            throw ValidationError(
                "--\(TrainingConfiguration.setting(property).optionName) is \(value), but must be 1 to \(NumberText.grouped(limit))."
            )
        }
        guard (1...Self.memberLimit).contains(members) else {
            throw ValidationError("--members is \(members), but must be 1 to \(Self.memberLimit).")
        }
        let turns = augmentations.count
        guard turns <= members else {
            throw ValidationError(
                "--augmentation has \(turns) forms for members to take turns, but there \(members == 1 ? "is 1 network" : "are \(members)"). "
                    + "Leave forms out, or add --members \(turns).")
        }
        for augmentation in augmentations { try augmentation.check() }
        try configuration.schedule.check()
        if configuration.closingFraction != 0 {
            guard canClose else {
                throw ValidationError(
                    "--closing ends augmentation before the last epochs, but there is \(augments ? "only damage, which goes on" : "none"). "
                        + "Add --augmentation standard, or leave the option out.")
            }
            guard configuration.timeLimit == nil else {
                throw ValidationError(
                    "--closing counts from the end of the run, which a time limit leaves open. Leave one of the two out."
                )
            }
        }
        do throws(TrainingError) {
            try configuration.check()
        } catch {
            throw error.misuse
        }
        let (images, split) = (dataset.count(of: .train), configuration.validationSplit)
        guard Double(images) * (1 - split) >= 1 else {
            throw ValidationError(
                "--validation-split is \(split), which leaves none of the \(NumberText.grouped(images)) "
                    + "training images to train on.")
        }
        guard configuration.earlyStopping == nil || split > 0 else {
            throw ValidationError(
                "--early-stopping goes by val_loss, and there are no validation images. Add --validation-split 0.1."
            )
        }
    }
}

extension Augmentation {
    /// Refuses amounts out of their range.
    /// - Throws: `ValidationError`.
    func check() throws(ValidationError) {
        guard let fault else { return }
        throw ValidationError(
            "--augmentation has \(fault.name) \(fault.value.plainText), but must be \(fault.expected).")
    }
}

extension LearningRateSchedule {
    /// Refuses figures out of their range.
    /// - Throws: `ValidationError`.
    fileprivate func check() throws(ValidationError) {
        guard let fault else { return }
        throw ValidationError(
            "--schedule has \(fault.name) \(NumberText.plain(fault.value)), but must be \(fault.expected).")
    }
}

extension TrainingError {
    /// The same for somebody who typed options.
    fileprivate var misuse: ValidationError {
        guard case .badSetting(let name, let value, let expected) = self,
            let setting = TrainingConfiguration.settings.first(where: { $0.title == name })
        else { return ValidationError("\(self)") }
        return ValidationError("--\(setting.optionName) is \(value), but must be \(expected).")
    }
}

// MARK: - Texts

extension RunSettings {
    /// The settings as one line of text.
    var text: String {
        (["recipe \(recipe.name)"] + (members > 1 ? ["members \(members)"] : []) + ["data \(dataset.name)"]
            + basics + features + [
                "validation split \(configuration.validationSplit.plainText)",
                "normalization \(normalization)", "seed \(seed)", "threads \(threads)",
            ]).joined(separator: "; ")
    }

    /// Epochs, batch size, optimiser, and the loss where it is not the recipe's.
    var basics: [String] {
        let optimizer = configuration.optimizer
        return [
            "epochs \(configuration.epochs)", "batch size \(configuration.batchSize)",
            "\(optimizer.name), learning rate \(optimizer.learningRate)",
        ] + (configuration.loss == recipe.configuration.loss ? [] : ["loss \(configuration.loss)"])
    }

    /// What goes beyond plain training: `weight decay 0.01`.
    var features: [String] { chosen.map { "\($0.title) \($0.text)" } }

    /// The command that trains with these settings, the place of the data excepted.
    var command: String {
        let usual = RunSettings(recipe: recipe, dataset: dataset, seed: seed, threads: threads).chosen
        let left = usual.filter { usual in !chosen.contains { $0.option == usual.option } }
        let optimizer = needsOptimizer ? "--optimizer \(configuration.optimizer.name) " : ""
        let loss = configuration.loss == recipe.configuration.loss ? "" : "--loss \(configuration.loss) "
        return "digits train --recipe \(recipe.name) \(dataset.options) --epochs \(configuration.epochs) "
            + "--batch-size \(configuration.batchSize) "
            + "\(optimizer)--learning-rate \(configuration.optimizer.learningRate) \(loss)"
            + "--validation-split \(configuration.validationSplit) "
            + "--normalization \(ShellText.quoted("\(normalization)")) --seed \(seed)"
            + (members == recipe.members ? "" : " --members \(members)")
            + chosen.map { " --\($0.option) \($0.text)" }.joined()
            + left.map { " --\($0.option) \($0.off)" }.joined()
    }

    /// Whether the optimiser is neither the recipe's nor what that becomes by the weight decay.
    private var needsOptimizer: Bool {
        var usual = recipe.configuration.optimizer
        usual.weightDecay = configuration.optimizer.weightDecay
        return usual.kind != configuration.optimizer.kind
    }

    /// The settings that are mentioned because they are not off: what people call them, the option with its value, and the value
    /// that leaves them out.
    private var chosen: [(title: String, option: String, text: String, off: String)] {
        TrainingConfiguration.settings.filter { $0.mention == .whereSet }.compactMap { setting in
            text(of: setting).map { text in
                // Members take turns in files as in options; numbers and times are plainer here.
                let plain = setting.isNumber ? setting.plainText(in: configuration) : text
                return (
                    setting.title, setting.optionName, plain, setting.plainText(in: TrainingConfiguration())
                )
            }
        }
    }
}
