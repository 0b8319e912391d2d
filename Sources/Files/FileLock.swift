/// A lock that one holder has at a time, across tasks and processes. The system lifts it if the process dies.
package final class FileLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Waits until the lock is free.
    /// - Parameter path: The file that stands for the lock; the holder makes it, and takes it away in the end.
    /// - Throws: `FileError`, or `CancellationError` where the task is cancelled while it waits.
    package init(_ path: String) async throws {
        self.path = path
        var locked: Int32?
        while locked == nil { locked = try await Self.lock(path) }
        descriptor = locked!
    }

    deinit {
        // Before the lock is lifted: behind it, the file might be the next holder's.
        FileSystem.removeFile(path)
        FileSystem.closeFile(descriptor)
    }

    /// Waits until nobody else has locked the file.
    /// - Returns: The locked file; nil where whoever held it has taken it away.
    private static func lock(_ path: String) async throws -> Int32? {
        let descriptor = try FileError.check(.create, path, FileSystem.openFile(path, for: .appending))
        do {
            while try !FileError.check(.create, path, FileSystem.lockFile(descriptor)) {
                // Asked again and again rather than waited for, because a blocked thread cannot be cancelled.
                try await Task.sleep(for: .milliseconds(50))
            }
            let version = try FileError.check(.create, path, FileSystem.status(of: descriptor)).version
            if let there = FileVersion(of: path), there.isSameFile(as: version) { return descriptor }
        } catch {
            FileSystem.closeFile(descriptor)
            throw error
        }
        FileSystem.closeFile(descriptor)
        return nil
    }
}
