/// Where a request belongs in a trace that goes through several services.
///
/// Source: W3C, "Trace Context", Recommendation, 23 November 2021.
package struct TraceContext: Equatable, Sendable {
    /// The trace, 32 hexadecimal digits, not all zero.
    package let traceID: String
    /// The operation that made the request, 16 hexadecimal digits, not all zero; `nil` where the trace begins here.
    package let parentID: String?
    /// This server's operation, 16 hexadecimal digits.
    package let spanID: String
    /// The flags; bit 0 says that the caller keeps the trace.
    package let flags: UInt8

    /// Continues the trace of a request, or begins one where it has none that is valid.
    ///
    /// - Parameters:
    ///   - traceparent: the header field's value.
    ///   - generator: where new numbers come from.
    package init(continuing traceparent: String?, using generator: inout some RandomNumberGenerator) {
        let parsed = traceparent.flatMap(Self.parse)
        traceID = parsed?.traceID ?? Self.identifier(words: 2, using: &generator)
        parentID = parsed?.parentID
        spanID = Self.identifier(words: 1, using: &generator)
        flags = parsed?.flags ?? 0
    }

    /// The field's value for what comes next: this server's operation is the parent.
    package var traceparent: String {
        "00-\(traceID)-\(spanID)-0\(flags)"
    }

    /// `version-trace-parent-flags`. Of later versions the part that version 0 has is read, as the standard wants it.
    private static func parse(_ text: String) -> (traceID: String, parentID: String, flags: UInt8)? {
        let bytes = Array(text.utf8)
        let hyphen = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == hyphen, bytes[35] == hyphen, bytes[52] == hyphen,
            let version = hexadecimal(bytes[0..<2]), version != "ff",
            let traceID = hexadecimal(bytes[3..<35]), traceID.contains(where: { $0 != "0" }),
            let parentID = hexadecimal(bytes[36..<52]), parentID.contains(where: { $0 != "0" }),
            let flags = hexadecimal(bytes[53..<55]).flatMap({ UInt8($0, radix: 16) }),
            bytes.count == 55 || (version != "00" && bytes[55] == hyphen)
        else { return nil }
        // Bit 0 is the only one that version 0 gives a meaning.
        return (traceID, parentID, flags & 1)
    }

    /// Lower-case hexadecimal digits as text; `nil` if there are others.
    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String? {
        let isDigit: (UInt8) -> Bool = { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
            default: false
            }
        }
        return bytes.allSatisfy(isDigit) ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private static func identifier(words: Int, using generator: inout some RandomNumberGenerator) -> String {
        (0..<words).map { _ in
            // Never zero, which the standard keeps for "none".
            let digits = String(UInt64.random(in: 1 ... .max, using: &generator), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
