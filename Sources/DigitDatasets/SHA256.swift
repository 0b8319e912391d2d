internal import CLibcrypto

/// A running SHA-256 (FIPS 180-4), computed by the system's libcrypto.
///
/// ```swift
/// let hash = SHA256()
/// [0x61, 0x62, 0x63].withUnsafeBytes { hash.update($0) }
/// hash.digest()  // "ba7816bf…15ad"
/// ```
package final class SHA256 {
    /// Length of a digest in bytes.
    private static let digestLength = 32

    private let context: OpaquePointer

    /// Starts the hash of an empty message.
    package init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto offers no SHA-256: out of memory, or a build without it.")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Appends bytes to the message.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(status == 1, "libcrypto refused \(bytes.count) bytes for SHA-256.")
    }

    /// The hash of the message so far, as 64 lower-case hexadecimal digits.
    package func digest() -> String {
        let digest = [UInt8](unsafeUninitializedCapacity: Self.digestLength) { buffer, count in
            // Finished on a copy, so that the message may go on.
            let copy = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(copy) }
            let finished =
                EVP_MD_CTX_copy_ex(copy, context) == 1
                && EVP_DigestFinal_ex(copy, buffer.baseAddress, nil) == 1
            precondition(finished, "libcrypto could not finish a SHA-256.")
            count = Self.digestLength
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
