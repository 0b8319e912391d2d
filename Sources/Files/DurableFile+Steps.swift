#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The single steps of a durable write, each a system call or two with its failure told.
extension DurableFile {
    /// Refuses a path that is a directory or, unless replacing, that exists.
    static func requireFree(_ path: String, replacing: Bool) throws(DurableFileError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            return
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw DurableFileError(path: path, operation: .rename, errorNumber: EISDIR)
        }
        if !replacing {
            throw DurableFileError(path: path, operation: .rename, errorNumber: EEXIST)
        }
    }

    /// Renames a file in one step; without `replacing`, only to a name that is free.
    static func move(
        _ source: String, to path: String, replacing: Bool
    ) throws(DurableFileError) {
        if replacing {
            guard rename(source, path) == 0 else {
                throw DurableFileError(path: path, operation: .rename, errorNumber: errno)
            }
            return
        }
        var failure = linkExclusively(source, to: path)
        if [EPERM, ENOTSUP, ENOSYS].contains(failure) {
            failure = reserveExclusively(source, to: path)
        }
        guard failure == 0 else {
            throw DurableFileError(path: path, operation: .rename, errorNumber: failure)
        }
    }

    /// Renames a file to a name that is free, by a second link and the removal of the first.
    ///
    /// - Returns: 0, or the error number; `EEXIST` when the name is taken.
    package static func linkExclusively(_ source: String, to path: String) -> Int32 {
        guard link(source, path) == 0 else {
            return errno
        }
        return unlink(source) == 0 ? 0 : errno
    }

    /// Renames a file to a name that is free, by first taking the name with an empty file.
    ///
    /// For file systems without hard links, such as FAT. A crash between the two calls leaves the empty file.
    ///
    /// - Returns: 0, or the error number; `EEXIST` when the name is taken.
    package static func reserveExclusively(_ source: String, to path: String) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            return errno
        }
        close(descriptor)
        guard rename(source, path) == 0 else {
            let failure = errno
            unlink(path)
            return failure
        }
        return 0
    }

    /// Flushes a file's bytes to the disk.
    static func synchronize(_ descriptor: Int32, path: String) throws(DurableFileError) {
        #if canImport(Darwin)
            // On Darwin fsync leaves the bytes in the drive's cache.
            if fcntl(descriptor, F_FULLFSYNC) == 0 {
                return
            }
        #endif
        guard fsync(descriptor) == 0 else {
            throw DurableFileError(path: path, operation: .synchronize, errorNumber: errno)
        }
    }

    /// Flushes the directory that holds a path, so that the new name survives a crash.
    static func synchronizeDirectory(of path: String) throws(DurableFileError) {
        let descriptor = open(directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw DurableFileError(path: path, operation: .synchronize, errorNumber: errno)
        }
        defer { close(descriptor) }
        // Some file systems cannot flush a directory and say so with EINVAL; they order names themselves.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw DurableFileError(path: path, operation: .synchronize, errorNumber: errno)
        }
    }

    /// The directory part of a path: `a/b` of `a/b/c`, `/` of `/c` and `.` of `c`.
    package static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return "."
        }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
