/// Writes whole files that can be made again, without waiting for the disk: a flush for each of many small ones takes minutes.
package enum NewFile {
    /// Writes a file that does not exist yet, or takes the place of one.
    /// - Parameters:
    ///   - path: The file's path; its directory must exist.
    ///   - replacing: Whether a file of that name is removed before.
    /// - Throws: `FileError` if it exists or cannot be written; what a failed write left is removed.
    package static func write(_ bytes: [UInt8], to path: String, replacing: Bool = false) throws(FileError) {
        if replacing { FileSystem.removeFile(path) }
        let descriptor = try FileError.check(.create, path, FileSystem.openFile(path, for: .creating))
        defer { FileSystem.closeFile(descriptor) }
        do {
            try bytes.withUnsafeBufferPointer { (buffer) throws(FileError) in
                try FileError.check(
                    .write, path, FileSystem.writeAll(UnsafeRawBufferPointer(buffer), to: descriptor))
            }
        } catch {
            FileSystem.removeFile(path)
            throw error
        }
    }
}
