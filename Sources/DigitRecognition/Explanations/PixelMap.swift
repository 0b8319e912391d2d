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
        precondition(
            !values.isEmpty && newHeight > 0 && newWidth > 0,
            "A \(height)×\(width) map cannot become a \(newHeight)×\(newWidth) one.")
        let rows = Self.places(newHeight, over: height)
        let columns = Self.places(newWidth, over: width)
        return PixelMap(
            height: newHeight, width: newWidth,
            values: rows.flatMap { row in
                columns.map { column in
                    let upper =
                        self[row.first, column.first] * (1 - column.share)
                        + self[row.first, column.second] * column.share
                    let lower =
                        self[row.second, column.first] * (1 - column.share)
                        + self[row.second, column.second] * column.share
                    return upper * (1 - row.share) + lower * row.share
                }
            })
    }

    /// For each new place the two old ones that it lies between, and the second one's share.
    private static func places(_ count: Int, over old: Int) -> [(first: Int, second: Int, share: Float)] {
        (0..<count).map { index in
            let place = (Double(index) + 0.5) * Double(old) / Double(count) - 0.5
            let clamped = min(max(place, 0), Double(old - 1))
            let first = Int(clamped)
            return (first, min(first + 1, old - 1), Float(clamped - Double(first)))
        }
    }
}
