/// Where a file says how many rows or columns it has.
struct SizeField {
    let place: Int
    /// Bytes.
    let width: Int
    let isBig: Bool

    /// The places in a file, by what it begins with; those of PNM are text.
    static func all(in bytes: [UInt8]) -> [SizeField] {
        if bytes.starts(with: [0x89, 0x50]) { return fields([16, 20], width: 4, isBig: true) }
        if bytes.starts(with: "BM".utf8) { return fields([18, 22], width: 4) }
        if bytes.starts(with: "GIF8".utf8) {
            // The screen's, and those of the first frame behind its mark.
            let frame = bytes.indices.dropFirst(13).first { bytes[$0] == 0x2C }
            return fields([6, 8] + (frame.map { [$0 + 5, $0 + 7] } ?? []), width: 2)
        }
        if bytes.starts(with: "RIFF".utf8) {
            return fields([24, 27, 21], width: 3) + fields([26, 28], width: 2)
        }
        if bytes.starts(with: [0xFF, 0xD8]) {
            // Behind a frame's mark (SOF) and length there are the bits, the rows, and the columns.
            let frames = bytes.indices.dropLast().filter {
                bytes[$0] == 0xFF && [0xC0, 0xC1, 0xC2].contains(bytes[$0 + 1])
            }
            return frames.flatMap { fields([$0 + 5, $0 + 7], width: 2, isBig: true) }
        }
        if bytes.starts(with: "II".utf8) || bytes.starts(with: "MM".utf8) { return tiff(bytes) }
        // The property of a HEIF image that has its size.
        let size = bytes.indices.dropLast(4).filter { bytes[$0...].starts(with: "ispe".utf8) }
        return size.flatMap { fields([$0 + 8, $0 + 12], width: 4, isBig: true) }
    }

    private static func fields(_ places: [Int], width: Int, isBig: Bool = false) -> [SizeField] {
        places.map { SizeField(place: $0, width: width, isBig: isBig) }
    }

    /// The entries of tags for the sizes of image, strips and tiles, wherever they are.
    private static func tiff(_ bytes: [UInt8]) -> [SizeField] {
        let isBig = bytes[0] == 0x4D
        let tags: [UInt8: [UInt8]] = [1: [0, 1, 22, 17, 23, 66, 67]]
        return bytes.indices.dropLast(12).filter { place in
            let (high, low) = isBig ? (place, place + 1) : (place + 1, place)
            return tags[bytes[high]]?.contains(bytes[low]) ?? false
        }.flatMap { fields([$0 + 8], width: 4, isBig: isBig) + fields([$0 + 4], width: 4, isBig: isBig) }
    }
}
