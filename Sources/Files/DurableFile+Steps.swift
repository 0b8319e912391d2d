/// The single steps of a durable write, each a system call or two with its failure told.
extension DurableFile {
    /// Refuses a path that is a directory, a device or the like, or, unless replacing, that exists.
    package static func requireFree(_ path: String, replacing: Bool) throws(FileError) {
        guard let status = try? FileSystem.status(of: path, followsLinks: false) else {
            return
        }
        if status.isDirectory {
            throw FileError(path: path, operation: .rename, cause: .isDirectory)
        }
        // A link to a device means the device, and an open stream is no file, wherever it leads.
        let target = (try? FileSystem.status(of: path)) ?? status
        let isNoFile = !target.isRegular && !target.isDirectory && !target.isLink
        if isNoFile || FileSystem.descriptor(namedBy: path) != nil {
            throw FileError(path: path, operation: .rename, cause: .notRegular)
        }
        if !replacing {
            throw FileError(path: path, operation: .rename, cause: .exists)
        }
    }

    /// Renames a file in one step; without `replacing`, only to a name that is free.
    static func move(_ source: String, to path: String, replacing: Bool) throws(FileError) {
        if replacing {
            return try FileError.check(.rename, path, FileSystem.move(source, to: path))
        }
        do {
            try FileSystem.linkExclusively(source, to: path)
        } catch  where SystemError.withoutHardLinks.contains(error) {
            try FileError.check(.rename, path, FileSystem.reserveExclusively(source, to: path))
        } catch {
            throw FileError(path: path, operation: .rename, cause: error)
        }
    }

    /// Flushes the directory that holds a path, so that the new name survives a crash.
    static func synchronizeDirectory(of path: String) throws(FileError) {
        let descriptor = try FileError.check(
            .synchronize, path, FileSystem.openFile(directory(of: path), for: .directory))
        defer { FileSystem.closeFile(descriptor) }
        try FileError.check(.synchronize, path, FileSystem.synchronizeDirectory(descriptor))
    }

    /// The directory part of a path: `a/b` of `a/b/c`, `/` of `/c` and `.` of `c`.
    package static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return "."
        }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
