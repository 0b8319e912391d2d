import Imaging

/// A number for each pixel of a picture, or for each place of a coarser grid over it.
public struct PixelMap: Sendable, Hashable {
    /// Number of rows.
    public let height: Int
    /// Number of columns.
    public let width: Int
    /// The numbers, row by row: `height * width` of them.
    public let values: [Float]

    /// Makes a map from its numbers.
    /// - Precondition: `values.count == height * width`.
    public init(height: Int, width: Int, values: [Float]) {
        precondition(
            values.count == height * width,
            "A \(height)×\(width) map has \(height * width) numbers, not \(values.count).")
        self.height = height
        self.width = width
        self.values = values
    }

    /// The number at a row and a column.
    public subscript(row: Int, column: Int) -> Float { values[row * width + column] }

    /// The same map on a grid of another size, bilinearly.
    ///
    /// Pixels are areas: the middle of a row `r` of H lies at `(r + 1/2) / H` of the height. Outside the outermost middles
    /// the outermost numbers go on. This is TensorFlow's and OpenCV's bilinear resizing; where the map becomes smaller, it
    /// does not average.
    /// - Precondition: The map has a pixel, and both lengths are positive.
    public func resized(height newHeight: Int, width newWidth: Int) -> PixelMap {
        PixelMap(
            height: newHeight, width: newWidth,
            values: BilinearResize.resized(
                values, height: height, width: width, toHeight: newHeight, width: newWidth))
    }
}
