/// One setting of a program, defined once: flag, variable, key, range, default and help all come from it.
///
/// The setting `queue-images` of a program whose variables begin with `DIGITS_SERVER` is `--queue-images` on the command line,
/// `DIGITS_SERVER_QUEUE_IMAGES` in the environment and `"queue-images"` in its file.
public struct Setting<Values>: Sendable {
    /// Its name: words in lower case with hyphens between them.
    public let name: String
    /// What it can be.
    public let kind: SettingKind
    /// What it does, in one sentence.
    public let help: String
    /// Puts a value that fits the kind into the values.
    /// - Throws: a `SettingReason` where a text is not what it should be.
    let apply: @Sendable (inout Values, SettingValue) throws(SettingReason) -> Void
    /// What some values have for it, as people write it; empty for nothing.
    let text: @Sendable (Values) -> String

    init(
        name: String, kind: SettingKind, help: String, text: @escaping @Sendable (Values) -> String,
        apply: @escaping @Sendable (inout Values, SettingValue) throws(SettingReason) -> Void
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.text = text
        self.apply = apply
    }

    /// The flag on the command line.
    var flag: String { "--\(name)" }

    /// The variable in the environment.
    func variable(prefix: String) -> String {
        prefix + "_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }
}

/// Why a text is no value of a setting, as the end of a sentence: `“x” is no …: ` and this.
public struct SettingReason: Error, Sendable, Equatable {
    /// What was expected.
    public let expected: String

    /// A reason.
    ///
    /// - Parameter expected: what was expected, such as `a name and a path with “=” between them`.
    public init(_ expected: String) {
        self.expected = expected
    }
}
