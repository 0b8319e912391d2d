/// The values that a setting may have.
public struct SettingRange<Value: SettingValue>: Sendable {
    /// The range in words, which follow “must be”.
    public let words: String
    private let holds: @Sendable (Value) -> Bool

    /// The values of which something is true.
    public init(_ words: String, _ holds: @escaping @Sendable (Value) -> Bool) {
        self.words = words
        self.holds = holds
    }

    /// Whether a value is one of them.
    public func contains(_ value: Value) -> Bool { holds(value) }

    /// Every value; where some do not fit others, `TrainingConfiguration.check` says so.
    public static var any: Self { Self("a known one") { _ in true } }

    /// The same for a setting that may have no value.
    var orNone: SettingRange<Value?> {
        SettingRange<Value?>(words) { value in value.map { self.contains($0) } ?? true }
    }
}

extension SettingRange where Value == Int {
    /// At least one thing.
    /// - Parameter unit: What is counted, for the words: ` epoch`.
    static func atLeastOne(_ unit: String = "") -> Self { Self("at least 1\(unit)") { $0 >= 1 } }

    /// So many things or fewer, of which memory holds no more.
    static func upTo(_ most: Int) -> Self { Self("0 to \(most)") { 0...most ~= $0 } }
}

extension SettingRange where Value: BinaryFloatingPoint {
    /// `0..<1`
    static var fraction: Self { Self("at least 0 and below 1") { $0 >= 0 && $0 < 1 } }

    /// Finite and at least 0.
    static var notNegative: Self { Self("at least 0") { $0 >= 0 && $0.isFinite } }

    /// Finite and above 0.
    static var positive: Self { Self("a number above 0") { $0 > 0 && $0.isFinite } }
}

extension SettingRange where Value == Duration {
    /// Any time at all.
    static var positive: Self { Self("above 0s") { $0 > .zero } }
}
