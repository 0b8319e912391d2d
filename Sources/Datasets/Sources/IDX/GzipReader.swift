internal import CZlib
internal import Files

/// Decompresses a gzip archive (RFC 1952) piece by piece, through the system's zlib.
///
/// It writes only into the buffers that it is given, so an archive that expands without end costs no memory. The
/// archive's checksum and length are checked when its last byte has been read.
final class GzipReader {
    /// Compressed bytes taken from the file at a time.
    private static let inputSize = 128 << 10

    private let file: FileReader
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: inputSize, alignment: 16)
    // On the heap because zlib remembers the address.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var state = State.betweenMembers

    private enum State {
        /// Before the first member, or after one ended: another may follow.
        case betweenMembers
        case insideMember
        case ended
    }

    /// Reads the archive that `file` is.
    init(_ file: FileReader) {
        self.file = file
        stream.initialize(to: z_stream())
        // 15: the largest window; 16 more: gzip's frame rather than zlib's.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not start: out of memory, or built for another version.")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// Fills as much of `buffer` as the archive still holds.
    /// - Returns: The number of bytes written; less than the buffer's size only at the end of the archive.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        precondition(
            buffer.count <= Int(UInt32.max), "zlib fills at most 4 GiB at a time, not \(buffer.count) bytes.")
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(buffer.count)
        while stream.pointee.avail_out > 0, state != .ended {
            if stream.pointee.avail_in == 0 {
                supply(try DatasetError.check(file.read(into: input)))
            }
            switch (state, stream.pointee.avail_in) {
            case (.insideMember, 0):
                throw .gzipTruncated(file: file.path)
            case (_, 0):
                state = .ended
            case (.betweenMembers, _):
                try beginMember()
            default:
                try inflateSome()
            }
        }
        return buffer.count - Int(stream.pointee.avail_out)
    }

    private func supply(_ count: Int) {
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
    }

    private func beginMember() throws(DatasetError) {
        guard stream.pointee.next_in.pointee == Self.signature[0] else {
            throw .gzipTrailingBytes(file: file.path)
        }
        inflateReset(stream)
        state = .insideMember
    }

    private func inflateSome() throws(DatasetError) {
        switch inflate(stream, Z_NO_FLUSH) {
        case Z_OK, Z_BUF_ERROR:
            break
        case Z_STREAM_END:
            state = .betweenMembers
        default:
            let message = stream.pointee.msg.map { String(cString: $0) } ?? "unknown fault"
            // zlib tells a wrong CRC-32 and a wrong length apart from damage by these words alone.
            if message == "incorrect data check" || message == "incorrect length check" {
                throw .gzipChecksum(file: file.path)
            }
            throw .gzipDamaged(file: file.path, detail: message)
        }
    }
}

extension GzipReader {
    /// The two bytes with which every gzip archive begins.
    static let signature: [UInt8] = [0x1f, 0x8b]
}
