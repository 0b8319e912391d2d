/// Many pictures of one size in one block of bytes, `[N, height, width]`.
///
/// Pictures stay bytes (47 MB for MNIST's 60,000); they become floats a batch at a time.
public struct ImageCollection: RandomAccessCollection, Sendable, Equatable {
    /// Rows of each picture.
    public let height: Int
    /// Columns of each picture.
    public let width: Int
    /// All pixels: picture by picture, row by row. A slice, so that cutting a validation split copies nothing.
    public let bytes: ArraySlice<UInt8>

    /// Makes a collection from `N * height * width` bytes.
    /// - Precondition: `bytes.count` is a multiple of `height * width`, which is positive.
    public init(height: Int, width: Int, bytes: ArraySlice<UInt8>) {
        precondition(
            height > 0 && width > 0 && bytes.count % (height * width) == 0,
            "\(bytes.count) bytes are not a whole number of \(height)×\(width) pictures.")
        self.height = height
        self.width = width
        self.bytes = bytes
    }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of pictures.
    public var endIndex: Int { bytes.count / (height * width) }

    /// The picture at `index`, `0..<count`.
    public subscript(index: Int) -> DigitImage {
        DigitImage(height: height, width: width, pixels: Array(pixels(of: index)))
    }

    /// The bytes of the picture at `index`, not copied.
    public func pixels(of index: Int) -> ArraySlice<UInt8> {
        precondition(indices.contains(index), "Index \(index) is outside 0..<\(count).")
        let start = bytes.startIndex + index * height * width
        return bytes[start..<start + height * width]
    }

    /// The pictures of a range, renumbered from 0; shares the bytes.
    public func subset(_ range: Range<Int>) -> ImageCollection {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "\(range) is outside 0..<\(count).")
        let size = height * width
        let start = bytes.startIndex
        return ImageCollection(
            height: height, width: width,
            bytes: bytes[start + range.lowerBound * size..<start + range.upperBound * size])
    }
}
