internal import Imaging

/// What JPEG leaves of an image: blocks of 8×8 pixels whose frequencies are rounded, the finer ones more coarsely.
///
/// ITU-T Recommendation T.81 (1992), annexes A.3.3 and K.1; the scale of qualities is that of the Independent JPEG Group's library.
struct BlockCompression {
    private static let side = 8
    /// Steps for brightness and for colour, `[vertical frequency][horizontal frequency]`, at quality 50.
    private static let brightnessSteps: [Float] = [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ]
    private static let colorSteps: [Float] =
        [
            17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
            47, 66,
        ]
        + [Float](repeating: 99, count: 38)

    /// Row k: `c(k) / 2 · cos((2n + 1) k π / 16)`, c(0) = √½ and otherwise 1.
    private static let cosines: [Float] = {
        // cos(k π / 16) / 2 for k in 0...8, written out: libraries round cosines differently.
        let table: [Float] = [
            0.5, 0.490_392_64, 0.461_939_77, 0.415_734_8, 0.353_553_39, 0.277_785_12, 0.191_341_72,
            0.097_545_16, 0,
        ]
        return (0..<side * side).map { index in
            let (k, n) = (index / side, index % side)
            if k == 0 { return table[4] }
            let angle = (2 * n + 1) * k % 32
            let folded = angle > 16 ? 32 - angle : angle
            return folded > 8 ? -table[16 - folded] : table[folded]
        }
    }()

    private let brightness: [Float]
    private let color: [Float]

    /// - Parameter quality: 1 to 100.
    init(quality: Int) {
        let scale = Float(quality < 50 ? 5000 / max(quality, 1) : 200 - 2 * min(quality, 100)) / 100
        func scaled(_ steps: [Float]) -> [Float] { steps.map { max(1, ($0 * scale + 0.5).rounded(.down)) } }
        (brightness, color) = (scaled(Self.brightnessSteps), scaled(Self.colorSteps))
    }

    /// The image as it comes back from the file.
    func applied(to image: Image) -> Image {
        let (height, width) = (image.height, image.width)
        guard image.channels == 3 else {
            let plane = rounded(
                image.pixels.map { Float($0) - 128 }, height: height, width: width, steps: brightness)
            return Image(shape: image.shape, pixels: plane.map { Self.byte($0 + 128) })
        }
        // Brightness and two differences of colours (ITU-R BT.601), these at half the resolution.
        let count = height * width
        var (y, blue, red) = (
            [Float](repeating: 0, count: count), [Float](repeating: 0, count: count),
            [Float](repeating: 0, count: count)
        )
        for pixel in 0..<count {
            let (r, g, b) = (
                Float(image.pixels[3 * pixel]), Float(image.pixels[3 * pixel + 1]),
                Float(image.pixels[3 * pixel + 2])
            )
            y[pixel] = 0.299 * r + 0.587 * g + 0.114 * b - 128
            blue[pixel] = -0.168_736 * r - 0.331_264 * g + 0.5 * b
            red[pixel] = 0.5 * r - 0.418_688 * g - 0.081_312 * b
        }
        y = rounded(y, height: height, width: width, steps: brightness)
        (blue, red) = (halved(blue, height, width), halved(red, height, width))
        var bytes = [UInt8](repeating: 0, count: 3 * count)
        for pixel in 0..<count {
            let light = y[pixel] + 128
            bytes[3 * pixel] = Self.byte(light + 1.402 * red[pixel])
            bytes[3 * pixel + 1] = Self.byte(light - 0.344_136 * blue[pixel] - 0.714_136 * red[pixel])
            bytes[3 * pixel + 2] = Self.byte(light + 1.772 * blue[pixel])
        }
        return Image(shape: image.shape, pixels: bytes)
    }

    private static func byte(_ value: Float) -> UInt8 { UInt8(min(max(value, 0), 255) + 0.5) }

    /// A plane of colour, rounded at half its rows and columns.
    private func halved(_ plane: [Float], _ height: Int, _ width: Int) -> [Float] {
        let (rows, columns) = ((height + 1) / 2, (width + 1) / 2)
        var small = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                let (top, left) = (2 * row, 2 * column)
                let (bottom, right) = (min(top + 1, height - 1), min(left + 1, width - 1))
                small[row * columns + column] =
                    (plane[top * width + left] + plane[top * width + right] + plane[bottom * width + left]
                        + plane[bottom * width + right]) / 4
            }
        }
        small = rounded(small, height: rows, width: columns, steps: color)
        return (0..<height * width).map { small[$0 / width / 2 * columns + $0 % width / 2] }
    }

    /// The plane after its blocks' frequencies were rounded to multiples of the steps.
    private func rounded(_ plane: [Float], height: Int, width: Int, steps: [Float]) -> [Float] {
        let side = Self.side
        var result = plane
        var block = [Float](repeating: 0, count: side * side)
        var other = block
        for top in stride(from: 0, to: height, by: side) {
            for left in stride(from: 0, to: width, by: side) {
                for index in block.indices {
                    // Blocks at the edge go on with the outermost pixels.
                    let row = min(top + index / side, height - 1)
                    block[index] = plane[row * width + min(left + index % side, width - 1)]
                }
                // Each pass transforms the rows and turns the block over, so that the next one does the columns.
                Self.transform(&block, into: &other, forwards: true)
                Self.transform(&other, into: &block, forwards: true)
                for index in block.indices {
                    block[index] = (block[index] / steps[index]).rounded() * steps[index]
                }
                Self.transform(&block, into: &other, forwards: false)
                Self.transform(&other, into: &block, forwards: false)
                for row in 0..<min(side, height - top) {
                    for column in 0..<min(side, width - left) {
                        result[(top + row) * width + left + column] = block[row * side + column]
                    }
                }
            }
        }
        return result
    }

    /// Transforms each row of a block and writes it as a column: to frequencies, or back from them.
    private static func transform(_ block: inout [Float], into result: inout [Float], forwards: Bool) {
        cosines.withUnsafeBufferPointer { cosines in
            block.withUnsafeMutableBufferPointer { block in
                result.withUnsafeMutableBufferPointer { result in
                    for row in 0..<side {
                        for k in 0..<side {
                            var sum: Float = 0
                            for n in 0..<side {
                                sum += block[row * side + n] * cosines[forwards ? k * side + n : n * side + k]
                            }
                            result[k * side + row] = sum
                        }
                    }
                }
            }
        }
    }
}
