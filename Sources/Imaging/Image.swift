/// One grey picture: `height × width` bytes, row by row, 0 = background and 255 = full ink (as in MNIST).
public struct DigitImage: Sendable, Hashable {
    /// Number of rows.
    public let height: Int
    /// Number of columns.
    public let width: Int
    /// The bytes, row by row: `height * width` of them.
    public let pixels: [UInt8]

    /// Makes a picture from its bytes.
    /// - Precondition: `pixels.count == height * width`.
    public init(height: Int, width: Int, pixels: [UInt8]) {
        precondition(
            pixels.count == height * width,
            "A \(height)×\(width) picture has \(height * width) bytes, not \(pixels.count).")
        self.height = height
        self.width = width
        self.pixels = pixels
    }

    /// The byte at a row and a column.
    public subscript(row: Int, column: Int) -> UInt8 { pixels[row * width + column] }
}
