import CZlibStreams
import NIOCore

/// Compresses and decompresses by zlib in one call each: the other side of what is tested.
enum Deflated {
    /// - Parameter windowBits: 31 for gzip, 15 for zlib's header, -15 for none.
    static func bytes(_ original: ByteBuffer, windowBits: Int32) -> ByteBuffer {
        run(original, capacity: original.readableBytes + 1000) { stream in
            guard zlib_deflate_init(&stream, 6, windowBits) == Z_OK else { return }
            deflate(&stream, Z_FINISH)
            deflateEnd(&stream)
        }
    }

    /// - Parameter windowBits: 47 for gzip or zlib's header.
    static func original(of bytes: ByteBuffer, windowBits: Int32 = 47) -> ByteBuffer {
        run(bytes, capacity: 20_000_000) { stream in
            guard zlib_inflate_init(&stream, windowBits) == Z_OK else { return }
            inflate(&stream, Z_FINISH)
            inflateEnd(&stream)
        }
    }

    private static func run(_ input: ByteBuffer, capacity: Int, _ body: (inout z_stream) -> Void)
        -> ByteBuffer
    {
        var input = Array(input.readableBytesView)
        var output = [UInt8](repeating: 0, count: capacity)
        var stream = z_stream()
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                body(&stream)
                return output.count - Int(stream.avail_out)
            }
        }
        return ByteBuffer(bytes: output[..<count])
    }
}
