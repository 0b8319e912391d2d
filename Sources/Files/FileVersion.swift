/// What tells whether a file is still the same and unchanged, without reading it.
package struct FileVersion: Hashable, Sendable {
    /// The number of the file system that holds the file.
    package let device: UInt64
    /// The file's number on it.
    package let inode: UInt64
    /// In bytes.
    package let size: Int
    /// The time of the last change of contents, name or permissions: seconds since 1970 and the nanoseconds after them.
    package let changeSeconds: Int
    package let changeNanoseconds: Int

    /// Whether both are of one file, changed in between or not.
    func isSameFile(as other: FileVersion) -> Bool { device == other.device && inode == other.inode }
}

extension FileVersion {
    /// The version of the file at a path; nil where there is none.
    package init?(of path: String) {
        guard let status = try? FileSystem.status(of: path) else { return nil }
        self = status.version
    }
}
