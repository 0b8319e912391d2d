/// Bytes from outside that are no image, or no whole number of images, of the size that they should have.
public struct ImageSizeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Bytes that there are.
    public let byteCount: Int
    /// Rows of an image.
    public let height: Int
    /// Columns of an image.
    public let width: Int
    /// Bytes of each pixel.
    public let channels: Int

    /// What there is, what was expected, what to do.
    public var description: String {
        "\(byteCount) bytes are no images of \(height)×\(width)×\(channels); "
            + "give one byte for each channel of each pixel, row by row."
    }
}

extension ImageShape {
    /// The shape of one image among bytes that come from outside.
    /// - Parameter count: How many images the bytes are; nil for any number.
    /// - Throws: `ImageSizeError` if a length is below 1, or the bytes are not as many images.
    init(
        height: Int, width: Int, channels: Int, of byteCount: Int, count: Int?
    ) throws(ImageSizeError) {
        let error = ImageSizeError(
            byteCount: byteCount, height: height, width: width, channels: channels)
        guard height > 0, width > 0, channels > 0 else { throw error }
        // Divided, because a product of lengths from outside may overflow.
        let pixels = byteCount / height / width
        let images = pixels / channels
        guard images * channels * width * height == byteCount, count.map({ $0 == images }) ?? true else {
            throw error
        }
        self.init(height: height, width: width, channels: channels)
    }
}
