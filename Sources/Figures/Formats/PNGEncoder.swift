internal import CZlib

/// Small pictures as PNG, to be put into SVG. (Large ones are drawn and written by Cairo.)
package enum PNGEncoder {
    /// The bytes of a PNG file: 8 bits a channel; grey where every pixel is.
    ///
    /// Source: Portable Network Graphics (PNG) Specification, third edition, W3C 2025, sections 5 and 11.
    package static func encode(_ pixels: Pixels) -> [UInt8] {
        let isGrey = pixels.colors.allSatisfy { $0.red == $0.green && $0.green == $0.blue }
        var lines: [UInt8] = []
        for row in 0..<pixels.height {
            // Filter 0: as it is.
            lines.append(0)
            for color in pixels.colors[row * pixels.width..<(row + 1) * pixels.width] {
                lines += isGrey ? [color.red] : [color.red, color.green, color.blue]
            }
        }
        let colorType: UInt8 = isGrey ? 0 : 2
        let head =
            bigEndian(UInt32(pixels.width)) + bigEndian(UInt32(pixels.height)) + [8, colorType, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", head) + chunk("IDAT", deflated(lines)) + chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
        let checked = Array(name.utf8) + contents
        let checksum = UInt32(truncatingIfNeeded: crc32(0, checked, UInt32(checked.count)))
        return bigEndian(UInt32(contents.count)) + checked + bigEndian(checksum)
    }

    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var count = compressBound(UInt(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(count))
        let status = compress2(&result, &count, bytes, UInt(bytes.count), Z_BEST_COMPRESSION)
        // The buffer is as large as zlib asked for, so that only a lack of memory is left.
        precondition(status == Z_OK, "zlib had no memory for \(bytes.count) bytes.")
        return Array(result.prefix(Int(count)))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
