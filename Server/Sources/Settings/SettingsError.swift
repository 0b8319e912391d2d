/// Why settings cannot be used: one sentence that names the flag, variable or key, what it said, and what was expected.
public struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    static func value(_ text: String, at origin: SettingOrigin, expected: String) -> SettingsError {
        SettingsError("\(origin.subject) is “\(shortened(text))”, but must be \(expected).")
    }

    static func unknown(_ origin: SettingOrigin, nearest: String?, all: String) -> SettingsError {
        let advice = nearest.map { "did you mean \($0)?" } ?? all
        return SettingsError("There is no \(origin): \(advice)")
    }

    /// A setting that is needed because of another one.
    ///
    /// - Parameters:
    ///   - name: the setting that is missing.
    ///   - other: the setting that was given.
    public static func missing(_ name: String, besides other: String) -> SettingsError {
        SettingsError("--\(other) is given without --\(name): give both, or neither.")
    }

    private static func shortened(_ text: String) -> String {
        text.count <= 80 ? text : text.prefix(80) + "…"
    }
}

/// Where a setting was given.
enum SettingOrigin: CustomStringConvertible {
    case flag(String)
    case variable(String)
    case key(String, file: String)

    /// As the beginning of a sentence.
    var subject: String {
        switch self {
        case .flag: description
        case .variable, .key: "The \(description)"
        }
    }

    /// Within a sentence, without an article.
    var description: String {
        switch self {
        case .flag(let name): name
        case .variable(let name): "variable \(name)"
        case .key(let name, let file): "key “\(name)” in \(file)"
        }
    }
}
