/// A secret with which a client shows who it is.
public struct AccessToken: Sendable {
    /// What the client sends. It is shown once and not kept.
    public let token: String
    /// The line for the tokens file: the name, and the digest of the token.
    public let line: String

    /// A new token, 256 random bits.
    ///
    /// - Parameter name: who will use it, as the log will call it: 1 to 64 letters, digits, `.`, `_` and `-`.
    /// - Throws: ``AccessTokenError/name(_:)`` for another name.
    public init(name: String) throws(AccessTokenError) {
        guard Self.isName(name) else { throw .name(name) }
        // Swift's own generator takes the system's cryptographic random numbers.
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<4).flatMap { _ in
            let word = generator.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
        token = "digits_" + Self.base64URL(bytes)
        line = "\(name) \(TokenDigest(of: token).hexadecimal)"
    }

    static func isName(_ name: some StringProtocol) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                switch $0 {
                case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
                default: false
                }
            }
    }

    /// Base64 with the alphabet for addresses and without padding (RFC 4648, section 5).
    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0...group.count {
                result.append(alphabet[bits >> (18 - 6 * index) & 63])
            }
        }
        return result
    }
}
