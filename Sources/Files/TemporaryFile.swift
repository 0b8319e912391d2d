/// A new file under a temporary name, open for appending; gone when it goes out of scope before it has its final name.
///
/// Made by `DurableFile.write(to:replacing:body:)` and `stream`.
package struct TemporaryFile: ~Copyable {
    /// The temporary path, in the directory of the final one.
    private let path: String
    /// The final path, which errors name.
    private let destination: String
    private let isReplacing: Bool
    private let descriptor: Int32

    /// Creates an empty file of an unused name beside the destination.
    /// - Parameter replacing: Whether a file of the final name may be replaced.
    init(beside destination: String, replacing: Bool) throws(FileError) {
        // Before anything is written, so that the common mistakes cost nothing.
        try DurableFile.requireFree(destination, replacing: replacing)
        let directory = DurableFile.directory(of: destination)
        while true {
            // Not derived from the destination's name, which may already have the greatest length allowed.
            let path = "\(directory)/.unfinished-\(String(UInt64.random(in: .min ... .max), radix: 16))"
            do {
                descriptor = try FileSystem.openFile(path, for: .creating)
            } catch  where error == .exists {
                continue
            } catch {
                throw FileError(path: destination, operation: .create, cause: error)
            }
            self.path = path
            self.destination = destination
            isReplacing = replacing
            return
        }
    }

    deinit {
        FileSystem.closeFile(descriptor)
        // Nothing where it has its final name.
        FileSystem.removeFile(path)
    }

    /// Appends the bytes of a buffer.
    ///
    /// - Throws: `FileError` if they cannot all be written, for instance when the disk is full.
    package borrowing func append(_ buffer: UnsafeRawBufferPointer) throws(FileError) {
        try FileError.check(.write, destination, FileSystem.writeAll(buffer, to: descriptor))
    }

    /// Appends an array's bytes.
    ///
    /// - Throws: `FileError` if they cannot all be written.
    package borrowing func append(_ bytes: [UInt8]) throws(FileError) {
        try bytes.withUnsafeBufferPointer { (buffer) throws(FileError) in
            try append(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Flushes what was appended to the disk and gives the file its final name, durably.
    consuming func commit() throws(FileError) {
        try FileError.check(.synchronize, destination, FileSystem.synchronizeFile(descriptor))
        try DurableFile.move(path, to: destination, replacing: isReplacing)
        try DurableFile.synchronizeDirectory(of: destination)
    }
}
