/// What a setting can be.
public enum SettingKind: Sendable, Equatable {
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A number of bytes; `KiB`, `MiB` and `GiB` behind it multiply.
    case bytes(ClosedRange<Int>)
    /// A time in seconds, fractions allowed.
    case seconds(ClosedRange<Double>)
    /// Yes or no.
    case flag
    /// One of some words.
    case choice([String])
    /// A text; the argument says of what.
    case text(String)
    /// Several texts; the argument says of what.
    case list(String)

    /// What was expected, for a sentence.
    var expected: String {
        switch self {
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .bytes(let range):
            "a number of bytes from \(ByteCount.text(range.lowerBound)) to \(ByteCount.text(range.upperBound))"
        case .seconds(let range):
            "a number of seconds from \(Seconds.text(range.lowerBound)) to \(Seconds.text(range.upperBound))"
        case .flag: "true or false"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .text(let what), .list(let what): what
        }
    }

    /// What stands behind the flag in a help text.
    var placeholder: String? {
        switch self {
        case .integer: "N"
        case .bytes: "BYTES"
        case .seconds: "SECONDS"
        case .flag: nil
        case .choice(let words): words.joined(separator: "|")
        case .text(let what), .list(let what): what
        }
    }

    /// The range, for a table; empty where the placeholder says all.
    var range: String {
        switch self {
        case .integer(let range): "\(range.lowerBound) … \(range.upperBound)"
        case .bytes(let range): "\(ByteCount.text(range.lowerBound)) … \(ByteCount.text(range.upperBound))"
        case .seconds(let range): "\(Seconds.text(range.lowerBound)) … \(Seconds.text(range.upperBound)) s"
        case .flag: "true, false"
        case .choice(let words): words.joined(separator: ", ")
        case .text(let what): what
        case .list(let what): "\(what), several"
        }
    }
}
