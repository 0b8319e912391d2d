internal import CZlibStreams
import NIOCore

/// Bytes in, compressed ones out.
final class DeflateStream {
    /// Low effort: a body is compressed once, and the processor is what is scarce.
    private static let level: Int32 = 1

    private let stream: UnsafeMutablePointer<z_stream>

    /// A stream; `nil` if zlib has no memory.
    init?(_ coding: ContentCoding) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let windowBits = coding == .gzip ? MAX_WBITS + 16 : MAX_WBITS
        guard zlib_deflate_init(stream, Self.level, windowBits) == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes bytes.
    ///
    /// - Returns: what can be sent already; often nothing.
    func compress(_ bytes: ByteBuffer) -> ByteBuffer {
        run(bytes, Z_NO_FLUSH)
    }

    /// Ends the stream.
    ///
    /// - Returns: what is left to send.
    func finish() -> ByteBuffer {
        run(ByteBuffer(), Z_FINISH)
    }

    private func run(_ bytes: ByteBuffer, _ flush: Int32) -> ByteBuffer {
        var input = bytes
        var output = ByteBuffer()
        input.withUnsafeMutableReadableBytes { input in
            stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(clamping: input.count)
            // An output that was filled means that there may be more.
            repeat {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: 16_384) { output in
                    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(clamping: output.count)
                    deflate(stream, flush)
                    return output.count - Int(stream.pointee.avail_out)
                }
            } while stream.pointee.avail_out == 0
        }
        return output
    }
}
