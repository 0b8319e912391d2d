/// One image: a byte for each channel of each pixel, `[height][width][channels]`. Of grey ones 0 is background and 255 full ink,
/// as in MNIST.
public struct Image: Sendable, Hashable {
    /// Rows, columns and channels.
    public let shape: ImageShape
    /// The bytes, row by row: `shape.count` of them.
    public let pixels: [UInt8]

    /// Makes an image from its bytes.
    /// - Precondition: `pixels.count == shape.count`.
    public init(shape: ImageShape, pixels: [UInt8]) {
        precondition(
            pixels.count == shape.count, "An image of \(shape) has \(shape.count) bytes, not \(pixels.count)."
        )
        self.shape = shape
        self.pixels = pixels
    }

    /// Makes an image from its bytes.
    /// - Precondition: `pixels.count == height * width * channels`.
    public init(height: Int, width: Int, channels: Int = 1, pixels: [UInt8]) {
        self.init(shape: ImageShape(height: height, width: width, channels: channels), pixels: pixels)
    }

    /// Makes an image from bytes that come from outside, of a file or a request.
    /// - Throws: `ImageSizeError` unless `pixels.count == height * width * channels`, all above 0.
    public init(
        validating pixels: [UInt8], height: Int, width: Int, channels: Int = 1
    ) throws(ImageSizeError) {
        shape = try ImageShape(
            height: height, width: width, channels: channels, of: pixels.count, count: 1)
        self.pixels = pixels
    }

    /// Number of rows.
    public var height: Int { shape.height }
    /// Number of columns.
    public var width: Int { shape.width }
    /// Bytes of each pixel.
    public var channels: Int { shape.channels }

    /// The byte at a row and a column, of the first channel unless another is named.
    public subscript(row: Int, column: Int, channel: Int = 0) -> UInt8 {
        pixels[(row * width + column) * channels + channel]
    }
}

extension Image {
    /// The image with one channel, for whoever shows greys: the mean of all channels, rounded.
    package var grey: Image {
        if channels == 1 { return self }
        return Image(
            height: height, width: width,
            pixels: (0..<height * width).map { pixel in
                let sum = pixels[pixel * channels..<(pixel + 1) * channels].reduce(0) { $0 + Int($1) }
                return UInt8((2 * sum + channels) / (2 * channels))
            })
    }

    /// Light where it is dark: ink as dark strokes on white paper, for whoever looks at it.
    package var negative: Image { Image(shape: shape, pixels: pixels.map { 255 - $0 }) }

    /// An image of the same shape, whose bytes a function computes from these.
    func map(_ write: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>) -> Void) -> Image {
        Image(
            shape: shape,
            pixels: [UInt8](unsafeUninitializedCapacity: pixels.count) { buffer, count in
                let destination = UnsafeMutableBufferPointer(rebasing: buffer[..<pixels.count])
                pixels.withUnsafeBufferPointer { write($0, destination) }
                count = pixels.count
            })
    }
}
