internal import FoundationBasics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Keeps a folder for one download at a time, across tasks and processes. The system lifts it if the process dies.
final class FolderLock {
    private let descriptor: Int32

    /// Waits until the folder is free.
    /// - Throws: `DatasetError.unwritable`, or `CancellationError` where the task is cancelled while it waits.
    init(_ folder: URL) async throws {
        let path = folder.appendingPathComponent("download.lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw DatasetError.unwritable(file: path, reason: systemMessage(errno)) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw DatasetError.unwritable(file: path, reason: systemMessage(errno))
            }
            // Asked again and again rather than waited for, because a blocked thread cannot be cancelled.
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    deinit {
        close(descriptor)
    }
}
