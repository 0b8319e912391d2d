import CZlib
import Testing

/// The pixels of a PNG file of 8 bits a channel, without interlacing: what this package writes.
struct PNGImage {
    let width: Int
    let height: Int
    private var pixels: [UInt8] = []
    private let channels: Int

    /// Parses a file, or fails the test.
    init(_ bytes: [UInt8]) throws {
        try #require(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        func number(at place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        width = number(at: 16)
        height = number(at: 20)
        try #require(bytes[24] == 8 && bytes[28] == 0)
        channels = try #require([0: 1, 2: 3, 6: 4][bytes[25]])

        var compressed: [UInt8] = []
        var place = 8
        while place < bytes.count {
            let length = number(at: place)
            let body = bytes[place + 4..<place + 8 + length]
            try #require(Int(crc32(0, Array(body), UInt32(body.count))) == number(at: place + 8 + length))
            if Array(body.prefix(4)) == Array("IDAT".utf8) { compressed += body.dropFirst(4) }
            place += length + 12
        }
        var lines = [UInt8](repeating: 0, count: height * (width * channels + 1))
        var count = UInt(lines.count)
        try #require(uncompress(&lines, &count, compressed, UInt(compressed.count)) == Z_OK)
        try #require(Int(count) == lines.count)
        try unfilter(lines)
    }

    /// Red, green and blue.
    func color(_ x: Int, _ y: Int) -> [UInt8] {
        let start = (y * width + x) * channels
        return channels == 1 ? Array(repeating: pixels[start], count: 3) : Array(pixels[start..<start + 3])
    }

    /// Undoes the filters of the specification's section 9.
    private mutating func unfilter(_ lines: [UInt8]) throws {
        let stride = width * channels
        for row in 0..<height {
            let filter = lines[row * (stride + 1)]
            for column in 0..<stride {
                let left = column >= channels ? Int(pixels[row * stride + column - channels]) : 0
                let above = row > 0 ? Int(pixels[(row - 1) * stride + column]) : 0
                let corner =
                    row > 0 && column >= channels ? Int(pixels[(row - 1) * stride + column - channels]) : 0
                let estimate = left + above - corner
                let distances = [left, above, corner].map { abs(estimate - $0) }
                let paeth =
                    distances[0] <= distances[1] && distances[0] <= distances[2]
                    ? left : distances[1] <= distances[2] ? above : corner
                let predicted = try #require(
                    [0: 0, 1: left, 2: above, 3: (left + above) / 2, 4: paeth][filter])
                pixels.append(lines[row * (stride + 1) + 1 + column] &+ UInt8(predicted))
            }
        }
    }
}
