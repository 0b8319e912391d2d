/// A new file under a temporary name, open for appending; closed when it goes out of scope.
///
/// Made by `DurableFile.write(to:replacing:body:)`, which gives it the final name or removes it.
package struct TemporaryFile: ~Copyable {
    /// The temporary path, in the directory of the final one.
    let path: String
    /// The final path, which errors name.
    private let destination: String
    private let descriptor: Int32

    /// Creates an empty file of an unused name beside the destination.
    init(beside destination: String) throws(FileError) {
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
            return
        }
    }

    deinit {
        FileSystem.closeFile(descriptor)
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

    /// Flushes what was appended to the disk.
    borrowing func synchronize() throws(FileError) {
        try FileError.check(.synchronize, destination, FileSystem.synchronizeFile(descriptor))
    }
}
