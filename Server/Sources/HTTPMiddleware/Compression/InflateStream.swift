internal import CZlibStreams
package import NIOCore

/// Compressed bytes in, the original ones out, a bounded chunk at a time.
///
/// `deflate` is read in both ways in which clients write it: with zlib's header, as RFC 9110 wants it, and without. A gzip body
/// may consist of several members (RFC 1952, section 2.2).
package final class InflateStream {
    /// What can be wrong with a compressed body.
    package enum Fault: Error {
        /// Bytes that zlib does not understand, or that follow the end.
        case damaged
        /// zlib has no memory.
        case memory
    }

    /// How many bytes one call gives at most.
    package static let chunkSize = 65_536

    private enum State {
        case before
        case inside
        case after
    }

    private let coding: ContentCoding
    private let stream: UnsafeMutablePointer<z_stream>
    private var state = State.before
    private var input = ByteBuffer()
    /// Whether zlib filled the last output, so that it may have more without more input.
    private var isOutputFull = false

    /// A stream at the beginning of a body.
    package init(_ coding: ContentCoding) {
        self.coding = coding
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
    }

    deinit {
        if isOpen { inflateEnd(stream) }
        stream.deallocate()
    }

    /// Whether zlib has been opened.
    private var isOpen = false

    /// Whether the body may end here: at the end of what was compressed, or before any byte.
    package var isComplete: Bool {
        switch state {
        case .before: input.readableBytes == 0
        case .inside: false
        case .after: true
        }
    }

    /// More compressed bytes.
    package func append(_ bytes: ByteBuffer) {
        if input.readableBytes == 0 {
            input = bytes
        } else {
            var bytes = bytes
            input.writeBuffer(&bytes)
        }
    }

    /// The next original bytes.
    ///
    /// - Returns: 1 to ``chunkSize`` bytes; `nil` when more compressed bytes are needed.
    /// - Throws: ``Fault``.
    package func next() throws(Fault) -> ByteBuffer? {
        while input.readableBytes > 0 || isOutputFull {
            if state != .inside {
                guard try open() else { return nil }
            }
            var output = ByteBuffer()
            var status = Z_OK
            // zlib's pointers are valid inside these closures alone.
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.chunkSize) { output in
                input.readWithUnsafeMutableReadableBytes { input in
                    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_in = UInt32(clamping: input.count)
                    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(Self.chunkSize)
                    let given = Int(stream.pointee.avail_in)
                    status = inflate(stream, Z_NO_FLUSH)
                    return given - Int(stream.pointee.avail_in)
                }
                return Self.chunkSize - Int(stream.pointee.avail_out)
            }

            isOutputFull = status == Z_OK && stream.pointee.avail_out == 0
            switch status {
            case Z_STREAM_END: state = .after
            case Z_OK, Z_BUF_ERROR: break
            case Z_MEM_ERROR: throw .memory
            default: throw .damaged
            }
            if output.readableBytes > 0 { return output }
            if status == Z_BUF_ERROR { return nil }
        }
        return nil
    }

    /// Opens zlib for the bytes that come next.
    ///
    /// - Returns: `false` if there are too few to see what they are.
    private func open() throws(Fault) -> Bool {
        if state == .after {
            // Only gzip bodies may have another member.
            guard coding == .gzip else { throw .damaged }
            guard inflateReset(stream) == Z_OK else { throw .damaged }
            state = .inside
            return true
        }
        let windowBits: Int32
        switch coding {
        case .gzip: windowBits = MAX_WBITS + 16
        case .deflate:
            guard input.readableBytes >= 2 else { return false }
            windowBits = hasZlibHeader ? MAX_WBITS : -MAX_WBITS
        }
        guard zlib_inflate_init(stream, windowBits) == Z_OK else { throw .memory }
        isOpen = true
        state = .inside
        return true
    }

    /// Whether the first two bytes are a header of zlib: method 8, a window of at most 32 kB, a multiple of 31 (RFC 1950,
    /// section 2.2).
    private var hasZlibHeader: Bool {
        guard let header: UInt16 = input.getInteger(at: input.readerIndex) else { return false }
        return (header >> 8) & 0x0F == 8 && header >> 12 <= 7 && header % 31 == 0
    }
}
