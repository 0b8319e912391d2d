/// Compressed bodies (RFC 1950 to 1952), written by hand so that anything can be wrong with them.
enum CompressedBytes {
    /// A whole gzip file in blocks without compression.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        head + PNGFile.blocks(bytes)
            + NumberBytes(UInt64(PNGFile.checksum(bytes[...])), width: 4, isBig: false).bytes
            + NumberBytes(UInt64(bytes.count), width: 4, isBig: false).bytes
    }

    /// The same with zlib's header.
    static func zlib(_ bytes: [UInt8]) -> [UInt8] { PNGFile.stored(bytes) }

    /// A gzip file of zeros, 258 for each copy. Its checksum is wrong: whoever gets so far has taken all of them.
    static func bomb(copies: Int) -> [UInt8] { head + repetitions(copies) + [UInt8](repeating: 0, count: 8) }

    private static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// A zero and copies of 258 bytes of what stands before, in one block with fixed codes.
    private static func repetitions(_ copies: Int) -> [UInt8] {
        var (bytes, rest, width): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        /// Bits, the first of them lowest.
        func append(_ bits: UInt32, _ count: UInt32) {
            rest |= bits << width
            width += count
            while width >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: rest))
                (rest, width) = (rest >> 8, width - 8)
            }
        }
        append(0b011, 3)
        // Huffman's codes begin with their highest bit: 00110000 is the literal 0, 11000101 the length 258, 00000 the distance 1.
        append(0b0000_1100, 8)
        for _ in 0..<copies {
            append(0b1010_0011, 8)
            append(0, 5)
        }
        append(0, 7)
        append(0, 7)
        return bytes
    }
}
