import Configuration

extension SettingsTable {
    /// The values that a command line, the environment and a file give together. What the command line says counts most, then the
    /// environment, then the file; a list is taken from one of them as a whole.
    ///
    /// - Parameters:
    ///   - arguments: the command line without the program's name. `--config` names the file, as the variable `…_CONFIG` does.
    ///   - environment: all variables; those that do not begin with the prefix are not looked at.
    /// - Returns: the values.
    /// - Throws: ``SettingsError`` for the first thing that is wrong.
    public func values(arguments: [String], environment: [String: String]) throws(SettingsError) -> Values {
        let commandLine = try CommandLineSettings(arguments, self)
        try checkNames(of: environment)
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
        let file: SettingsFile? =
            if let path = commandLine.file ?? environment[fileVariable] {
                try SettingsFile(path: path, self)
            } else { nil }

        var values = defaults
        for setting in settings {
            if let texts = commandLine.values[setting.name] {
                try put(setting, texts, at: .flag(setting.flag), into: &values)
            } else if let text = variable(setting, variables) {
                try put(setting, [text], at: .variable(setting.variable(prefix: prefix)), into: &values)
            } else if let file, let value = try file.value(of: setting) {
                try put(
                    setting, value,
                    at: .key(setting.name, file: commandLine.file ?? environment[fileVariable] ?? ""),
                    into: &values)
            }
        }
        return values
    }

    private func put(
        _ setting: Setting<Values>, _ texts: [String], at origin: SettingOrigin, into values: inout Values
    ) throws(SettingsError) {
        if case .list = setting.kind, case .flag = origin {
            // On a command line each flag is one item, so that an item may have commas in it.
            return try put(setting, .list(texts), at: origin, into: &values)
        }
        let text = texts.joined(separator: ",")
        guard let value = SettingValue(text, setting.kind) else {
            throw .value(text, at: origin, expected: setting.kind.expected)
        }
        try put(setting, value, at: origin, into: &values)
    }

    private func put(
        _ setting: Setting<Values>, _ value: SettingValue, at origin: SettingOrigin, into values: inout Values
    ) throws(SettingsError) {
        do {
            try setting.apply(&values, value)
        } catch {
            let text =
                switch value {
                case .list(let items): items.joined(separator: ",")
                case .text(let text): text
                case .integer(let number): "\(number)"
                case .seconds(let number): Seconds.text(number)
                case .flag(let isOn): "\(isOn)"
                }
            throw .value(text, at: origin, expected: error.expected)
        }
    }

    /// The provider makes the variable's name of the key in the same way as ``Setting``.
    private func variable(_ setting: Setting<Values>, _ provider: EnvironmentVariablesProvider) -> String? {
        let key = AbsoluteConfigKey([prefix, setting.name])
        guard let result = try? provider.value(forKey: key, type: .string),
            case .string(let text) = result.value?.content
        else { return nil }
        return text
    }

    /// Refuses variables that begin as the program's do and are none.
    private func checkNames(of environment: [String: String]) throws(SettingsError) {
        let known = settings.map { $0.variable(prefix: prefix) } + [fileVariable]
        for name in environment.keys.sorted() where name.hasPrefix(prefix + "_") && !known.contains(name) {
            throw .unknown(
                .variable(name), nearest: NearestName.of(name, among: known),
                all: "--help lists the variables.")
        }
    }
}
