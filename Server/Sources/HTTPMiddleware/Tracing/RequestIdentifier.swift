/// The name of a request in the log.
enum RequestIdentifier {
    /// The name that a client or proxy gave, if it can stand in a log.
    ///
    /// - Returns: `nil` unless it has 1 to 128 letters, digits and `-._~+/=:@`.
    static func valid(_ value: String?) -> String? {
        guard let value, (1...128).contains(value.utf8.count), value.utf8.allSatisfy(isAllowed) else {
            return nil
        }
        return value
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/=:@".utf8.contains(byte)
        }
    }
}
