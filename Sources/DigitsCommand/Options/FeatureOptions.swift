import ArgumentParser
import DigitRecognition

/// What can be added to plain training. What is not asked for is as the recipe has it, and off in most.
struct FeatureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "\(TrainingConfiguration.setting(\.augmentation).summary.dropLast()): \(TypedValue.augmentationForms); "
                + "several with / between them for members to take turns. (default: the recipe's)"),
        completion: .list(Augmentation.textForms), transform: TypedValue.augmentations)
    var augmentation: [Augmentation]?

    @Option(editing: \.closingFraction) var closing: SettingEdit?
    @Option(editing: \.schedule) var schedule: SettingEdit?
    @Option(editing: \.optimizer.weightDecay, default: "the recipe's") var weightDecay: SettingEdit?
    @Option(editing: \.labelSmoothing) var labelSmoothing: SettingEdit?
    @Option(editing: \.outlierExposure) var outlierExposure: SettingEdit?
    @Option(editing: \.scenes) var scenes: SettingEdit?
    @Option(editing: \.globalClipNorm) var clipNorm: SettingEdit?
    @Option(editing: \.emaMomentum) var ema: SettingEdit?
    @Option(editing: \.earlyStopping, valueName: "patience") var earlyStopping: SettingEdit?
    @Option(editing: \.timeLimit, valueName: "time") var timeLimit: SettingEdit?
}
