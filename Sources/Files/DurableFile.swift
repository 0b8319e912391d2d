/// Writes whole files so that a crash, a full disk or a failed write leaves the old file or the new one.
///
/// The bytes go to a temporary name in the same directory, are flushed to the disk, and take the final name in
/// one step; then the directory is flushed too. A reader never sees part of a file.
///
/// Where the path is a symbolic link, the link itself is replaced. A new file has the permissions that the
/// process's file mode creation mask leaves of `rw-rw-rw-`.
package enum DurableFile {
    /// Writes a file that holds the given bytes.
    ///
    /// - Parameters:
    ///   - bytes: the contents of the file.
    ///   - path: the file's path; its directory must exist.
    ///   - replacing: whether a file of that name may be replaced. When false, an existing file is never
    ///     touched, even if it appears during the call.
    /// - Throws: `FileError` if any step fails; the temporary file is then removed.
    package static func write(
        _ bytes: [UInt8], to path: String, replacing: Bool
    ) throws(FileError) {
        try write(to: path, replacing: replacing) { (file) throws(FileError) in
            try file.append(bytes)
        }
    }

    /// Writes a file that holds the given buffers one after the other, without joining them in memory.
    ///
    /// - Parameters:
    ///   - buffers: the pieces of the file, in order; their memory must stay valid during the call.
    ///   - path: the file's path; its directory must exist.
    ///   - replacing: whether a file of that name may be replaced.
    /// - Throws: `FileError` if any step fails; the temporary file is then removed.
    package static func write(
        _ buffers: [UnsafeRawBufferPointer], to path: String, replacing: Bool
    ) throws(FileError) {
        try write(to: path, replacing: replacing) { (file) throws(FileError) in
            for buffer in buffers {
                try file.append(buffer)
            }
        }
    }

    /// Writes a file whose contents `body` appends piece by piece.
    ///
    /// - Parameters:
    ///   - path: the file's path; its directory must exist.
    ///   - replacing: whether a file of that name may be replaced.
    ///   - body: appends the contents to the temporary file.
    /// - Throws: `FileError` if any step fails or `body` throws; the temporary file is then removed.
    package static func write(
        to path: String, replacing: Bool,
        body: (borrowing TemporaryFile) throws(FileError) -> Void
    ) throws(FileError) {
        let file = try TemporaryFile(beside: path, replacing: replacing)
        try body(file)
        try file.commit()
    }

    /// Writes a file whose contents come bit by bit, as `write(to:replacing:body:)` does.
    ///
    /// - Parameters:
    ///   - path: the file's path; its directory must exist.
    ///   - replacing: whether a file of that name may be replaced.
    ///   - body: appends the contents to the temporary file.
    /// - Throws: `FileError` if any step fails, or what `body` throws; the temporary file is then removed.
    package static func stream(
        to path: String, replacing: Bool, body: (borrowing TemporaryFile) async throws -> Void
    ) async throws {
        let file = try TemporaryFile(beside: path, replacing: replacing)
        try await body(file)
        try file.commit()
    }

    /// Gives a finished temporary file its final name, durably.
    ///
    /// For somebody who streamed into a file of their own: flushes it to the disk, renames it and flushes the
    /// directory. Both paths must be on one file system. If a step fails, the temporary file stays, so that
    /// nothing that was streamed is lost.
    ///
    /// - Parameters:
    ///   - temporary: the path of the complete file; all of its descriptors' writes must have returned.
    ///   - path: the final path.
    ///   - replacing: whether a file of that name may be replaced.
    /// - Throws: `FileError` if any step fails.
    package static func commit(
        temporary: String, to path: String, replacing: Bool = true
    ) throws(FileError) {
        try requireFree(path, replacing: replacing)
        let descriptor = try FileError.check(
            .read, temporary, FileSystem.openFile(temporary, for: .reading))
        defer { FileSystem.closeFile(descriptor) }
        try FileError.check(.synchronize, path, FileSystem.synchronizeFile(descriptor))
        try move(temporary, to: path, replacing: replacing)
        try synchronizeDirectory(of: path)
    }
}

extension DurableFile {
    /// Reads a whole file into memory.
    ///
    /// - Parameters:
    ///   - path: a regular file's path.
    ///   - maximumByteCount: the size above which the file is refused before any memory is taken.
    /// - Returns: the file's bytes.
    /// - Throws: `FileError` if the file cannot be read, is a directory or is larger than the maximum.
    package static func read(
        _ path: String, maximumByteCount: Int
    ) throws(FileError) -> [UInt8] {
        let descriptor = try FileReader.open(path)
        defer { FileSystem.closeFile(descriptor) }
        let status = try FileError.check(.read, path, FileSystem.status(of: descriptor))
        guard status.size <= maximumByteCount else {
            throw FileError(path: path, operation: .read, cause: .tooLarge)
        }

        // A file that grows meanwhile is read up to the size that it had; one that shrinks gives fewer bytes.
        var outcome = Result<Void, FileError>.success(())
        let bytes = [UInt8](unsafeUninitializedCapacity: status.size) { buffer, count in
            do throws(FileError) {
                count = try FileError.check(
                    .read, path, FileSystem.fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor))
            } catch {
                outcome = .failure(error)
            }
        }
        try outcome.get()
        return bytes
    }
}
