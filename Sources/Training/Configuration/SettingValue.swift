public import Imaging
public import NeuralNetworks
internal import PlainText

/// A kind of value that a setting can have, with its text.
public protocol SettingValue: Hashable, Sendable {
    /// The form in files: `0.001`, `cosine,warm-up:1`; nil where there is no value.
    var settingText: String? { get }

    /// The form for people, which they type likewise: `60s`.
    var plainText: String { get }

    /// Whether the form in files is a number, which every JSON reader reads as the same.
    static var isNumber: Bool { get }

    /// Reads the form in files; nil for any other text.
    init?(settingText: String)
}

extension SettingValue {
    /// The form in files without `.0`.
    public var plainText: String { NumberText.plain(settingText ?? "0") }

    /// No.
    public static var isNumber: Bool { false }
}

extension SettingValue where Self: LosslessStringConvertible {
    /// The description.
    public var settingText: String? { description }

    /// Reads a description.
    public init?(settingText: String) { self.init(settingText) }
}

extension SettingValue where Self: RawRepresentable, RawValue == String {
    /// The raw value.
    public var settingText: String? { rawValue }

    /// Reads a raw value.
    public init?(settingText: String) { self.init(rawValue: settingText) }
}

extension Bool: SettingValue {}
extension Int: SettingValue {
    /// Yes.
    public static var isNumber: Bool { true }
}

extension Float: SettingValue {
    /// Yes.
    public static var isNumber: Bool { true }
}

extension Double: SettingValue {
    /// Yes.
    public static var isNumber: Bool { true }
}

extension Augmentation: SettingValue {}
extension LearningRateSchedule: SettingValue {}
extension Loss: SettingValue {}
extension Optimizer.Kind: SettingValue {}

/// In files, seconds.
extension Duration: SettingValue {
    /// Yes.
    public static var isNumber: Bool { true }

    /// Seconds.
    public var settingText: String? { "\(inSeconds)" }

    /// Seconds with their unit.
    public var plainText: String { inSeconds.plainText + "s" }

    /// Reads seconds.
    public init?(settingText: String) {
        // Beyond this many seconds, 292 thousand million years, there is no duration.
        guard let seconds = Double(settingText), seconds.magnitude < 9e18 else { return nil }
        self = .seconds(seconds)
    }

    /// The whole as seconds.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

/// nil is no value.
extension Optional: SettingValue where Wrapped: SettingValue {
    /// That of a value.
    public static var isNumber: Bool { Wrapped.isNumber }

    /// That of a value.
    public var settingText: String? { self?.settingText }

    /// That of a value; 0 for none.
    public var plainText: String { self?.plainText ?? "0" }

    /// Reads a value.
    public init?(settingText: String) {
        guard let value = Wrapped(settingText: settingText) else { return nil }
        self = .some(value)
    }
}

/// Names with commas between them.
extension Array: SettingValue where Element == Metric {
    /// The names.
    public var settingText: String? { map(\.name).joined(separator: ",") }

    /// Reads names.
    public init?(settingText: String) {
        self = []
        for name in settingText.split(separator: ",", omittingEmptySubsequences: false) {
            guard let metric = Metric(name: String(name)) else { return nil }
            append(metric)
        }
    }
}
