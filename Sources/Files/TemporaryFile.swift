#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A new file under a temporary name, open for appending; closed when it goes out of scope.
///
/// Made by `DurableFile.write(to:replacing:body:)`, which gives it the final name or removes it.
public struct TemporaryFile: ~Copyable {
    /// The temporary path, in the directory of the final one.
    let path: String
    /// The final path, which errors name.
    private let destination: String
    private let descriptor: Int32

    /// Creates an empty file of an unused name beside the destination.
    init(beside destination: String) throws(DurableFileError) {
        let directory = DurableFile.directory(of: destination)
        while true {
            // Not derived from the destination's name, which may already have the greatest length allowed.
            let path = "\(directory)/.unfinished-\(String(UInt64.random(in: .min ... .max), radix: 16))"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 {
                self.path = path
                self.destination = destination
                self.descriptor = descriptor
                return
            }
            guard errno == EEXIST || errno == EINTR else {
                throw DurableFileError(path: destination, operation: .create, errorNumber: errno)
            }
        }
    }

    deinit {
        close(descriptor)
    }

    /// Appends the bytes of a buffer.
    ///
    /// - Throws: `DurableFileError` if they cannot all be written, for instance when the disk is full.
    public borrowing func append(_ buffer: UnsafeRawBufferPointer) throws(DurableFileError) {
        var written = 0
        while written < buffer.count {
            // Linux transfers at most 2 GiB a call and Darwin refuses more.
            let count = min(buffer.count - written, 1 << 30)
            let step = write(descriptor, buffer.baseAddress! + written, count)
            if step >= 0 {
                written += step
            } else if errno != EINTR {
                throw DurableFileError(path: destination, operation: .write, errorNumber: errno)
            }
        }
    }

    /// Appends an array's bytes.
    ///
    /// - Throws: `DurableFileError` if they cannot all be written.
    public borrowing func append(_ bytes: [UInt8]) throws(DurableFileError) {
        var failure: DurableFileError?
        bytes.withUnsafeBytes { buffer in
            do throws(DurableFileError) {
                try append(buffer)
            } catch {
                failure = error
            }
        }
        if let failure {
            throw failure
        }
    }

    /// Flushes what was appended to the disk.
    borrowing func synchronize() throws(DurableFileError) {
        try DurableFile.synchronize(descriptor, path: destination)
    }
}
