/// Rows and columns of numbers on a grid of another size.
package enum BilinearResize {
    /// The numbers between those of another grid, in straight lines both ways.
    ///
    /// Numbers stand for areas: the middle of a row `r` of H lies at `(r + 1/2) / H` of the height. Outside the outermost
    /// middles the outermost numbers go on. This is TensorFlow's and OpenCV's bilinear resizing; where the grid becomes
    /// smaller, it does not average.
    /// - Parameters:
    ///   - values: `[height][width]`.
    ///   - height: Rows there are.
    ///   - width: Columns there are.
    ///   - newHeight: Rows wanted.
    ///   - newWidth: Columns wanted.
    /// - Returns: `[newHeight][newWidth]`.
    /// - Precondition: All four lengths are positive.
    package static func resized(
        _ values: [Float], height: Int, width: Int, toHeight newHeight: Int, width newWidth: Int
    ) -> [Float] {
        precondition(
            height > 0 && width > 0 && newHeight > 0 && newWidth > 0,
            "A grid of \(height)×\(width) cannot become one of \(newHeight)×\(newWidth).")
        let columns = places(newWidth, over: width)
        return places(newHeight, over: height).flatMap { row in
            let (upper, lower) = (row.first * width, row.second * width)
            return columns.map { column in
                let above =
                    values[upper + column.first] * (1 - column.share)
                    + values[upper + column.second] * column.share
                let below =
                    values[lower + column.first] * (1 - column.share)
                    + values[lower + column.second] * column.share
                return above * (1 - row.share) + below * row.share
            }
        }
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
