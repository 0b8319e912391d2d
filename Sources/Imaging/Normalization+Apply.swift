extension Normalization {
    /// The normalised numbers of one image, `[height][width][channels]`.
    ///
    /// - `l2(axis: 1)`: `y[r, c] = x[r, c] / sqrt(sum over r of x[r, c]²)`, `l2(axis: 2)` with the sum over c, each channel on
    ///   its own; a sum of zero counts as 1.
    /// - `unitRange`: `y = x / 255`.
    /// - `standardized`: `y = (x / 255 - mean) / standardDeviation`.
    /// - `none`: `y = x`.
    ///
    /// - Precondition: The axis is 1 or 2 (or -2 or -1, counted from the end).
    public func callAsFunction(_ image: Image) -> [Float] {
        [Float](unsafeUninitializedCapacity: image.pixels.count) { buffer, count in
            if let destination = buffer.baseAddress {
                image.pixels.withUnsafeBufferPointer { pixels in
                    apply(to: pixels, shape: image.shape, into: destination)
                }
            }
            count = image.pixels.count
        }
    }

    /// Normalises one image; nothing is allocated for images up to 28×28.
    /// - Parameters:
    ///   - pixels: The image, `[height][width][channels]`.
    ///   - destination: Takes the result, as many floats; it does not overlap `pixels`.
    /// - Precondition: `pixels.count == shape.count`; the axis is 1 or 2 (or -2 or -1, counted from the end).
    package func apply(
        to pixels: UnsafeBufferPointer<UInt8>, shape: ImageShape,
        into destination: UnsafeMutablePointer<Float>
    ) {
        precondition(
            pixels.count == shape.count, "An image of \(shape) has \(shape.count) bytes, not \(pixels.count)."
        )
        guard let source = pixels.baseAddress else { return }
        switch self {
        case .l2(let axis):
            Vectors(along: axis, of: shape).divideByLength(source, into: destination)
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

    /// Normalises one image of floats, 0…255. Floats that are whole numbers give the same bits as the bytes of their values.
    ///
    /// With `l2`, a vector that is shorter than a byte's least ink, 1, is divided by 1. Nothing is allocated for images up to 28×28.
    /// - Parameters:
    ///   - pixels: The image, `[height][width][channels]`, 0 for background and 255 for full ink.
    ///   - destination: Takes the result, as many floats.
    ///   - offset: The place of the first of them in `destination`.
    /// - Precondition: `pixels` has `shape.count` floats, and `destination` as many from `offset` on; the axis is 1 or 2 (or -2 or -1, counted from the end).
    public func normalize(
        _ pixels: Span<Float>, shape: ImageShape, into destination: inout MutableSpan<Float>,
        at offset: Int = 0
    ) {
        precondition(
            pixels.count == shape.count,
            "An image of \(shape) has \(shape.count) floats, not \(pixels.count).")
        Self.check(shape, at: offset, of: destination.count)
        pixels.withUnsafeBufferPointer { pixels in
            destination.withUnsafeMutableBufferPointer { buffer in
                guard let source = pixels.baseAddress, let start = buffer.baseAddress else { return }
                let destination = start + offset
                switch self {
                case .l2(let axis): Vectors(along: axis, of: shape).divideByLength(source, into: destination)
                case .unitRange:
                    for index in 0..<shape.count { destination[index] = source[index] / 255 }
                case .standardized(let mean, let standardDeviation):
                    for index in 0..<shape.count {
                        destination[index] = (source[index] / 255 - mean) / standardDeviation
                    }
                case .none: destination.update(from: source, count: shape.count)
                }
            }
        }
    }

    /// Normalises the bytes of one image; see the function of the same name that takes floats.
    public func normalize(
        _ pixels: Span<UInt8>, shape: ImageShape, into destination: inout MutableSpan<Float>,
        at offset: Int = 0
    ) {
        Self.check(shape, at: offset, of: destination.count)
        pixels.withUnsafeBufferPointer { pixels in
            destination.withUnsafeMutableBufferPointer { buffer in
                if let start = buffer.baseAddress {
                    apply(to: pixels, shape: shape, into: start + offset)
                }
            }
        }
    }

    private static func check(_ shape: ImageShape, at offset: Int, of count: Int) {
        precondition(
            offset >= 0 && offset <= count - shape.count,
            "An image of \(shape) has \(shape.count) floats, for which there is no room at \(offset) of \(count)."
        )
    }

    /// What a byte is multiplied with, and what is added then; nil where that depends on the other pixels.
    package var affine: (scale: Float, shift: Float)? {
        switch self {
        case .l2: nil
        case .unitRange: (1 / 255, 0)
        case .standardized(let mean, let deviation): (1 / (255 * deviation), -mean / deviation)
        case .none: (1, 0)
        }
    }

    /// Normalises an image of floats, 0…255, in its place, `[height][width][channels]`.
    package func applyInPlace(to pixels: UnsafeMutablePointer<Float>, shape: ImageShape) {
        if case .l2(let axis) = self {
            Vectors(along: axis, of: shape).divideByLength(pixels)
        } else if let (scale, shift) = affine {
            for index in 0..<shape.count { pixels[index] = pixels[index] * scale + shift }
        }
    }
}

/// The vectors along one axis of an image: blocks that follow each other, each of `length` rows with `lanes` vectors side by side.
private struct Vectors {
    let blocks: Int
    let length: Int
    let lanes: Int

    /// The most bytes whose squares have a sum that 32 bits hold.
    private static let largestLength = Int(UInt32.max) / (255 * 255)

    /// - Parameter axis: An axis of `[N, H, W]`: 1 or -2 down the rows, 2 or -1 along a row.
    init(along axis: Int, of shape: ImageShape) {
        let counted = axis < 0 ? axis + 3 : axis
        precondition(counted == 1 || counted == 2, "Images are normalised along axis 1 or 2, not \(axis).")
        if counted == 1 {
            (blocks, length, lanes) = (1, shape.height, shape.width * shape.channels)
        } else {
            (blocks, length, lanes) = (shape.height, shape.width, shape.channels)
        }
        precondition(
            length <= Self.largestLength,
            "An image of \(shape) has vectors of more than \(Self.largestLength) bytes.")
    }

    /// Divides each vector of bytes by its Euclidean length; one of zeros stays, as Keras has it.
    func divideByLength(_ source: UnsafePointer<UInt8>, into destination: UnsafeMutablePointer<Float>) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: lanes) { sums in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: lanes) { lengths in
                for block in 0..<blocks {
                    let (source, destination) = (
                        source + block * length * lanes, destination + block * length * lanes
                    )
                    sums.initialize(repeating: 0)
                    for place in 0..<length {
                        let line = source + place * lanes
                        for lane in 0..<lanes { sums[lane] &+= UInt32(line[lane]) &* UInt32(line[lane]) }
                    }
                    for lane in 0..<lanes { lengths[lane] = Float(max(sums[lane], 1)).squareRoot() }
                    for place in 0..<length {
                        let (line, result) = (source + place * lanes, destination + place * lanes)
                        for lane in 0..<lanes { result[lane] = Float(line[lane]) / lengths[lane] }
                    }
                }
            }
        }
    }

    /// The same for floats. Sums of whole numbers' squares are exact in double, as those of bytes are.
    func divideByLength(_ source: UnsafePointer<Float>, into destination: UnsafeMutablePointer<Float>) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: lanes) { sums in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: lanes) { lengths in
                for block in 0..<blocks {
                    let (source, destination) = (
                        source + block * length * lanes, destination + block * length * lanes
                    )
                    sums.initialize(repeating: 0)
                    for place in 0..<length {
                        let line = source + place * lanes
                        for lane in 0..<lanes { sums[lane] += Double(line[lane]) * Double(line[lane]) }
                    }
                    for lane in 0..<lanes { lengths[lane] = Float(max(sums[lane], 1)).squareRoot() }
                    for place in 0..<length {
                        let (line, result) = (source + place * lanes, destination + place * lanes)
                        for lane in 0..<lanes { result[lane] = line[lane] / lengths[lane] }
                    }
                }
            }
        }
    }

    /// Divides each vector of floats, 0…255, by its Euclidean length.
    func divideByLength(_ values: UnsafeMutablePointer<Float>) {
        for block in 0..<blocks {
            for lane in 0..<lanes {
                let vector = values + block * length * lanes + lane
                var sum: Float = 0
                for place in 0..<length { sum += vector[place * lanes] * vector[place * lanes] }
                // Between bytes there is fainter ink than theirs; it is not made stronger than it is.
                let factor = 1 / max(sum, 1).squareRoot()
                for place in 0..<length { vector[place * lanes] *= factor }
            }
        }
    }
}
