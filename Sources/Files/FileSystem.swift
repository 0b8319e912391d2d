#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The operating system's calls about files, in Swift's types; nothing else in the package makes them.
///
/// A call that a signal interrupted is made again.
package enum FileSystem {
    /// What a file is opened for.
    enum Access {
        /// Reading what it holds.
        case reading
        /// Flushing a directory.
        case directory
        /// Writing a file that does not exist yet.
        case creating
        /// Adding bytes at the end of a file, which is made where there is none.
        case appending
    }

    /// Opens a file; the caller closes it.
    /// - Returns: The file's descriptor, which programs that this one starts do not get.
    static func openFile(_ path: String, for access: Access) throws(SystemError) -> Int32 {
        let (flags, mode): (Int32, mode_t) =
            switch access {
            // Of a pipe, opening alone may wait for ever.
            case .reading: (O_RDONLY | O_NONBLOCK, 0)
            case .directory: (O_RDONLY | O_DIRECTORY, 0)
            case .creating: (O_WRONLY | O_CREAT | O_EXCL, 0o666)
            case .appending: (O_RDWR | O_CREAT | O_APPEND, 0o644)
            }
        return try result { open(path, flags | O_CLOEXEC, mode) }
    }

    /// The most bytes that are asked of one call: Linux transfers at most 2 GiB and Darwin refuses more.
    private static let transferLimit = 1 << 30

    /// Another descriptor of the same open file, which programs that this one starts do not get; the caller closes it.
    static func duplicate(_ descriptor: Int32) throws(SystemError) -> Int32 {
        try result { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }
    }

    /// Closes a file.
    static func closeFile(_ descriptor: Int32) { close(descriptor) }

    /// Reads until a buffer is full or the file ends.
    /// - Parameter offset: Where to begin, without moving to there; nil where the last read ended.
    /// - Returns: The number of bytes read.
    static func fill(
        _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, at offset: Int? = nil
    ) throws(SystemError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let wanted = min(rest.count, transferLimit)
            let count = try result {
                if let offset {
                    pread(descriptor, rest.baseAddress, wanted, off_t(offset + filled))
                } else {
                    read(descriptor, rest.baseAddress, wanted)
                }
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Writes all bytes, however many calls that takes.
    package static func writeAll(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
    ) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            written += try result { write(descriptor, rest.baseAddress, min(rest.count, transferLimit)) }
        }
    }

    /// Forgets all bytes of a file that is open for writing.
    static func truncateFile(_ descriptor: Int32) throws(SystemError) {
        _ = try result { ftruncate(descriptor, 0) }
    }

    /// Flushes a file's bytes to the disk.
    static func synchronizeFile(_ descriptor: Int32) throws(SystemError) {
        #if canImport(Darwin)
            // On Darwin fsync leaves the bytes in the drive's cache.
            if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
        #endif
        _ = try result { fsync(descriptor) }
    }

    /// Flushes a directory, so that the names in it survive a crash.
    static func synchronizeDirectory(_ descriptor: Int32) throws(SystemError) {
        do {
            _ = try result { fsync(descriptor) }
        } catch  where error == .invalid {
            // Some file systems cannot flush a directory and say so; they order names themselves.
        }
    }

    /// Takes the lock of a file, which the system lifts when the file is closed or the process ends.
    /// - Returns: False where somebody else holds it.
    static func lockFile(_ descriptor: Int32) throws(SystemError) -> Bool {
        do {
            _ = try result { flock(descriptor, LOCK_EX | LOCK_NB) }
            return true
        } catch  where error == .wouldBlock {
            return false
        }
    }
}

// MARK: - Names

extension FileSystem {
    /// Whether there is something at a path.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Removes a file, if it can be.
    package static func removeFile(_ path: String) { unlink(path) }

    /// Removes an empty directory, if it can be.
    package static func removeDirectory(_ path: String) { rmdir(path) }

    /// Makes a directory.
    static func makeDirectory(_ path: String) throws(SystemError) {
        _ = try result { mkdir(path, 0o777) }
    }

    /// Refuses a directory in which this process may not make files.
    static func requireWritable(directory: String) throws(SystemError) {
        _ = try result { access(directory, W_OK | X_OK) }
    }

