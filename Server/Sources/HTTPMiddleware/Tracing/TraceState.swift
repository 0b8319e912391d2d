/// What tracing systems pass along with a trace, each in an entry of its own.
///
/// Source: W3C, "Trace Context", section 3.3.
package enum TraceState {
    /// The entries of a request, to be passed on as they are.
    ///
    /// - Parameter values: the values of all `tracestate` fields.
    /// - Returns: `nil` if there are none, more than 32, more than 512 bytes, or one that is no `key=value` of printable
    ///   characters: then all are dropped, as the standard wants it.
    package static func valid(_ values: [String]) -> String? {
        let entries = values.flatMap { $0.split(separator: ",") }.map(\.trimmingBlanks).filter { !$0.isEmpty }
        let text = entries.joined(separator: ",")
        guard !entries.isEmpty, entries.count <= 32, text.utf8.count <= 512, entries.allSatisfy(isEntry)
        else {
            return nil
        }
        return text
    }

    private static func isEntry(_ entry: String) -> Bool {
        guard let equals = entry.firstIndex(of: "=") else { return false }
        let key = entry[..<equals]
        let value = entry[entry.index(after: equals)...]
        return (1...256).contains(key.utf8.count) && key.utf8.allSatisfy(isKeyByte)
            && (1...256).contains(value.utf8.count)
            && value.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "_-*/@".utf8.contains(byte)
        }
    }
}
