internal import CLibcryptoDigests

/// The SHA-256 of a token. Tokens are random and long, so that a plain digest cannot be turned back by guessing.
package struct TokenDigest: Sendable {
    private let bytes: [UInt8]

    /// The digest of a token as it was sent.
    package init(of token: some StringProtocol) {
        let token = Array(token.utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(token, token.count, &digest)
        bytes = digest
    }

    /// A digest from its 64 hexadecimal digits; `nil` if the text is something else.
    init?(hexadecimal text: some StringProtocol) {
        let digits = text.utf8.map {
            Character(Unicode.Scalar($0)).isASCII ? Character(Unicode.Scalar($0)).hexDigitValue : nil
        }
        guard digits.count == 2 * Int(SHA256_DIGEST_LENGTH) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high * 16 + low))
        }
        self.bytes = bytes
    }

    /// 64 hexadecimal digits.
    package var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Whether two digests are equal, in a time that does not tell where they differ.
    func isEqual(_ other: TokenDigest) -> Bool {
        CRYPTO_memcmp(bytes, other.bytes, bytes.count) == 0
    }
}
