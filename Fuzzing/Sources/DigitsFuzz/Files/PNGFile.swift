import DigitRecognition

/// PNG (ISO/IEC 15948), as far as it takes to write an image without compression, and to make a damaged file's checksums right again.
enum PNGFile {
    /// A file of an image of one channel or three.
    /// - Parameter orientation: How it is turned, in EXIF data.
    static func bytes(of image: Image, orientation: ImageOrientation) -> [UInt8] {
        let size = number(image.width) + number(image.height)
        let rowSize = image.width * image.channels
        var rows: [UInt8] = []
        for row in 0..<image.height {
            // No filter.
            rows.append(0)
            rows += image.pixels[row * rowSize..<(row + 1) * rowSize]
        }
        let exif = Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0]
        return signature + chunk("IHDR", size + [8, image.channels == 3 ? 2 : 0, 0, 0, 0])
            + chunk("eXIf", exif + [UInt8(orientation.rawValue), 0, 0, 0, 0, 0, 0, 0])
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// The same file with the checksum that each chunk should have, as far as there are whole chunks.
    static func withChecksums(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.starts(with: signature) else { return bytes }
        var result = bytes
        var place = signature.count
        while place + 12 <= result.count {
            let length = result[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= result.count - place - 12 else { break }
            let end = place + 8 + length
            result.replaceSubrange(end..<end + 4, with: number(Int(checksum(result[place + 4..<end]))))
            place = end + 4
        }
        return result
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static func number(_ number: Int) -> [UInt8] {
        NumberBytes(UInt64(number), width: 4, isBig: true).bytes
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return number(content.count) + body + number(Int(checksum(body[...])))
    }

    /// Blocks without compression (RFC 1951).
    static func blocks(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 65_535) {
            let block = bytes[start..<min(start + 65_535, bytes.count)]
            let length = NumberBytes(UInt64(block.count), width: 2, isBig: false).bytes
            result += [block.endIndex == bytes.count ? 1 : 0] + length + length.map { ~$0 } + block
        }
        return result
    }

    /// The same as a zlib stream (RFC 1950).
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return [0x78, 1] + blocks(bytes) + number(Int(high << 16 | low))
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? 0xEDB8_8320 ^ rest >> 1 : rest >> 1 }
    }

    /// CRC-32.
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(UInt32.max) { rest, byte in table[Int((rest ^ UInt32(byte)) & 255)] ^ rest >> 8 }
    }
}
