import Compute

/// Turns, scales, slants and shifts an image about its centre, with bilinear interpolation.
///
///     let turned = AffineWarp(rotation: 10).applied(to: image)
///
/// With x to the right and y down, both from the image's centre, a point of the source goes to
///
///     (x, y) → R · K · S (x, y) + shift
///
/// S scales, K slants (`x - tan(shear) · y`), R turns. A pixel of the result is read from where its centre comes from:
/// the mean of the four pixels around that place, each with the weight of its nearness. Beyond the edges everything is 0.
/// An image made much smaller is read at some of its places only; below half the size thin strokes begin to break.
public struct AffineWarp: Sendable, Hashable {
    /// Degrees to turn, counter-clockwise as the image is seen.
    public let rotation: Double
    /// How many times as wide the image becomes, above 0.
    public let horizontalScale: Double
    /// How many times as high it becomes, above 0.
    public let verticalScale: Double
    /// Degrees that upright strokes lean to the right, as italics do; between -90 and 90.
    public let shear: Double
    /// Pixels to the right.
    public let shiftRight: Double
    /// Pixels down.
    public let shiftDown: Double

    /// The inverse of R · K · S, `[xx, xy, yx, yy]`: from a place in the result to the place in the source.
    let inverse: SIMD4<Float>

    /// Makes a warp; without arguments it changes nothing.
    /// - Precondition: All numbers are finite, scales above 0, the shear between -90 and 90 degrees.
    public init(
        rotation: Double = 0, horizontalScale: Double = 1, verticalScale: Double = 1, shear: Double = 0,
        shiftRight: Double = 0, shiftDown: Double = 0
    ) {
        precondition(
            rotation.isFinite && shiftRight.isFinite && shiftDown.isFinite,
            "An image is turned and shifted by finite amounts, not by \(rotation)° and (\(shiftRight), \(shiftDown))."
        )
        precondition(
            horizontalScale > 0 && verticalScale > 0 && horizontalScale.isFinite && verticalScale.isFinite,
            "Scales are finite numbers above 0, not \(horizontalScale) and \(verticalScale).")
        precondition(abs(shear) < 90, "A shear is between -90 and 90 degrees, not \(shear).")
        self.rotation = rotation
        self.horizontalScale = horizontalScale
        self.verticalScale = verticalScale
        self.shear = shear
        self.shiftRight = shiftRight
        self.shiftDown = shiftDown

        let radians = Double.pi / 180
        let (sine, cosine) = (Double.sin(rotation * radians), Double.cos(rotation * radians))
        let slant = Double.tan(shear * radians)
        // R⁻¹ = [c -s; s c] (y points down), K⁻¹ = [1 slant; 0 1], S⁻¹ = [1/h 0; 0 1/v].
        inverse = [
            Float((cosine + slant * sine) / horizontalScale),
            Float((slant * cosine - sine) / horizontalScale),
            Float(sine / verticalScale), Float(cosine / verticalScale),
        ]
    }
}

extension AffineWarp {
    /// The warped image, of the same shape.
    public func applied(to image: Image) -> Image {
        image.map { apply(to: $0, shape: image.shape, into: $1) }
    }

    /// Warps an image.
    /// - Parameters:
    ///   - pixels: The image, `[height][width][channels]`.
    ///   - destination: Takes the result, of the same shape; it does not overlap `pixels`.
    /// - Precondition: Both have `shape.count` bytes.
    /// - Complexity: Linear in the pixels; for grey images up to 28×28 nothing is allocated.
    package func apply(
        to pixels: UnsafeBufferPointer<UInt8>, shape: ImageShape,
        into destination: UnsafeMutableBufferPointer<UInt8>
    ) {
        precondition(
            pixels.count == shape.count && destination.count == pixels.count,
            "An image of \(shape) has \(shape.count) bytes, not \(pixels.count) and \(destination.count).")
        guard let source = pixels.baseAddress, let result = destination.baseAddress else { return }
        let warp = ImageWarp(self, shape)
        shape.forEachChannel(of: source, into: result) { plane, result in
            warp.apply(to: plane, kernels: .best, into: result)
        }
    }
}
