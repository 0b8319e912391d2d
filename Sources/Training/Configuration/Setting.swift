extension TrainingConfiguration {
    /// One setting: its names, its range, what it does, and how it is read and written. Its default is its property's.
    public struct Setting: Sendable {
        /// Where a setting is mentioned.
        public enum Mention: Sendable {
            /// In files and texts.
            case always
            /// In files and texts, where it is not the default.
            case whereSet
            /// In files alone, where it is not the default.
            case inFiles
        }

        /// What files call it: `global_clipnorm`.
        public let name: String
        /// What people call it: `clip norm`.
        public let title: String
        /// What it does.
        public let summary: String
        /// Where it is mentioned.
        public let mention: Mention
        /// Whether its text in files is a number.
        public let isNumber: Bool

        /// Its range in words, which follow “must be”.
        let range: String
        let property: any PartialKeyPath<TrainingConfiguration> & Sendable
        private let value: @Sendable (TrainingConfiguration) -> any SettingValue
        private let usual: @Sendable (TrainingConfiguration) -> any SettingValue
        private let read: @Sendable (String, inout TrainingConfiguration) -> ReadingFault?
        private let fault: @Sendable (TrainingConfiguration) -> String?

        /// Why a text could not be read.
        enum ReadingFault {
            /// It is no value of the setting, or out of its range.
            case noValue
            /// The configuration does not have the setting: its optimiser lacks the number.
            case notTaken
        }
    }
}

extension TrainingConfiguration.Setting {
    typealias Property<Value> = any WritableKeyPath<TrainingConfiguration, Value> & Sendable

    /// A setting of a property.
    /// - Parameters:
    ///   - title: The name with spaces unless given.
    ///   - usual: The default; that of a fresh configuration unless given.
    init<Value: SettingValue>(
        _ name: String, title: String? = nil, _ property: Property<Value>, _ range: SettingRange<Value>,
        _ mention: Mention, _ summary: String,
        usual: @escaping @Sendable (TrainingConfiguration) -> Value
    ) {
        self.name = name
        self.title = title ?? String(name.map { $0 == "_" ? " " : $0 })
        self.summary = summary
        self.mention = mention
        self.property = property
        isNumber = Value.isNumber
        value = { $0[keyPath: property] }
        self.range = range.words
        self.usual = { usual($0) }
        read = { text, configuration in
            guard let value = Value(settingText: text), range.contains(value) else { return .noValue }
            configuration[keyPath: property] = value
            return configuration[keyPath: property] == value ? nil : .notTaken
        }
        fault = { range.contains($0[keyPath: property]) ? nil : range.words }
    }

    /// A setting whose default is that of a fresh configuration.
    init<Value: SettingValue>(
        _ name: String, title: String? = nil, _ property: Property<Value>, _ range: SettingRange<Value>,
        _ mention: Mention, _ summary: String
    ) {
        self.init(name, title: title, property, range, mention, summary) { _ in
            TrainingConfiguration()[keyPath: property]
        }
    }

    /// A setting that may have no value.
    init<Value: SettingValue>(
        _ name: String, title: String? = nil, _ property: Property<Value?>, _ range: SettingRange<Value>,
        _ mention: Mention, _ summary: String
    ) {
        self.init(name, title: title, property, range.orNone, mention, summary)
    }

    /// A number that some optimisers have; its default is the optimiser's own.
    init(optimizerNumber name: String, _ range: SettingRange<Float>, _ summary: String) {
        self.init(name, \.optimizer[name], range.orNone, .inFiles, summary) { $0.optimizer.usual[name] }
    }
}

extension TrainingConfiguration.Setting {
    /// The text in files; nil where the setting is not mentioned.
    public func text(in configuration: TrainingConfiguration) -> String? {
        let text = value(configuration).settingText
        return mention == .always || text != usual(configuration).settingText ? text : nil
    }

    /// The text for people, which they type likewise, whether the setting is mentioned or not.
    public func plainText(in configuration: TrainingConfiguration) -> String {
        value(configuration).plainText
    }

    /// Reads the text in files into a configuration.
    /// - Returns: Why it could not be read; then the configuration stays as it is.
    func read(_ text: String, into configuration: inout TrainingConfiguration) -> ReadingFault? {
        read(text, &configuration)
    }

    /// Refuses a value that is out of the setting's range.
    func check(_ configuration: TrainingConfiguration) throws(TrainingError) {
        if let expected = fault(configuration) { throw refusal(of: configuration, expected: expected) }
    }

    /// The refusal of a configuration's value.
    func refusal(of configuration: TrainingConfiguration, expected: String) -> TrainingError {
        .badSetting(name: title, value: plainText(in: configuration), expected: expected)
    }
}
