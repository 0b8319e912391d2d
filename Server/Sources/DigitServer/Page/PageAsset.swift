import NIOCore

/// A file of the page, as it is served.
struct PageAsset: Sendable {
    /// Where it is, below the place where the routes are added, such as `page/page.css`; empty for the page itself.
    let path: String
    /// Its media type.
    let contentType: String
    /// What it holds.
    let contents: ByteBuffer
    /// A strong entity tag (RFC 9110, section 8.8.3): other contents have another.
    let entityTag: String

    init(path: String, contentType: String, bytes: [UInt8]) {
        self.path = path
        self.contentType = contentType
        contents = ByteBuffer(bytes: bytes)
        entityTag = "\"\(String(Self.hash(of: bytes), radix: 16))\""
    }

    /// 64 bits of the contents (FNV-1a): all of them are ours, so that nobody looks for two that have the same.
    private static func hash(of bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
