import DigitRecognition
import Foundation

/// Picture files that tests write.
enum DrawnPictures {
    /// Digits as a pen writes them on white paper, each a picture of 56×56, with their labels.
    static func digits(_ count: Int) async throws -> [(bytes: [UInt8], label: Int)] {
        let drawn = try await SyntheticSource().load(.test, first: count, progress: nil).images
        return (0..<count).map { (pgm(drawn.images[$0], scale: 2), drawn.labels[$0]) }
    }

    /// White paper.
    static let blank = pgm(rows: 40, columns: 60) { _, _ in 255 }

    /// Anything with ink: a bar in the middle.
    static let bar = pgm(rows: 40, columns: 40) { row, column in
        (8..<32).contains(row) && (18..<22).contains(column) ? 20 : 240
    }

    /// A dark ring like a zero on white paper.
    static let ring = pgm(rows: 60, columns: 80) { row, column in
        let (y, x) = (Double(row) - 29.5, Double(column) - 39.5)
        let outer = y * y / 225 + x * x / 110
        let inner = y * y / 121 + x * x / 42
        return outer <= 1 && inner >= 1 ? 30 : 235
    }

    /// A grey picture (PGM).
    static func pgm(rows: Int, columns: Int, _ value: (_ row: Int, _ column: Int) -> UInt8) -> [UInt8] {
        Array("P5 \(columns) \(rows) 255\n".utf8)
            + (0..<rows * columns).map { value($0 / columns, $0 % columns) }
    }

    /// Whether this machine has the library that reads TIFF files.
    static let tiffCanBeRead = (try? ImageDecoder().decode(tiff(pages: 1))) != nil

    /// A TIFF file with `bar` on each page.
    /// - Parameter larger: Pages, from 1, that say that they have 400×400 pixels, which are not there.
    static func tiff(pages: Int, larger: Set<Int> = []) -> [UInt8] {
        let side = 40
        let pixels = Array(bar.suffix(side * side))
        func bytes(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        // TIFF 6.0, section 2: little endian, the pixels behind the header, then a directory for each page.
        let directory = 8 + pixels.count
        var file = [0x49, 0x49] + bytes(42, 2) + bytes(directory, 4) + pixels
        for page in 1...pages {
            let side = larger.contains(page) ? 10 * side : side
            let entries: [(tag: Int, value: Int)] = [
                (256, side), (257, side), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, side),
                (279, pixels.count),
            ]
            file += bytes(entries.count, 2)
            for entry in entries {
                // One number of the type LONG.
                file += bytes(entry.tag, 2) + bytes(4, 2) + bytes(1, 4) + bytes(entry.value, 4)
            }
            file += bytes(page == pages ? 0 : file.count + 4, 4)
        }
        return file
    }

    /// An image of light ink as one of dark ink, larger.
    private static func pgm(_ image: Image, scale: Int) -> [UInt8] {
        pgm(rows: image.height * scale, columns: image.width * scale) { row, column in
            255 - image[row / scale, column / scale]
        }
    }
}
