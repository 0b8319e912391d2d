#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Bytes as texts (RFC 4648, section 4).
package enum Base64 {
    /// The bytes of a text; nil where it is no base64.
    package static func bytes(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map { Array($0) } }

    /// The text of bytes.
    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
