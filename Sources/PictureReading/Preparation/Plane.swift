package import Imaging

/// One number for each pixel, `[height][width]`.
package struct Plane: Sendable, Hashable {
    /// Number of rows.
    package let height: Int
    /// Number of columns.
    package let width: Int
    /// The numbers, row by row.
    package var values: [Float]

    /// Makes a plane of its numbers.
    /// - Precondition: `values.count == height * width`.
    package init(height: Int, width: Int, values: [Float]) {
        precondition(
            values.count == height * width,
            "A plane of \(height)×\(width) has \(height * width) numbers, not \(values.count).")
        self.height = height
        self.width = width
        self.values = values
    }

    /// Makes a plane of one number.
    package init(height: Int, width: Int, filledWith value: Float = 0) {
        self.init(height: height, width: width, values: Array(repeating: value, count: height * width))
    }

    /// The number at a row and a column.
    package subscript(row: Int, column: Int) -> Float {
        get { values[row * width + column] }
        set { values[row * width + column] = newValue }
    }

    /// The number of the shorter side's pixels.
    package var shorterSide: Int { min(height, width) }

    /// A plane of the same size.
    package func map(_ change: (Float) -> Float) -> Plane {
        Plane(height: height, width: width, values: values.map(change))
    }

    /// A plane of numbers of two planes of one size.
    package func zip(_ other: Plane, _ join: (Float, Float) -> Float) -> Plane {
        precondition(
            height == other.height && width == other.width,
            "A plane of \(height)×\(width) does not lie on one of \(other.height)×\(other.width).")
        return Plane(
            height: height, width: width,
            values: [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
                for index in 0..<values.count {
                    buffer.initializeElement(at: index, to: join(values[index], other.values[index]))
                }
                count = values.count
            })
    }

    /// The numbers of a rectangle; beyond the edge they are 0.
    package func cropped(to box: PixelBox) -> Plane {
        var result = Plane(height: box.height, width: box.width)
        let rows = max(box.top, 0)..<max(max(box.top, 0), min(box.bottom, height))
        let columns = max(box.left, 0)..<max(max(box.left, 0), min(box.right, width))
        for row in rows {
            for column in columns { result[row - box.top, column - box.left] = self[row, column] }
        }
        return result
    }

    /// The numbers with rows and columns exchanged.
    package var transposed: Plane {
        var result = Plane(height: width, width: height)
        values.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { destination in
                for row in 0..<height {
                    for column in 0..<width {
                        destination[column * height + row] = source[row * width + column]
                    }
                }
            }
        }
        return result
    }

    /// A number that a share of all numbers are not above, to a two-thousandth.
    /// - Parameter share: `0…1`
    /// - Precondition: Numbers are from 0 to 1.
    package func quantile(_ share: Double) -> Float { Self.quantile(share, of: histogram(above: -1)) }

    /// The same of the numbers that count as ink; 1 where there are none.
    func quantileOfInk(_ share: Double) -> Float {
        let histogram = histogram(above: Ink.threshold)
        return histogram.contains { $0 > 0 } ? Self.quantile(share, of: histogram) : 1
    }

    private static let bins = 2048

    private func histogram(above floor: Float) -> [Int] {
        var histogram = [Int](repeating: 0, count: Self.bins)
        for value in values where value >= floor {
            histogram[Swift.min(Self.bins - 1, Int(value * Float(Self.bins)))] += 1
        }
        return histogram
    }

    private static func quantile(_ share: Double, of histogram: [Int]) -> Float {
        var left = Int(share * Double(histogram.reduce(0, +)))
        var bin = 0
        while bin < histogram.count - 1, left >= histogram[bin] {
            left -= histogram[bin]
            bin += 1
        }
        return Float(bin) / Float(bins)
    }
}
