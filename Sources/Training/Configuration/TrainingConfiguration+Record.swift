extension TrainingConfiguration {
    /// What is known of a run's settings, by their names in files and as text: all of them, or those that the members of an
    /// average share.
    ///
    /// Settings that are off are left out. A record from a file may hold anything; what is read from it by property is of the
    /// setting's type and in its range.
    public struct Record: Sendable, Hashable {
        /// The texts by the settings' names.
        public var texts: [String: String]

        /// A record of texts.
        public init(_ texts: [String: String] = [:]) { self.texts = texts }

        /// A record of a configuration.
        /// - Parameter left: Properties to leave out, because something else tells of them.
        public init(
            _ configuration: TrainingConfiguration,
            leavingOut left: [PartialKeyPath<TrainingConfiguration>] = []
        ) {
            texts = [:]
            for setting in settings where !left.contains(setting.property) {
                texts[setting.name] = setting.text(in: configuration)
            }
        }

        /// A setting's value; nil where it is not recorded, or what is recorded is no value of it.
        public subscript<Value: SettingValue>(
            property: KeyPath<TrainingConfiguration, Value>
        ) -> Value? {
            var configuration = TrainingConfiguration()
            // Which numbers an optimiser has goes by its kind.
            let kind = setting(\.optimizer.kind)
            if let text = texts[kind.name] { _ = kind.read(text, into: &configuration) }
            let setting = setting(property)
            guard let text = texts[setting.name], setting.read(text, into: &configuration) == nil else {
                return nil
            }
            return configuration[keyPath: property]
        }

        /// Number of networks whose average the settings are of, at least 2; nil of one that was trained by itself.
        public var members: Int? {
            get { texts[Self.membersName].flatMap { Int($0) }.flatMap { $0 >= 2 ? $0 : nil } }
            set { texts[Self.membersName] = newValue.map { "\($0)" } }
        }

        private static let membersName = "members"

        /// The whole configuration, what is left out having its default; of an average, what its members share.
        /// - Throws: `TrainingError` if there is an unknown name, a number that the optimiser lacks, a text that is no value of
        ///   its setting, or the settings do not fit each other.
        public func configuration() throws(TrainingError) -> TrainingConfiguration {
            var configuration = TrainingConfiguration()
            var left = texts
            if let text = left.removeValue(forKey: Self.membersName), members == nil {
                throw .badSetting(name: Self.membersName, value: text, expected: "at least 2")
            }
            for setting in settings {
                guard let text = left.removeValue(forKey: setting.name) else { continue }
                switch setting.read(text, into: &configuration) {
                case nil: break
                case .noValue: throw .badSetting(name: setting.title, value: text, expected: setting.range)
                case .notTaken:
                    throw .unknownSetting(
                        name: "\(setting.title) of the optimizer \(configuration.optimizer.name)", value: text
                    )
                }
            }
            if let (name, value) = left.min(by: { $0.key < $1.key }) {
                throw .unknownSetting(name: name, value: value)
            }
            try configuration.check()
            return configuration
        }
    }
}

extension TrainingConfiguration.Record: Codable {
    /// Reads an object of names and texts.
    public init(from decoder: any Decoder) throws {
        texts = try decoder.singleValueContainer().decode([String: String].self)
    }

    /// Writes an object of names and texts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(texts)
    }
}

extension TrainingConfiguration: Codable {
    /// Reads what `encode` wrote, and checks it.
    public init(from decoder: any Decoder) throws {
        let record = try Record(from: decoder)
        do throws(TrainingError) {
            self = try record.configuration()
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
        }
    }

    /// Writes a record of every setting that is not off.
    public func encode(to encoder: any Encoder) throws { try Record(self).encode(to: encoder) }
}
