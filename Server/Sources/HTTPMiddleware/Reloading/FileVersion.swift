#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells whether a file is still the same without reading it.
package struct FileVersion: Equatable, Sendable {
    private let device: UInt64
    /// Which file of its system it is: one that takes another's name has another number.
    private let number: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// The version of a file now; `nil` if there is none, or something that is no file, such as a folder.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Glibc)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        #else
            seconds = status.st_mtimespec.tv_sec
            nanoseconds = status.st_mtimespec.tv_nsec
        #endif
    }
}
