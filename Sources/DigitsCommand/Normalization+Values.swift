package import DigitDatasets

extension Normalization {
    /// The floats that this normalisation makes of one picture, row by row, for drawing.
    /// - Precondition: The axis of `l2` is 1 (each column) or 2 (each row).
    package func values(of image: DigitImage) -> [Float] {
        let bytes = image.pixels.map { Float($0) }
        switch self {
        case .none: return bytes
        case .unitRange: return bytes.map { $0 / 255 }
        case .standardized(let mean, let deviation): return bytes.map { ($0 / 255 - mean) / deviation }
        case .l2(let axis):
            precondition(axis == 1 || axis == 2, "L2 runs along axis 1 or 2 of [N, H, W], not \(axis).")
            let isColumnwise = axis == 1
            var squares = Array(repeating: Float(0), count: isColumnwise ? image.width : image.height)
            for (position, value) in bytes.enumerated() {
                squares[isColumnwise ? position % image.width : position / image.width] += value * value
            }
            return bytes.enumerated().map { position, value in
                let square = squares[isColumnwise ? position % image.width : position / image.width]
                return square > 0 ? value / square.squareRoot() : 0
            }
        }
    }
}
