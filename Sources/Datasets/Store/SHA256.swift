internal import CLibcrypto
internal import PlainText

/// A running SHA-256 (FIPS 180-4), computed by the system's libcrypto.
///
/// ```swift
/// let hash = try SHA256()
/// [0x61, 0x62, 0x63].withUnsafeBytes { hash.update($0) }
/// hash.digest()  // "ba7816bf…15ad"
/// ```
///
/// The first one of a process takes more than a millisecond: libcrypto reads its configuration and makes its list of algorithms.
package final class SHA256 {
    private let context: OpaquePointer

    /// Starts the hash of an empty message.
    /// - Throws: `DatasetError.hashUnavailable` where libcrypto offers no SHA-256, as by its configuration, or has no memory.
    package init() throws(DatasetError) {
        guard let context = EVP_MD_CTX_new() else { throw Self.unavailable }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw Self.unavailable
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Appends bytes to the message.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        // What has started needs nothing more from outside.
        precondition(status == 1, "libcrypto refused \(bytes.count) bytes for SHA-256.")
    }

    /// The hash of the message so far, as 64 lower-case hexadecimal digits.
    package func digest() -> String {
        // Finished on a copy, so that the message may go on.
        let copy = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(copy) }
        precondition(EVP_MD_CTX_copy_ex(copy, context) == 1, "libcrypto had no memory for a SHA-256.")
        let digest = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            var written: UInt32 = 0
            let status = EVP_DigestFinal_ex(copy, buffer.baseAddress, &written)
            precondition(status == 1, "libcrypto could not finish a SHA-256.")
            count = Int(written)
        }
        return digest.map { NumberText.hexadecimal($0, digits: 2) }.joined()
    }

    /// The hash of a text's UTF-8 bytes.
    /// - Throws: `DatasetError.hashUnavailable`.
    package static func hash(of text: String) throws(DatasetError) -> String {
        let hash = try SHA256()
        Array(text.utf8).withUnsafeBytes { hash.update($0) }
        return hash.digest()
    }

    /// The first of libcrypto's reasons.
    private static var unavailable: DatasetError {
        let reason = ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) }
        return .hashUnavailable(reason: reason ?? "no reason given")
    }
}
