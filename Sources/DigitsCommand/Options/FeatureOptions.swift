import ArgumentParser
import DigitRecognition

/// What can be added to plain training. Everything is off unless it is asked for.
struct FeatureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How the step size changes: \(LearningRateSchedule.textForms.joined(separator: ", ")); "
                + "with ,warm-up:EPOCHS behind it, after a linear warm-up. (default: constant)"),
        completion: .list(LearningRateSchedule.textForms), transform: TypedValue.schedule)
    var schedule: LearningRateSchedule?

    @Option(
        parsing: .unconditional,
        help:
            "Draw weights (not biases) towards 0 by this share of the step size, as AdamW does. (default: 0)",
        transform: TypedValue.number)
    var weightDecay: Float?

    @Option(
        parsing: .unconditional,
        help: "Share of each target that all classes get in equal parts. (default: 0)",
        transform: TypedValue.number)
    var labelSmoothing: Float?

    @Option(
        parsing: .unconditional,
        help: "The largest norm of the whole gradient; a longer one is scaled down. (default: none)",
        transform: TypedValue.number)
    var clipNorm: Float?

    @Option(
        parsing: .unconditional,
        help: "End with the weights' moving average, which keeps this share at each step. (default: none)",
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

    /// What was asked for.
    var chosen: TrainingFeatures {
        TrainingFeatures(
            schedule: schedule ?? .constant, weightDecay: weightDecay, labelSmoothing: labelSmoothing ?? 0,
            clipNorm: clipNorm, ema: ema, earlyStopping: earlyStopping, timeLimit: timeLimit)
    }
}
