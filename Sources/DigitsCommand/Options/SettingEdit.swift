import ArgumentParser
import DigitRecognition

/// What somebody typed for one setting of training.
struct SettingEdit: Sendable {
    private let edit: @Sendable (inout TrainingConfiguration) -> Void

    fileprivate init(_ edit: @escaping @Sendable (inout TrainingConfiguration) -> Void) { self.edit = edit }

    /// Sets the setting to what was typed.
    func apply(to configuration: inout TrainingConfiguration) { edit(&configuration) }
}

extension Option where Value == SettingEdit? {
    typealias Property<Setting> = any WritableKeyPath<TrainingConfiguration, Setting> & Sendable

    /// An option that edits one setting, which gives it its name and its help.
    /// - Parameters:
    ///   - standard: What holds where nothing is typed, for the help.
    ///   - valueName: What the help calls the value; the option's name unless given.
    ///   - letter: A short name.
    init<Setting: TypedSetting>(
        editing property: Property<Setting>, default standard: String = "the recipe's",
        valueName: String? = nil, letter: Character? = nil
    ) {
        self.init(
            TrainingConfiguration.setting(property), Setting.self, standard, valueName, letter
        ) { value in SettingEdit { $0[keyPath: property] = value } }
    }

    /// The same for a setting that may have no value.
    init<Setting: TypedSetting>(
        editing property: Property<Setting?>, default standard: String = "none", valueName: String? = nil
    ) {
        self.init(
            TrainingConfiguration.setting(property), Setting.self, standard, valueName, nil
        ) { value in SettingEdit { $0[keyPath: property] = value } }
    }

    private init<Setting: TypedSetting>(
        _ setting: TrainingConfiguration.Setting, _ type: Setting.Type, _ standard: String,
        _ valueName: String?, _ letter: Character?, _ edit: @escaping @Sendable (Setting) -> SettingEdit
    ) {
        let long = NameSpecification.Element.customLong(setting.optionName)
        let names = letter.map { [long, .customShort($0)] } ?? [long]
        let summary = type.forms.map { "\(setting.summary.dropLast()): \($0)." } ?? setting.summary
        self.init(
            name: NameSpecification(names), parsing: type.parsing,
            help: ArgumentHelp("\(summary) (default: \(standard))", valueName: valueName),
            completion: type.completion, transform: { edit(try type.typed($0)) })
    }
}

extension TrainingConfiguration.Setting {
    /// The option that edits it, without dashes before it.
    var optionName: String { title.replacing(" ", with: "-") }
}

extension ParsableArguments {
    /// What was typed for settings. (Each option is a property, and a property that were forgotten in a list would be an option
    /// without an effect.)
    var edits: [SettingEdit] {
        Mirror(reflecting: self).children.compactMap { ($0.value as? Option<SettingEdit?>)?.wrappedValue }
    }
}

/// A kind of setting that can be typed.
protocol TypedSetting: SettingValue {
    /// Reads what somebody typed.
    /// - Throws: `ValidationError` that says what was expected.
    static func typed(_ text: String) throws -> Self

    /// What can be typed, for the help; nil where that goes without saying.
    static var forms: String? { get }

    /// What shells complete.
    static var completion: CompletionKind? { get }

    /// How the value is found behind the option.
    static var parsing: SingleValueParsingStrategy { get }
}

extension TypedSetting {
    static var forms: String? { nil }
    static var completion: CompletionKind? { nil }
    /// Whatever comes next, a minus sign included.
    static var parsing: SingleValueParsingStrategy { .unconditional }
}

extension Int: TypedSetting {
    static func typed(_ text: String) throws -> Int { try TypedValue.wholeNumber(text) }
}

extension Float: TypedSetting {
    static func typed(_ text: String) throws -> Float { try TypedValue.number(text) }
}

extension Double: TypedSetting {
    static func typed(_ text: String) throws -> Double { try TypedValue.number(text) }
}

extension Optimizer.Kind: TypedSetting {
    static func typed(_ text: String) throws -> Optimizer.Kind { try TypedValue.optimizer(text) }
    static var forms: String? {
        "\(TypedValue.optimizerNames.joined(separator: ", ")); another than the recipe's has its usual numbers"
    }
    static var completion: CompletionKind? { .list(TypedValue.optimizerNames) }
}

extension Loss: TypedSetting {
    static func typed(_ text: String) throws -> Loss { try TypedValue.loss(text) }
    static var forms: String? { TypedValue.losses.map(\.rawValue).joined(separator: ", ") }
    static var completion: CompletionKind? { .list(TypedValue.losses.map(\.rawValue)) }
}

extension LearningRateSchedule: TypedSetting {
    static func typed(_ text: String) throws -> LearningRateSchedule { try TypedValue.schedule(text) }
    static var forms: String? {
        textForms.joined(separator: ", ") + "; with ,warm-up:EPOCHS behind it, after a linear warm-up"
    }
    static var completion: CompletionKind? { .list(textForms) }
    static var parsing: SingleValueParsingStrategy { .next }
}

extension Duration: TypedSetting {
    static func typed(_ text: String) throws -> Duration { try TypedValue.duration(text) }
    static var forms: String? { "60s, 1.5min, 1h" }
    static var parsing: SingleValueParsingStrategy { .next }
}
