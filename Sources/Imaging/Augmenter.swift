import CDigitKernels
public import Compute

/// Draws distorted images of one shape. What an image becomes follows from (seed, epoch, sample) alone, whichever thread asks;
/// instruction sets differ in the last bits.
public final class Augmenter: Sendable {
    /// What is done to the images.
    public let augmentation: Augmentation
    /// Rows, columns and channels of the images. All channels are distorted alike but for their noise.
    public let shape: ImageShape

    private let seed: UInt64
    private let kernels: Kernels
    private let grid: DisplacementGrid

    /// Makes one for images of a shape.
    /// - Parameter seed: What all that is random follows from, together with the epoch and the image's number.
    /// - Precondition: The augmentation has no fault.
    public init(_ augmentation: Augmentation, shape: ImageShape, seed: UInt64, kernels: Kernels = .best) {
        precondition(augmentation.fault == nil, "The augmentation \(augmentation) is out of range.")
        self.augmentation = augmentation
        self.shape = shape
        self.seed = seed
        self.kernels = kernels
        grid = DisplacementGrid(shape)
    }

    /// The distorted image.
    /// - Parameters:
    ///   - sample: The image's number, and `epoch` the pass over all: each pair is another distortion.
    /// - Precondition: The image has the augmenter's shape.
    public func applied(to image: Image, sample: Int, epoch: Int) -> Image {
        let distorted = [Float](unsafeUninitializedCapacity: image.pixels.count) { buffer, count in
            image.pixels.withUnsafeBufferPointer {
                if let destination = buffer.baseAddress {
                    write($0, sample: sample, epoch: epoch, into: destination)
                }
            }
            count = image.pixels.count
        }
        return Image(shape: shape, pixels: distorted.map { UInt8($0 + 0.5) })
    }

    /// Writes a distorted image as floats: what comes of its bytes, 0…255, `· scale + shift`.
    /// - Precondition: `pixels.count == shape.count`.
    /// - Complexity: Linear in the pixels, one pass with a few operations each; damage takes several, a line across a pass for each pixel of
    ///   a side.
    package func write(
        _ pixels: UnsafeBufferPointer<UInt8>, sample: Int, epoch: Int, scale: Float = 1, shift: Float = 0,
        into destination: UnsafeMutablePointer<Float>
    ) {
        precondition(
            pixels.count == shape.count, "An image of \(shape) has \(shape.count) bytes, not \(pixels.count)."
        )
        guard let source = pixels.baseAddress else { return }
        if let damage = ImageDamage(augmentation.damage, seed: seed, sample: sample, epoch: epoch) {
            return write(source, damage, sample: sample, epoch: epoch, scale, shift, into: destination)
        }
        distort(source, sample: sample, epoch: epoch, scale, shift, into: destination)
    }

    /// Distorts an image, and damages what comes of it.
    private func write(
        _ source: UnsafePointer<UInt8>, _ damage: ImageDamage, sample: Int, epoch: Int, _ scale: Float,
        _ shift: Float, into destination: UnsafeMutablePointer<Float>
    ) {
        distort(source, sample: sample, epoch: epoch, 1, 0, into: destination)
        for channel in 0..<shape.channels {
            let places = stride(from: channel, to: shape.count, by: shape.channels)
            let damaged = damage.applied(
                to: places.map { destination[$0] / 255 }, height: shape.height, width: shape.width)
            for (place, light) in zip(places, damaged) { destination[place] = light * 255 * scale + shift }
        }
    }

