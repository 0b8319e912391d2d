/// What is at a path; a symbolic link stands for what it leads to.
package enum FileKind: Sendable, Hashable {
    /// A file of bytes.
    case file
    /// A directory.
    case folder
    /// A pipe that this process has open already, such as `/dev/stdin` and what a shell puts in place of `<(…)`.
    case openPipe
    /// Another pipe, a device or a socket, of which reading may wait for ever.
    case other

    /// Asks the system.
    /// - Throws: `FileError` where there is nothing, or nothing that may be seen.
    package init(of path: String) throws(FileError) {
        let status = try FileError.check(.read, path, FileSystem.status(of: path))
        let isOpenPipe = status.isPipe && FileSystem.descriptor(namedBy: path) != nil
        self = status.isRegular ? .file : status.isDirectory ? .folder : isOpenPipe ? .openPipe : .other
    }

    /// Whether there is a directory at a path.
    /// - Parameter followsLinks: Whether a symbolic link stands for what it leads to.
    package static func isFolder(_ path: String, followsLinks: Bool = true) -> Bool {
        (try? FileSystem.status(of: path, followsLinks: followsLinks))?.isDirectory ?? false
    }
}
