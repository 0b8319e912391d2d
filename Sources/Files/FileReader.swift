internal import FoundationBasics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Reads a file's bytes in order.
final class FileReader {
    /// The file's path, for messages.
    let path: String
    private let descriptor: Int32

    init(_ url: URL) throws(DatasetError) {
        path = url.path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(file: path, reason: systemMessage(errno)) }
    }

    deinit {
        close(descriptor)
    }

    /// Fills as much of `buffer` as the file still holds.
    /// - Returns: The number of bytes read; less than the buffer's size only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        try fill(buffer) { systemRead(descriptor, $0, $1) }
    }

    /// The file's first bytes, at most `count`; what is read next stays the same.
    func peek(_ count: Int) throws(DatasetError) -> [UInt8] {
        var start = [UInt8](repeating: 0, count: count)
        var offset: off_t = 0
        let filled = try start.withUnsafeMutableBufferPointer { buffer throws(DatasetError) in
            try fill(UnsafeMutableRawBufferPointer(buffer)) { address, size in
                let got = pread(descriptor, address, size, offset)
                offset += off_t(max(got, 0))
                return got
            }
        }
        return Array(start.prefix(filled))
    }

    private func fill(
        _ buffer: UnsafeMutableRawBufferPointer, by readSome: (UnsafeMutableRawPointer?, Int) -> Int
    ) throws(DatasetError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = readSome(rest.baseAddress, rest.count)
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else if errno != EINTR {
                throw .unreadable(file: path, reason: systemMessage(errno))
            }
        }
        return filled
    }
}

private func systemRead(_ descriptor: Int32, _ address: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, address, count)
}

/// What the system calls an error, as `No such file or directory`.
func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
}

/// What the system said where one of Foundation's errors came from it.
func systemMessage(_ error: any Error) -> String {
    let cause = (error as? CocoaError)?.underlying as? POSIXError
    return cause.map { systemMessage($0.code.rawValue) } ?? "\(error)"
}