    /// The names in a directory, in no order.
    static func names(in directory: String) throws(SystemError) -> [String] {
        guard let stream = opendir(directory) else { throw .last }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Gives a file another name, in place of a file that has it.
    static func move(_ source: String, to path: String) throws(SystemError) {
        _ = try result { rename(source, path) }
    }

    /// Renames a file to a name that is free, by a second link and the removal of the first.
    /// - Throws: `SystemError.exists` where the name is taken.
    package static func linkExclusively(_ source: String, to path: String) throws(SystemError) {
        _ = try result { link(source, path) }
        _ = try result { unlink(source) }
    }

    /// Renames a file to a name that is free, by first taking the name with an empty file.
    ///
    /// For file systems without hard links, such as FAT. A crash between the two calls leaves the empty file.
    /// - Throws: `SystemError.exists` where the name is taken.
    package static func reserveExclusively(_ source: String, to path: String) throws(SystemError) {
        closeFile(try openFile(path, for: .creating))
        do {
            try move(source, to: path)
        } catch {
            removeFile(path)
            throw error
        }
    }
}

// MARK: - What is known of a file

extension FileSystem {
    /// What the system knows of a file without reading it.
    struct Status {
        /// Whether it is a file of bytes, no directory, device or the like.
        let isRegular: Bool
        let isDirectory: Bool
        let isPipe: Bool
        /// Whether it is a symbolic link that was not followed.
        let isLink: Bool
        let version: FileVersion

        /// In bytes.
        var size: Int { version.size }

        fileprivate init(_ status: stat) {
            #if canImport(Darwin)
                let changed = status.st_ctimespec
            #else
                let changed = status.st_ctim
            #endif
            isRegular = status.st_mode & S_IFMT == S_IFREG
            isDirectory = status.st_mode & S_IFMT == S_IFDIR
            isPipe = status.st_mode & S_IFMT == S_IFIFO
            isLink = status.st_mode & S_IFMT == S_IFLNK
            version = FileVersion(
                device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino),
                size: Int(status.st_size), changeSeconds: changed.tv_sec, changeNanoseconds: changed.tv_nsec)
        }
    }

    /// The status of an open file.
    static func status(of descriptor: Int32) throws(SystemError) -> Status {
        var status = stat()
        _ = try result { fstat(descriptor, &status) }
        return Status(status)
    }

    /// The status of what is at a path.
    /// - Parameter followsLinks: Whether a symbolic link stands for what it leads to.
    static func status(of path: String, followsLinks: Bool = true) throws(SystemError) -> Status {
        var status = stat()
        _ = try result { followsLinks ? stat(path, &status) : lstat(path, &status) }
        return Status(status)
    }
}

// MARK: - Errors

/// Why the operating system refused a call.
package struct SystemError: Error, Hashable, Sendable {
    /// The system's error number (`errno`).
    package let number: Int32

    /// Creates an error from the system's number.
    package init(number: Int32) { self.number = number }

    /// What the system calls it, as `No such file or directory`.
    package var message: String { String(cString: strerror(number)) }

    /// The name is taken.
    package static let exists = SystemError(number: EEXIST)
    /// Nobody reads from the pipe any more.
    package static let brokenPipe = SystemError(number: EPIPE)
    static let invalid = SystemError(number: EINVAL)
    package static let isDirectory = SystemError(number: EISDIR)
    package static let notDirectory = SystemError(number: ENOTDIR)
    package static let notEmpty = SystemError(number: ENOTEMPTY)
    /// What systems say of devices and sockets, and of no file of bytes.
    static let notRegular = SystemError(number: ENXIO)
    static let tooLarge = SystemError(number: EFBIG)
    static let wouldBlock = SystemError(number: EWOULDBLOCK)

    /// What file systems without hard links say when they are asked for one.
    static let withoutHardLinks = [EPERM, ENOTSUP, ENOSYS].map(SystemError.init(number:))

    /// What the system said of the last call that failed.
    fileprivate static var last: SystemError { SystemError(number: errno) }
}

extension FileError.Reason {
    /// The reason that an error number of the system tells.
    init(errorNumber: Int32) {
        self =
            switch errorNumber {
            case EEXIST: .alreadyExists
            case EISDIR: .isDirectory
            case ENOENT: .notFound
            case ENOTDIR: .notDirectory
            case ENOTEMPTY: .notEmpty
            case ENXIO: .notRegular
            case EACCES, EPERM: .notPermitted
            case EROFS: .readOnly
            case ENOSPC, EDQUOT: .full
            case EFBIG: .tooLarge
            default: .other
            }
    }
}

/// The result of a system call, which says by a negative number that it failed.
private func result<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        guard errno == EINTR else { throw .last }
    }
}
