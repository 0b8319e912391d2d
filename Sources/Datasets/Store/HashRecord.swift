internal import Files
internal import FoundationBasics

/// The hashes that were recorded when files without a published hash were first downloaded.
///
/// It lies beside the files as `SHA256SUMS`: a line `hash  plain name` each, as the program sha256sum writes and
/// checks it, of the decompressed contents.
struct HashRecord {
    /// SHA-256 of each file's decompressed contents, by the file's plain name.
    var hashes: [String: String]

    private static let fileName = "SHA256SUMS"

    /// The lines, in the order of the names.
    var text: String {
        hashes.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
    }
}

extension HashRecord {
    /// Reads the record of a folder; empty where there is none. Lines of another form are passed over, so that they
    /// vouch for nothing.
    init(directory: URL) throws(DatasetError) {
        hashes = [:]
        let url = directory.appendingPathComponent(Self.fileName)
        guard FileSystem.exists(url.path) else { return }
        let bytes = try DatasetError.check(FileReader(url.path).peek(64 << 10))
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            guard fields.count == 2, fields[0].count == 64 else { continue }
            hashes[String(fields[1].drop { $0 == " " })] = String(fields[0])
        }
    }

    /// Writes the record of a folder in place of the earlier one.
    func write(to directory: URL) throws(DatasetError) {
        let url = directory.appendingPathComponent(Self.fileName)
        try DatasetError.check(DurableFile.write(Array(text.utf8), to: url.path, replacing: true))
    }
}
