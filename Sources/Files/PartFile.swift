internal import Files
internal import FoundationBasics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file that is still being written, under its name with `.part` added.
///
/// It takes its final name when it is complete and on the disk, so that this name never holds half a file. If the
/// writer stops, the part remains and can be continued.
final class PartFile: Sendable {
    /// Where the bytes are until they are published.
    let url: URL
    private let destination: URL
    private let descriptor: Int32

    /// Opens the part of `destination`, with what an earlier attempt left in it.
    init(_ destination: URL) throws(DatasetError) {
        self.destination = destination
        url = destination.appendingPathExtension("part")
        descriptor = open(url.path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(file: url.path, reason: systemMessage(errno)) }
    }

    deinit {
        close(descriptor)
    }

    /// Bytes written so far.
    var size: Int {
        Int(max(0, lseek(descriptor, 0, SEEK_END)))
    }

    /// Forgets all bytes.
    func restart() throws(DatasetError) {
        guard ftruncate(descriptor, 0) == 0 else { throw lastFault() }
    }

    /// Adds bytes at the end.
    func append(_ bytes: UnsafeRawBufferPointer) throws(DatasetError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = write(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno != EINTR {
                throw lastFault()
            }
        }
    }

    /// Gives the complete file its name, over an earlier one, after its bytes have reached the disk.
    func publish() throws(DatasetError) {
        do {
            try DurableFile.commit(temporary: url.path, to: destination.path)
        } catch {
            throw .unwritable(file: destination.path, reason: systemMessage(error.errorNumber))
        }
    }

    /// Deletes the part.
    func discard() {
        unlink(url.path)
    }

    private func lastFault() -> DatasetError {
        .unwritable(file: url.path, reason: systemMessage(errno))
    }
}
