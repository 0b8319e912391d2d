internal import CLibcrypto

/// A running SHA-256 (FIPS 180-4), computed by the system's libcrypto.
///
/// ```swift
/// let hash = SHA256()
/// [0x61, 0x62, 0x63].withUnsafeBytes { hash.update($0) }
/// hash.digest()  // "ba7816bf…15ad"
/// ```
package final class SHA256 {
    private var context = SHA256_CTX()

    /// Starts the hash of an empty message.
    package init() {
        let status = SHA256_Init(&context)
        precondition(status == 1, "libcrypto could not start a SHA-256.")
    }

    /// Appends bytes to the message.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        let status = SHA256_Update(&context, bytes.baseAddress, bytes.count)
        precondition(status == 1, "libcrypto refused \(bytes.count) bytes for SHA-256.")
    }

    /// The hash of the message so far, as 64 lower-case hexadecimal digits.
    package func digest() -> String {
        // Finished on a copy, so that the message may go on.
        var copy = context
        let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, count in
            let status = SHA256_Final(buffer.baseAddress, &copy)
            precondition(status == 1, "libcrypto could not finish a SHA-256.")
            count = Int(SHA256_DIGEST_LENGTH)
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The hash of a text's UTF-8 bytes.
    package static func hash(of text: String) -> String {
        let hash = SHA256()
        Array(text.utf8).withUnsafeBytes { hash.update($0) }
        return hash.digest()
    }
}
