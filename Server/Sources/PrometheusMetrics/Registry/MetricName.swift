/// Names as Prometheus allows them.
package enum MetricName {
    /// A valid name of a metric, with a suffix unless it ends so already.
    ///
    /// What is not allowed (`[a-zA-Z_:][a-zA-Z0-9_:]*`) becomes `_`.
    package static func valid(_ label: String, suffix: String = "") -> String {
        let name = replacing(label) { $0 == UInt8(ascii: ":") }
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    /// A valid name of a label, `[a-zA-Z_][a-zA-Z0-9_]*`.
    package static func validLabel(_ name: String) -> String {
        replacing(name) { _ in false }
    }

    private static func replacing(_ name: String, orAllowed isAllowed: (UInt8) -> Bool) -> String {
        var bytes = name.utf8.map { byte -> UInt8 in
            isLetter(byte) || isDigit(byte) || isAllowed(byte) ? byte : UInt8(ascii: "_")
        }
        if bytes.isEmpty || isDigit(bytes[0]) {
            bytes.insert(UInt8(ascii: "_"), at: 0)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: byte == UInt8(ascii: "_")
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
