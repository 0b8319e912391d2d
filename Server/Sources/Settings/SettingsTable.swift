/// All settings of a program, in the sections in which they are told.
public struct SettingsTable<Values: Sendable>: Sendable {
    /// Settings that belong together.
    public struct Section: Sendable {
        /// What they are about.
        public let title: String
        let settings: [Setting<Values>]

        /// A section.
        ///
        /// - Parameters:
        ///   - title: what the settings are about.
        ///   - settings: the settings, in the order in which they are told.
        public init(_ title: String, _ settings: [Setting<Values>]) {
            self.title = title
            self.settings = settings
        }
    }

    let sections: [Section]
    /// What the names of variables begin with.
    let prefix: String
    /// The values with which every setting begins.
    let defaults: Values

    /// A table.
    ///
    /// - Parameters:
    ///   - prefix: what the names of variables begin with, such as `DIGITS_SERVER`.
    ///   - defaults: the values with which every setting begins.
    ///   - sections: the settings. A name stands once; `config` and names that begin with `no-` are taken.
    public init(prefix: String, defaults: Values, _ sections: [Section]) {
        self.prefix = prefix
        self.defaults = defaults
        self.sections = sections
    }

    var settings: [Setting<Values>] { sections.flatMap(\.settings) }

    /// The names of all settings, in the order in which they are told.
    public var names: [String] { settings.map(\.name) }

    func setting(_ name: some StringProtocol) -> Setting<Values>? {
        settings.first { $0.name == name }
    }

    /// The variable that names the file of settings.
    var fileVariable: String { prefix + "_CONFIG" }
}
