/// A lock that one holder has at a time, across tasks and processes. The system lifts it if the process dies.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Waits until the lock is free.
    /// - Parameter path: The file that stands for the lock; it is made where it does not exist, and stays.
    /// - Throws: `FileError`, or `CancellationError` where the task is cancelled while it waits.
    package init(_ path: String) async throws {
        descriptor = try FileError.check(.create, path, FileSystem.openFile(path, for: .appending))
        while try !FileError.check(.create, path, FileSystem.lockFile(descriptor)) {
            // Asked again and again rather than waited for, because a blocked thread cannot be cancelled.
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    deinit {
        FileSystem.closeFile(descriptor)
    }
}