    private func distort(
        _ source: UnsafePointer<UInt8>, sample: Int, epoch: Int, _ scale: Float, _ shift: Float,
        into destination: UnsafeMutablePointer<Float>
    ) {
        var random = CounterBasedRandom(seed: seed, purpose: .augmentation, epoch, sample)
        let choices = Choices(augmentation, &random)
        let warp = ImageWarp(choices.warp, shape)
        withField(&random) { field, random in
            shape.forEachChannel(of: source, into: destination) { plane, result in
                withThickened(plane, by: choices.thickness) { plane in
                    withNoise(&random) { noise in
                        warp.apply(
                            to: plane,
                            extras: .init(field: field, noise: noise, scale: scale, shift: shift),
                            kernels: kernels, into: result)
                    }
                }
            }
        }
        if let erased = choices.erased { erase(erased, in: destination, blank: shift) }
    }

    private func withThickened(
        _ source: UnsafePointer<UInt8>, by amount: Float, _ body: (UnsafePointer<UInt8>) -> Void
    ) {
        let amount = Int32((amount * 256).rounded())
        guard amount != 0 else { return body(source) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: shape.height * shape.width) { result in
            kernels.functions.pointee.thicken_image(
                shape.height, shape.width, amount, source, result.baseAddress)
            body(UnsafePointer(result.baseAddress!))
        }
    }

    private func withField(
        _ random: inout CounterBasedRandom,
        _ body: ((grid: DisplacementGrid, displacements: UnsafePointer<Float>)?, inout CounterBasedRandom) ->
            Void
    ) {
        guard augmentation.elasticity > 0 else { return body(nil, &random) }
        let deviation = augmentation.elasticity / DisplacementGrid.deviation
        withUnsafeTemporaryAllocation(
            of: Float.self, capacity: DisplacementGrid.knots * DisplacementGrid.stride
        ) {
            random.fillNormal($0, deviation: deviation)
            body((grid, UnsafePointer($0.baseAddress!)), &random)
        }
    }

    private func withNoise(_ random: inout CounterBasedRandom, _ body: (UnsafePointer<Float>?) -> Void) {
        guard augmentation.noise > 0 else { return body(nil) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: shape.height * shape.width) {
            random.fillNormal($0, deviation: augmentation.noise * 255)
            body(UnsafePointer($0.baseAddress!))
        }
    }

    /// Makes a rectangle blank; what is beyond the edges does not count.
    private func erase(_ part: Choices.Rectangle, in pixels: UnsafeMutablePointer<Float>, blank: Float) {
        func range(_ from: Float, _ length: Float, of count: Int) -> Range<Int> {
            let first = min(Int(from * Float(count)), count)
            return first..<min(first + max(Int(length * Float(count) + 0.5), 1), count)
        }
        let columns = range(part.left, part.width, of: shape.width)
        for row in range(part.top, part.height, of: shape.height) {
            let start = (row * shape.width + columns.lowerBound) * shape.channels
            for number in start..<start + columns.count * shape.channels { pixels[number] = blank }
        }
    }
}

/// What one image gets. All of it is drawn, whether it is on or off, so that one amount does not change what another comes
/// to.
private struct Choices {
    /// As shares of the image's sides.
    struct Rectangle {
        let top: Float
        let left: Float
        let height: Float
        let width: Float
    }

    let warp: AffineWarp
    let thickness: Float
    let erased: Rectangle?

    init(_ augmentation: Augmentation, _ random: inout CounterBasedRandom) {
        func either(_ amount: Float) -> Double { Double(amount * (2 * random.nextUniform() - 1)) }
        warp = AffineWarp(
            rotation: either(augmentation.rotation), horizontalScale: 1 + either(augmentation.scale),
            verticalScale: 1 + either(augmentation.scale), shear: either(augmentation.shear),
            shiftRight: either(augmentation.shift), shiftDown: either(augmentation.shift))
        thickness = Float(either(augmentation.thickness))
        let isErased = random.nextUniform() < augmentation.erasing
        let (top, left) = (random.nextUniform(), random.nextUniform())
        func side() -> Float { (4 + 6 * random.nextUniform()) / 28 }
        let rectangle = Rectangle(top: top, left: left, height: side(), width: side())
        erased = isErased ? rectangle : nil
    }
}
