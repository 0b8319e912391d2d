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

    /// Makes a plane whose numbers a function writes: all of them.
    init(height: Int, width: Int, _ write: (UnsafeMutableBufferPointer<Float>) -> Void) {
        self.init(
            height: height, width: width,
            values: [Float](unsafeUninitializedCapacity: height * width) { buffer, count in
                count = height * width
                write(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            })
    }

    /// The number at a row and a column.
    package subscript(row: Int, column: Int) -> Float {
        get { values[row * width + column] }
        set { values[row * width + column] = newValue }
    }

    /// The number of the shorter side's pixels.
    package var shorterSide: Int { min(height, width) }
}

extension Plane {
    /// A plane of the same size.
    package func map(_ change: (Float) -> Float) -> Plane {
        Plane(height: height, width: width, values: values.map(change))
    }

    /// A plane of numbers of two planes of one size.
    package func zip(_ other: Plane, _ join: (Float, Float) -> Float) -> Plane {
        precondition(
            height == other.height && width == other.width,
            "A plane of \(height)×\(width) does not lie on one of \(other.height)×\(other.width).")
        return Plane(height: height, width: width) { destination in
            values.withUnsafeBufferPointer { own in
                other.values.withUnsafeBufferPointer { others in
                    for index in 0..<own.count { destination[index] = join(own[index], others[index]) }
                }
            }
        }
    }

    /// The numbers of a rectangle; beyond the edge they are 0.
    package func cropped(to box: PixelBox) -> Plane {
        var result = Plane(height: box.height, width: box.width)
        let columns = max(box.left, 0)..<max(box.left, 0, min(box.right, width))
        for row in max(box.top, 0)..<max(box.top, 0, min(box.bottom, height)) where !columns.isEmpty {
            let source = row * width + columns.lowerBound
            let destination = (row - box.top) * box.width + columns.lowerBound - box.left
            result.values.replaceSubrange(
                destination..<destination + columns.count, with: values[source..<source + columns.count])
        }
        return result
    }

    /// The numbers with rows and columns exchanged.
    package var transposed: Plane {
        Plane(height: width, width: height) { destination in
            values.withUnsafeBufferPointer { source in
                // Tile by tile, so that both sides stay in the cache.
                let tile = 16
                for top in stride(from: 0, to: height, by: tile) {
                    for left in stride(from: 0, to: width, by: tile) {
                        for column in left..<min(left + tile, width) {
                            for row in top..<min(top + tile, height) {
                                destination[column * height + row] = source[row * width + column]
                            }
                        }
                    }
                }
            }
        }
    }

    /// The numbers turned clockwise by a quarter.
    var turned: Plane {
        var result = Plane(height: width, width: height)
        for row in 0..<height {
            for column in 0..<width { result[column, height - 1 - row] = self[row, column] }
        }
        return result
    }

    /// Ink as a grey image, 255 being full ink.
    package var inkImage: Image {
        Image(height: height, width: width, pixels: values.map(Self.byte))
    }

    /// A share of full ink as a byte, cut off at no and at full ink; no number is none.
    package static func byte(_ share: Float) -> UInt8 { UInt8((min(1, max(0, share)) * 255).rounded()) }
}
