/// Reads a file's bytes in order.
package final class FileReader {
    /// The file's path, for messages.
    package let path: String
    private let descriptor: Int32

    /// Opens a file of bytes.
    /// - Throws: `FileError` where it cannot be opened or is a directory, a device or a pipe, of which reading may wait for ever.
    package init(_ path: String) throws(FileError) {
        self.path = path
        descriptor = try Self.open(path)
    }

    /// Opens a file of bytes; the caller closes it.
    static func open(_ path: String) throws(FileError) -> Int32 {
        let descriptor = try FileError.check(.read, path, FileSystem.openFile(path, for: .reading))
        do throws(FileError) {
            let status = try FileError.check(.read, path, FileSystem.status(of: descriptor))
            guard status.isRegular else {
                throw FileError(
                    path: path, operation: .read, cause: status.isDirectory ? .isDirectory : .notRegular)
            }
            return descriptor
        } catch {
            FileSystem.closeFile(descriptor)
            throw error
        }
    }

    /// Reads what another program or the shell gives this process, which closes it.
    package static func standardInput() -> FileReader { FileReader("standard input", descriptor: 0) }

    /// Reads what comes out of a pipe that this process has open (`FileKind.openPipe`). Opening it once more might wait for ever.
    package convenience init(openPipe path: String) throws(FileError) {
        guard let descriptor = FileSystem.descriptor(namedBy: path) else {
            throw FileError(path: path, operation: .read, cause: .invalid)
        }
        self.init(path, descriptor: try FileError.check(.read, path, FileSystem.duplicate(descriptor)))
    }

    private init(_ path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        FileSystem.closeFile(descriptor)
    }

    /// Fills as much of `buffer` as the file still holds.
    /// - Returns: The number of bytes read; less than the buffer's size only at the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        try FileError.check(.read, path, FileSystem.fill(buffer, from: descriptor))
    }

    /// The file's first bytes, at most `count`; what is read next stays the same.
    package func peek(_ count: Int) throws(FileError) -> [UInt8] {
        var start = [UInt8](repeating: 0, count: count)
        let filled = try start.withUnsafeMutableBufferPointer { buffer throws(FileError) in
            try FileError.check(
                .read, path,
                FileSystem.fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor, at: 0))
        }
        return Array(start.prefix(filled))
    }

    /// The bytes that are left.
    /// - Parameter maximumByteCount: More are refused as soon as so many have been read.
    package func readToEnd(maximumByteCount: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
        defer { chunk.deallocate() }
        while true {
            let count = try read(into: chunk)
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
            if bytes.count > maximumByteCount {
                throw FileError(path: path, operation: .read, cause: .tooLarge)
            }
            if count < chunk.count { return bytes }
        }
    }
}
