internal import CZlib

/// Pictures as PNG, to be put into SVG. (Whole drawings are drawn and written by Cairo.)
package enum PNGEncoder {
    /// Pictures with more pixels are photos, which become smaller by filters; drawings become larger.
    private static let largestUnfiltered = 1 << 14

    /// The bytes of a PNG file: 8 bits a channel; grey where every pixel is.
    ///
    /// Source: Portable Network Graphics (PNG) Specification, third edition, W3C 2025, sections 5, 9 and 11.
    package static func encode(_ pixels: Pixels) -> [UInt8] {
        let isGrey = pixels.colors.allSatisfy { $0.red == $0.green && $0.green == $0.blue }
        let channels = isGrey ? 1 : 3
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pixels.colors.count * channels)
        for color in pixels.colors {
            bytes.append(color.red)
            if !isGrey {
                bytes.append(color.green)
                bytes.append(color.blue)
            }
        }
        let isPhoto = pixels.colors.count > largestUnfiltered
        let lines = lines(of: bytes, length: pixels.width * channels, channels: channels, isFiltered: isPhoto)
        let colorType: UInt8 = isGrey ? 0 : 2
        let head =
            bigEndian(UInt32(pixels.width)) + bigEndian(UInt32(pixels.height)) + [8, colorType, 0, 0, 0]
        // A photo takes seconds at the best level, and becomes hardly smaller.
        let level = isPhoto ? Z_DEFAULT_COMPRESSION : Z_BEST_COMPRESSION
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", head) + chunk("IDAT", deflated(lines, level: level)) + chunk("IEND", [])
    }

    /// The rows, each behind the number of its filter: 0, as it is, or 4, the differences from what the neighbours promise.
    private static func lines(of bytes: [UInt8], length: Int, channels: Int, isFiltered: Bool) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(bytes.count + bytes.count / length)
        for start in stride(from: 0, to: bytes.count, by: length) {
            guard isFiltered else {
                lines.append(0)
                lines += bytes[start..<start + length]
                continue
            }
            lines.append(4)
            for place in start..<start + length {
                let isFirst = place - start < channels
                let left = isFirst ? 0 : Int(bytes[place - channels])
                let above = start == 0 ? 0 : Int(bytes[place - length])
                let corner = isFirst || start == 0 ? 0 : Int(bytes[place - length - channels])
                lines.append(bytes[place] &- UInt8(paeth(left: left, above: above, corner: corner)))
            }
        }
        return lines
    }

    /// The neighbour that is nearest to their plane.
    private static func paeth(left: Int, above: Int, corner: Int) -> Int {
        let (a, b, c) = (abs(above - corner), abs(left - corner), abs(left + above - 2 * corner))
        return a <= b && a <= c ? left : b <= c ? above : corner
    }

    private static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
        let checked = Array(name.utf8) + contents
        let checksum = UInt32(truncatingIfNeeded: crc32(0, checked, UInt32(checked.count)))
        return bigEndian(UInt32(contents.count)) + checked + bigEndian(checksum)
    }

    private static func deflated(_ bytes: [UInt8], level: Int32) -> [UInt8] {
        var count = compressBound(UInt(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(count))
        let status = compress2(&result, &count, bytes, UInt(bytes.count), level)
        // The buffer is as large as zlib asked for, so that only a lack of memory is left.
        precondition(status == Z_OK, "zlib had no memory for \(bytes.count) bytes.")
        return Array(result.prefix(Int(count)))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
