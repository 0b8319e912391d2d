internal import Files
internal import FoundationBasics

/// Reads a file's contents, decompressed where the file is a gzip archive, and hashes them on the way where that is
/// wanted.
final class ContentReader {
    /// Bytes handled at a time: few enough to be hashed while they are still in the processor's cache.
    private static let pieceSize = 128 << 10

    /// The file's path, for messages.
    let path: String
    /// Whether the file begins like a web page.
    let looksLikeWebPage: Bool
    private let source: Source
    private let hash: BackgroundHash?

    private enum Source {
        case plain(FileReader)
        case gzip(GzipReader)
    }

    /// Opens a file and tells from its first bytes whether it is compressed.
    /// - Parameter isHashed: Whether `sha256` will be asked for.
    init(_ url: URL, isHashed: Bool) throws(DatasetError) {
        let file = try DatasetError.check(FileReader(url.path))
        let start = try DatasetError.check(file.peek(64))
        path = file.path
        hash = isHashed ? try BackgroundHash() : nil
        looksLikeWebPage = Self.isMarkup(start)
        source = start.starts(with: GzipReader.signature) ? .gzip(GzipReader(file)) : .plain(file)
    }

    /// SHA-256 of the contents read so far, decompressed.
    var sha256: String {
        guard let hash else { preconditionFailure("\(path) was opened without hashing its contents.") }
        return hash.digest
    }

    /// Fills as much of `buffer` as the contents still hold. While one piece is hashed, the next is decompressed.
    /// - Returns: The number of bytes written; less than the buffer's size only at the end of the contents.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        var filled = 0
        // The buffer is the caller's again when this returns.
        defer { hash?.wait() }
        while filled < buffer.count {
            let end = min(filled + Self.pieceSize, buffer.count)
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<end])
            let count =
                switch source {
                case .plain(let file): try DatasetError.check(file.read(into: piece))
                case .gzip(let archive): try archive.read(into: piece)
                }
            hash?.update(UnsafeRawBufferPointer(rebasing: piece[..<count]), isLast: end == buffer.count)
            filled += count
            if count < piece.count { break }
        }
        return filled
    }

    /// Whether nothing is left. An archive's checksum has been checked when this answers yes.
    func isAtEnd() throws(DatasetError) -> Bool {
        var next: UInt8 = 0
        return try withUnsafeMutableBytes(of: &next) { buffer throws(DatasetError) in
            try read(into: buffer) == 0
        }
    }

    /// Whether bytes begin with `<`, after a byte-order mark and white space, as HTML and XML do.
    private static func isMarkup(_ start: [UInt8]) -> Bool {
        let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
        let text = start.starts(with: byteOrderMark) ? start.dropFirst(3) : start[...]
        return text.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
    }
}
