/// Settings of each kind, from where their value belongs.
extension Setting {
    /// A whole number.
    public static func integer(
        _ name: String, _ path: any WritableKeyPath<Values, Int> & Sendable, _ range: ClosedRange<Int>,
        _ help: String
    ) -> Setting {
        Setting(name: name, kind: .integer(range), help: help, text: { "\($0[keyPath: path])" }) {
            values, value in
            if case .integer(let number) = value { values[keyPath: path] = number }
        }
    }

    /// A whole number that may be left open; `open` says what happens then.
    public static func integer(
        _ name: String, _ path: any WritableKeyPath<Values, Int?> & Sendable, _ range: ClosedRange<Int>,
        open: String,
        _ help: String
    ) -> Setting {
        Setting(
            name: name, kind: .integer(range), help: help, text: { $0[keyPath: path].map { "\($0)" } ?? open }
        ) { values, value in
            if case .integer(let number) = value { values[keyPath: path] = number }
        }
    }

    /// A number of bytes.
    public static func bytes(
        _ name: String, _ path: any WritableKeyPath<Values, Int> & Sendable, _ range: ClosedRange<Int>,
        _ help: String
    ) -> Setting {
        Setting(
            name: name, kind: .bytes(range), help: help, text: { ByteCount.text($0[keyPath: path]) }
        ) { values, value in
            if case .integer(let number) = value { values[keyPath: path] = number }
        }
    }

    /// A time.
    public static func seconds(
        _ name: String, _ path: any WritableKeyPath<Values, Duration> & Sendable,
        _ range: ClosedRange<Double>,
        _ help: String
    ) -> Setting {
        Setting(
            name: name, kind: .seconds(range), help: help,
            text: { Seconds.text($0[keyPath: path] / .seconds(1)) }
        ) { values, value in
            if case .seconds(let number) = value { values[keyPath: path] = .seconds(number) }
        }
    }

    /// Yes or no; on the command line `--name` and `--no-name`.
    public static func flag(
        _ name: String, _ path: any WritableKeyPath<Values, Bool> & Sendable, _ help: String
    ) -> Setting {
        Setting(name: name, kind: .flag, help: help, text: { "\($0[keyPath: path])" }) { values, value in
            if case .flag(let isOn) = value { values[keyPath: path] = isOn }
        }
    }

    /// One of some words.
    public static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ path: any WritableKeyPath<Values, Choice> & Sendable, _ help: String
    ) -> Setting {
        let words = Choice.allCases.map(\.rawValue)
        return Setting(
            name: name, kind: .choice(words), help: help, text: { $0[keyPath: path].rawValue }
        ) { values, value in
            if case .text(let word) = value, let choice = Choice(rawValue: word) {
                values[keyPath: path] = choice
            }
        }
    }

    /// A text.
    public static func text(
        _ name: String, _ path: any WritableKeyPath<Values, String> & Sendable, _ what: String, _ help: String
    ) -> Setting {
        Setting(name: name, kind: .text(what), help: help, text: { $0[keyPath: path] }) { values, value in
            if case .text(let text) = value { values[keyPath: path] = text }
        }
    }

    /// A text that there need not be.
    public static func text(
        _ name: String, _ path: any WritableKeyPath<Values, String?> & Sendable, _ what: String,
        _ help: String
    ) -> Setting {
        Setting(name: name, kind: .text(what), help: help, text: { $0[keyPath: path] ?? "" }) {
            values, value in
            if case .text(let text) = value { values[keyPath: path] = text }
        }
    }

    /// Several texts, each read by a closure. They replace what stood there.
    ///
    /// - Parameters:
    ///   - put: puts the texts into the values, or says what was expected of one.
    public static func list(
        _ name: String, _ what: String, _ help: String,
        _ put: @escaping @Sendable (inout Values, [String]) throws(SettingReason) -> Void
    ) -> Setting {
        Setting(name: name, kind: .list(what), help: help, text: { _ in "" }) {
            (values: inout Values, value: SettingValue) throws(SettingReason) in
            if case .list(let items) = value { try put(&values, items) }
        }
    }
}
