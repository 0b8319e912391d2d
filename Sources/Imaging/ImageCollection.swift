/// Many images of one shape in one block of bytes, `[N][height][width][channels]`.
///
/// Images stay bytes (47 MB for MNIST's 60,000); they become floats a batch at a time.
public struct ImageCollection: RandomAccessCollection, Sendable, Equatable {
    /// Rows, columns and channels of each image.
    public let shape: ImageShape
    /// All pixels: image by image, row by row. A slice, so that cutting a validation split copies nothing.
    public let bytes: ArraySlice<UInt8>

    /// Makes a collection from `N * shape.count` bytes.
    /// - Precondition: `bytes.count` is a multiple of `shape.count`, which is positive.
    public init(shape: ImageShape, bytes: ArraySlice<UInt8>) {
        precondition(
            shape.count > 0 && bytes.count % shape.count == 0,
            "\(bytes.count) bytes are not a whole number of images of \(shape).")
        self.shape = shape
        self.bytes = bytes
    }

    /// Makes a collection from `N * height * width * channels` bytes.
    /// - Precondition: `bytes.count` is a multiple of `height * width * channels`, which is positive.
    public init(height: Int, width: Int, channels: Int = 1, bytes: ArraySlice<UInt8>) {
        self.init(shape: ImageShape(height: height, width: width, channels: channels), bytes: bytes)
    }

    /// Makes a collection from bytes that come from outside, of a file or a request.
    /// - Throws: `ImageSizeError` unless `bytes.count` is a multiple of `height * width * channels`, all above 0.
    public init(
        validating bytes: ArraySlice<UInt8>, height: Int, width: Int, channels: Int = 1
    ) throws(ImageSizeError) {
        shape = try ImageShape(
            height: height, width: width, channels: channels, of: bytes.count, count: nil)
        self.bytes = bytes
    }

    /// Rows of each image.
    public var height: Int { shape.height }
    /// Columns of each image.
    public var width: Int { shape.width }
    /// Bytes of each pixel.
    public var channels: Int { shape.channels }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of images.
    public var endIndex: Int { bytes.count / shape.count }

    /// The image at `index`, `0..<count`.
    public subscript(index: Int) -> Image {
        Image(shape: shape, pixels: Array(pixels(of: index)))
    }

    /// The bytes of the image at `index`, not copied.
    public func pixels(of index: Int) -> ArraySlice<UInt8> {
        precondition(indices.contains(index), "Index \(index) is outside 0..<\(count).")
        let start = bytes.startIndex + index * shape.count
        return bytes[start..<start + shape.count]
    }

    /// The images of a range, renumbered from 0; shares the bytes.
    public func subset(_ range: Range<Int>) -> ImageCollection {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "\(range) is outside 0..<\(count).")
        let start = bytes.startIndex
        return ImageCollection(
            shape: shape,
            bytes: bytes[start + range.lowerBound * shape.count..<start + range.upperBound * shape.count])
    }
}
