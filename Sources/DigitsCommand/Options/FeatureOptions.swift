import ArgumentParser
import DigitRecognition

/// What can be added to plain training. What is not asked for is as the recipe has it, and off in most.
struct FeatureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How training images are distorted, anew in each epoch: \(TypedValue.augmentationForms); "
                + "several with / between them for members to take turns. (default: the recipe's)"),
        completion: .list(Augmentation.textForms), transform: TypedValue.augmentations)
    var augmentation: [Augmentation]?

    @Option(
        parsing: .unconditional,
        help:
            "Share of the epochs, the last ones, that see the training images without augmentation. (default: the recipe's)",
        transform: TypedValue.number)
    var closing: Double?

    @Option(
        help: ArgumentHelp(
            "How the step size changes: \(LearningRateSchedule.textForms.joined(separator: ", ")); "
                + "with ,warm-up:EPOCHS behind it, after a linear warm-up. "
                + "(default: the recipe's)"),
        completion: .list(LearningRateSchedule.textForms), transform: TypedValue.schedule)
    var schedule: LearningRateSchedule?

    @Option(
        parsing: .unconditional,
        help:
            "Draw weights (not biases) towards 0 by this share of the step size, as AdamW does. (default: the recipe's)",
        transform: TypedValue.number)
    var weightDecay: Float?

    @Option(
        parsing: .unconditional,
        help:
            "Share of each target that all classes get in equal parts. (default: the recipe's)",
        transform: TypedValue.number)
    var labelSmoothing: Float?

    @Option(
        parsing: .unconditional,
        help: "The largest norm of the whole gradient; a longer one is scaled down. (default: none)",
        transform: TypedValue.number)
    var clipNorm: Float?

    @Option(
        parsing: .unconditional,
        help:
            "End with the weights' moving average, which keeps this share at each step; 0 for none. (default: the recipe's)",
        transform: TypedValue.number)
    var ema: Float?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Stop when val_loss has not improved for so many epochs, and go back to the best. (default: none)",
            valueName: "patience"),
        transform: TypedValue.wholeNumber)
    var earlyStopping: Int?

    @Option(
        help: ArgumentHelp(
            "End training with the first batch after this time: 60s, 1.5min, 1h. (default: none)",
            valueName: "time"),
        transform: TypedValue.duration)
    var timeLimit: Duration?

    /// What was asked for, and else what the recipe has.
    func chosen(for recipe: Recipe) -> TrainingFeatures {
        var features = TrainingFeatures(recipe)
        if let augmentation { features.augmentations = augmentation }
        if let closing {
            features.closing = closing
        } else if !features.augments || timeLimit != nil {
            features.closing = 0
        }
        if let schedule { features.schedule = schedule }
        if let weightDecay { features.weightDecay = weightDecay }
        if let labelSmoothing { features.labelSmoothing = labelSmoothing }
        if let ema { features.ema = ema == 0 ? nil : ema }
        features.clipNorm = clipNorm
        features.earlyStopping = earlyStopping
        features.timeLimit = timeLimit
        return features
    }
}
