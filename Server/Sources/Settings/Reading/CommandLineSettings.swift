/// What a command line says of settings: `--name value`, `--name=value`, `--flag`, `--no-flag`.
struct CommandLineSettings {
    /// The texts of each setting, in their order.
    private(set) var values: [String: [String]] = [:]
    /// The file of settings, if one is named.
    private(set) var file: String?

    /// Reads arguments, without the program's own name.
    ///
    /// - Throws: `SettingsError` for what is no setting, a flag without its value, or one that comes twice and is no list.
    init<Values>(_ arguments: [String], _ table: SettingsTable<Values>) throws(SettingsError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--"), argument.count > 2 else {
                throw SettingsError(
                    "“\(argument)” is no flag: settings are written as --name value. --help lists them.")
            }
            let parts = argument.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            let attached = parts.count == 2 ? String(parts[1]) : nil

            if name == "config" {
                file = try Self.value("--config", attached, &rest, expected: "the path of a JSON file")
                continue
            }
            if attached == nil, name.hasPrefix("no-"), let setting = table.setting(name.dropFirst(3)),
                setting.kind == .flag
            {
                try add("false", to: setting)
                continue
            }
            guard let setting = table.setting(name) else {
                let nearest = NearestName.of(name, among: table.names + ["config", "help"]).map { "--\($0)" }
                throw .unknown(.flag("--\(name)"), nearest: nearest, all: "--help lists the flags.")
            }
            if setting.kind == .flag {
                try add(attached ?? "true", to: setting)
            } else {
                try add(
                    Self.value(setting.flag, attached, &rest, expected: setting.kind.expected), to: setting)
            }
        }
    }

    private static func value(
        _ flag: String, _ attached: String?, _ rest: inout ArraySlice<String>, expected: String
    ) throws(SettingsError) -> String {
        guard let value = attached ?? rest.popFirst() else {
            throw SettingsError("\(flag) has no value: \(expected) was expected behind it.")
        }
        return value
    }

    private mutating func add<Values>(_ text: String, to setting: Setting<Values>) throws(SettingsError) {
        if case .list = setting.kind {
            values[setting.name, default: []].append(text)
        } else {
            guard values[setting.name] == nil else {
                throw SettingsError("\(setting.flag) is given twice: give it once.")
            }
            values[setting.name] = [text]
        }
    }
}
