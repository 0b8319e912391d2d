/// A value that is written as JSON (RFC 8259) on one line, its members in the order in which they are given.
///
/// Foundation's encoder would sort or shuffle the members, and loading it costs a short command much of its time.
package indirect enum JSONText: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    case string(String)
    case integer(Int)
    /// Written with the fewest digits that read back as the same number; `null` where it is not finite.
    case number(Double)
    /// The same for single precision: `0.1`, not `0.10000000149011612`.
    case float(Float)
    case boolean(Bool)
    case null
    case array([JSONText])
    case object([(String, JSONText)])

    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }

    /// The JSON.
    package var text: String {
        switch self {
        case .string(let value): value.visiblyQuotedForJSON
        case .integer(let value): String(value)
        case .number(let value): value.isFinite ? NumberText.plain(value) : "null"
        case .float(let value): value.isFinite ? NumberText.plain(value) : "null"
        case .boolean(let value): value ? "true" : "false"
        case .null: "null"
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { $0.0.visiblyQuotedForJSON + ":" + $0.1.text }.joined(separator: ",") + "}"
        }
    }

    /// The JSON with each member of an object on a line of its own, for a file that people read.
    package var document: String {
        guard case .object(let members) = self else { return text + "\n" }
        let lines = members.map { "  " + $0.0.visiblyQuotedForJSON + ": " + $0.1.text }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }
}
