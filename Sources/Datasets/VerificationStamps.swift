internal import Files
internal import FoundationBasics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

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
    func vouch(for files: [URL], of dataset: DatasetDescription) -> Bool {
        let known = Set(lines)
        return files.allSatisfy { file in Self.stamp(of: file, dataset).map(known.contains) ?? false }
    }

    /// Remembers files that have just been verified. Where the cache cannot be written, they are verified again next time.
    func add(_ files: [URL], of dataset: DatasetDescription) {
        let stamps = files.compactMap { Self.stamp(of: $0, dataset) }
        let suffixes = files.map { " \(dataset.name) \($0.path)" }
        let kept = lines.filter { line in !suffixes.contains { line.hasSuffix($0) } }
            .suffix(Self.limit - stamps.count)
        let text = (kept + stamps).map { $0 + "\n" }.joined()
        try? FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? DurableFile.write(Array(text.utf8), to: url.path, replacing: true)
    }

    private var lines: [String] {
        guard let bytes = try? DurableFile.read(url.path, maximumByteCount: 1 << 20) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// `device inode size seconds nanoseconds dataset path`
    private static func stamp(of file: URL, _ dataset: DatasetDescription) -> String? {
        var status = stat()
        guard stat(file.path, &status) == 0, !file.path.contains("\n") else { return nil }
        #if canImport(Glibc)
            let changed = status.st_ctim
        #else
            let changed = status.st_ctimespec
        #endif
        return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(changed.tv_sec) \(changed.tv_nsec) "
            + "\(dataset.name) \(file.path)"
    }
}
