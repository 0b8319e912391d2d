/// A file that is still being written, under its name with `.part` added.
///
/// It takes its final name when it is complete and on the disk, so that this name never holds half a file. If the
/// writer stops, the part remains and can be continued.
package final class PartFile: Sendable {
    /// Where the bytes are until they are published.
    package let path: String
    private let destination: String
    private let descriptor: Int32

    /// Opens the part of `destination`, with what an earlier attempt left in it.
    package init(_ destination: String) throws(FileError) {
        self.destination = destination
        path = destination + ".part"
        descriptor = try FileError.check(.create, path, FileSystem.openFile(path, for: .appending))
    }

    deinit {
        FileSystem.closeFile(descriptor)
    }

    /// Bytes written so far.
    package var size: Int {
        get throws(FileError) { try FileError.check(.read, path, FileSystem.status(of: descriptor)).size }
    }

    /// Forgets all bytes.
    package func restart() throws(FileError) {
        try FileError.check(.write, path, FileSystem.truncateFile(descriptor))
    }

    /// Adds bytes at the end.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        try FileError.check(.write, path, FileSystem.writeAll(bytes, to: descriptor))
    }

    /// Gives the complete file its name, over an earlier one, after its bytes have reached the disk.
    package func publish() throws(FileError) {
        try DurableFile.commit(temporary: path, to: destination)
    }

    /// Deletes the part.
    package func discard() {
        FileSystem.removeFile(path)
    }
}
