internal import Files
internal import FoundationBasics

/// Files that were verified in full and have not changed since, remembered in the cache folder.
///
/// Reading one picture of a file is fast only if the rest need not be hashed each time. A file counts as unchanged
/// while its path, device, inode, size and time of last change are those of its verification.
struct VerificationStamps {
    private static let fileName = "verified-files"
    /// The newest stamps are kept.
    private static let limit = 100

    private let url: URL

    init(cacheDirectory: URL) {
        url = cacheDirectory.appendingPathComponent(Self.fileName)
    }

    /// Whether files are as they were when they were verified as a data set's.
    func vouch(for files: [URL], of dataset: IDXDataset) -> Bool {
        let known = Set(lines)
        return files.allSatisfy { file in Self.stamp(of: file, dataset).map(known.contains) ?? false }
    }

    /// Remembers files that have just been verified. Where the cache cannot be written, they are verified again next time.
    func add(_ files: [URL], of dataset: IDXDataset) {
        let stamps = files.compactMap { Self.stamp(of: $0, dataset) }
        let suffixes = files.map { " \(dataset.name) \($0.path)" }
        let kept = lines.filter { line in !suffixes.contains { line.hasSuffix($0) } }
            .suffix(Self.limit - stamps.count)
        let text = (kept + stamps).map { $0 + "\n" }.joined()
        _ = try? Folder.makeWithParents(url.deletingLastPathComponent().path)
        try? DurableFile.write(Array(text.utf8), to: url.path, replacing: true)
    }

    private var lines: [String] {
        guard let bytes = try? DurableFile.read(url.path, maximumByteCount: 1 << 20) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// `device inode size seconds nanoseconds dataset path`
    private static func stamp(of file: URL, _ dataset: IDXDataset) -> String? {
        guard let version = FileVersion(of: file.path), !file.path.contains("\n") else { return nil }
        let facts = "\(version.device) \(version.inode) \(version.size)"
        let change = "\(version.changeSeconds) \(version.changeNanoseconds)"
        return "\(facts) \(change) \(dataset.name) \(file.path)"
    }
}
