extension Normalization {
    /// Normalises one picture.
    ///
    /// - `l2(axis: 1)`: `y[r, c] = x[r, c] / sqrt(sum over r of x[r, c]²)`, `l2(axis: 2)` with the sum over c; a sum
    ///   of zero counts as 1.
    /// - `unitRange`: `y = x / 255`.
    /// - `standardized`: `y = (x / 255 - mean) / standardDeviation`.
    /// - `none`: `y = x`.
    ///
    /// - Parameters:
    ///   - pixels: The picture, `[height, width]`, row by row.
    ///   - height: Number of rows.
    ///   - width: Number of columns.
    ///   - destination: Takes the result, `[height, width]`; it does not overlap `pixels`.
    /// - Precondition: `pixels.count == height * width`; the axis is 1 or 2 (or -2 or -1, counted from the end).
    public func apply(
        to pixels: UnsafeBufferPointer<UInt8>, height: Int, width: Int,
        into destination: UnsafeMutablePointer<Float>
    ) {
        precondition(
            pixels.count == height * width,
            "A \(height)×\(width) picture has \(height * width) bytes, not \(pixels.count).")
        guard let source = pixels.baseAddress else { return }
        switch self {
        case .l2(let axis):
            precondition(
                max(height, width) <= Self.largestEdge,
                "A \(height)×\(width) picture is larger than \(Self.largestEdge) along an edge.")
            if Self.axis(axis) == 1 {
                Self.divideColumns(source, height: height, width: width, into: destination)
            } else {
                Self.divideRows(source, height: height, width: width, into: destination)
            }
        case .unitRange:
            for index in 0..<pixels.count { destination[index] = Float(source[index]) / 255 }
        case .standardized(let mean, let standardDeviation):
            for index in 0..<pixels.count {
                destination[index] = (Float(source[index]) / 255 - mean) / standardDeviation
            }
        case .none:
            for index in 0..<pixels.count { destination[index] = Float(source[index]) }
        }
    }

    /// What a pixel is multiplied with, and what is added then; nil where that depends on the other pixels.
    package var affine: (scale: Float, shift: Float)? {
        switch self {
        case .l2: nil
        case .unitRange: (1 / 255, 0)
        case .standardized(let mean, let deviation): (1 / (255 * deviation), -mean / deviation)
        case .none: (1, 0)
        }
    }

    /// Normalises a picture of floats, 0…255, in its place, `[height, width]`.
    package func applyInPlace(to pixels: UnsafeMutablePointer<Float>, height: Int, width: Int) {
        guard case .l2(let axis) = self else {
            let (scale, shift) = affine!
            for index in 0..<height * width { pixels[index] = pixels[index] * scale + shift }
            return
        }
        let (vectors, step) = Self.axis(axis) == 1 ? (width, width) : (height, 1)
        let (length, first) = Self.axis(axis) == 1 ? (height, 1) : (width, width)
        for vector in 0..<vectors {
            let start = pixels + vector * first
            var sum: Float = 0
            for index in 0..<length { sum += start[index * step] * start[index * step] }
            // Between bytes there is fainter ink than theirs; it is not made stronger than it is.
            let factor = 1 / max(sum, 1).squareRoot()
            for index in 0..<length { start[index * step] *= factor }
        }
    }

    /// The normalised pixels of one picture, `[height, width]`, row by row.
    public func callAsFunction(_ image: DigitImage) -> [Float] {
        [Float](unsafeUninitializedCapacity: image.pixels.count) { buffer, count in
            if let destination = buffer.baseAddress {
                image.pixels.withUnsafeBufferPointer { pixels in
                    apply(to: pixels, height: image.height, width: image.width, into: destination)
                }
            }
            count = image.pixels.count
        }
    }

    /// The most bytes whose squares have a sum that 32 bits hold.
    private static let largestEdge = Int(UInt32.max) / (255 * 255)

    /// An axis of `[N, H, W]` counted from the front: 1 down the rows, 2 along a row.
    private static func axis(_ axis: Int) -> Int {
        let counted = axis < 0 ? axis + 3 : axis
        precondition(counted == 1 || counted == 2, "Pictures are normalised along axis 1 or 2, not \(axis).")
        return counted
    }

    private static func divideColumns(
        _ source: UnsafePointer<UInt8>, height: Int, width: Int,
        into destination: UnsafeMutablePointer<Float>
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: width) { sums in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { lengths in
                sums.initialize(repeating: 0)
                for row in 0..<height {
                    let line = source + row * width
                    for column in 0..<width {
                        sums[column] &+= UInt32(line[column]) &* UInt32(line[column])
                    }
                }
                for column in 0..<width { lengths[column] = length(ofSum: sums[column]) }
                for row in 0..<height {
                    let (line, result) = (source + row * width, destination + row * width)
                    for column in 0..<width { result[column] = Float(line[column]) / lengths[column] }
                }
            }
        }
    }

    private static func divideRows(
        _ source: UnsafePointer<UInt8>, height: Int, width: Int,
        into destination: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<height {
            let (line, result) = (source + row * width, destination + row * width)
            var sum: UInt32 = 0
            for column in 0..<width { sum &+= UInt32(line[column]) &* UInt32(line[column]) }
            let length = length(ofSum: sum)
            for column in 0..<width { result[column] = Float(line[column]) / length }
        }
    }

    /// The Euclidean length of a vector whose squares have a sum; 1 for zeros, as Keras has it.
    private static func length(ofSum sum: UInt32) -> Float {
        Float(max(sum, 1)).squareRoot()
    }
}
