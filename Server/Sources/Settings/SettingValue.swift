/// A value that fits a setting's kind.
enum SettingValue: Sendable, Equatable {
    case integer(Int)
    case seconds(Double)
    case flag(Bool)
    case text(String)
    case list([String])

    /// A value from text, as it stands on a command line or in the environment.
    ///
    /// - Returns: `nil` if it does not fit the kind or its range.
    init?(_ text: String, _ kind: SettingKind) {
        switch kind {
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else { return nil }
            self = .integer(number)
        case .bytes(let range):
            guard let number = ByteCount.parse(text), range.contains(number) else { return nil }
            self = .integer(number)
        case .seconds(let range):
            guard let number = Double(text), range.contains(number) else { return nil }
            self = .seconds(number)
        case .flag:
            switch text.lowercased() {
            case "true", "yes", "on", "1": self = .flag(true)
            case "false", "no", "off", "0": self = .flag(false)
            default: return nil
            }
        case .choice(let words):
            guard words.contains(text) else { return nil }
            self = .text(text)
        case .text:
            guard !text.isEmpty else { return nil }
            self = .text(text)
        case .list:
            let items = text.split(separator: ",").map(String.init)
            guard !items.isEmpty else { return nil }
            self = .list(items)
        }
    }
}

/// Numbers of bytes as people write them.
enum ByteCount {
    private static let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]

    /// Digits, perhaps with a unit behind.
    static func parse(_ text: String) -> Int? {
        for (unit, size) in units where text.hasSuffix(unit) {
            guard let number = Int(text.dropLast(unit.count)) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: size)
            return overflow ? nil : product
        }
        return Int(text)
    }

    /// With the largest unit that divides it.
    static func text(_ count: Int) -> String {
        for (unit, size) in units where count >= size && count % size == 0 {
            return "\(count / size)\(unit)"
        }
        return "\(count)"
    }
}

/// Times as people write them.
enum Seconds {
    static func text(_ seconds: Double) -> String {
        let text = seconds.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
