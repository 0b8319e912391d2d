import CDigitKernels
public import Compute

/// Draws distorted pictures of one size. What a picture becomes follows from (seed, epoch, sample) alone, whichever thread asks;
/// instruction sets differ in the last bits.
public final class Augmenter: Sendable {
    /// What is done to the pictures.
    public let augmentation: Augmentation

    private let height: Int
    private let width: Int
    private let seed: UInt64
    private let kernels: Kernels
    private let grid: DisplacementGrid

    /// Makes one for pictures of a size.
    /// - Parameter seed: What all that is random follows from, together with the epoch and the picture's number.
    /// - Precondition: The augmentation has no fault.
    public init(
        _ augmentation: Augmentation, height: Int, width: Int, seed: UInt64, kernels: Kernels = .best
    ) {
        precondition(augmentation.fault == nil, "The augmentation \(augmentation) is out of range.")
        self.augmentation = augmentation
        self.height = height
        self.width = width
        self.seed = seed
        self.kernels = kernels
        grid = DisplacementGrid(height: height, width: width)
    }

    /// The distorted pixels of a picture, `[height, width]`, row by row.
    /// - Parameters:
    ///   - sample: The picture's number, and `epoch` the pass over all: each pair is another distortion.
    /// - Precondition: `pixels.count == height * width`.
    public func applied(to pixels: [UInt8], sample: Int, epoch: Int) -> [UInt8] {
        let distorted = [Float](unsafeUninitializedCapacity: pixels.count) { buffer, count in
            pixels.withUnsafeBufferPointer {
                if let destination = buffer.baseAddress {
                    write($0, sample: sample, epoch: epoch, into: destination)
                }
            }
            count = pixels.count
        }
        return distorted.map { UInt8($0 + 0.5) }
    }

    /// Writes a distorted picture as floats: what comes of its pixels, 0…255, `· scale + shift`.
    /// - Precondition: `pixels.count == height * width`.
    /// - Complexity: Linear in the pixels; one pass with a few operations each.
    package func write(
        _ pixels: UnsafeBufferPointer<UInt8>, sample: Int, epoch: Int, scale: Float = 1, shift: Float = 0,
        into destination: UnsafeMutablePointer<Float>
    ) {
        precondition(
            pixels.count == height * width,
            "A \(height)×\(width) picture has \(height * width) bytes, not \(pixels.count).")
        guard let source = pixels.baseAddress else { return }
        var random = CounterBasedRandom(seed: seed, purpose: .augmentation, epoch, sample)
        let choices = Choices(augmentation, &random)
        let map = PictureWarp(choices.warp, height: height, width: width)
        withThickened(source, by: choices.thickness) { source in
            withField(&random) { field, random in
                withNoise(&random) { noise in
                    map.apply(
                        to: source, height: height, width: width,
                        extras: .init(field: field, noise: noise, scale: scale, shift: shift),
                        kernels: kernels,
                        into: destination)
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
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: height * width) { result in
            kernels.table.pointee.thicken_picture(height, width, amount, source, result.baseAddress)
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
        withUnsafeTemporaryAllocation(of: Float.self, capacity: height * width) {
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
        for row in range(part.top, part.height, of: height) {
            for column in range(part.left, part.width, of: width) { pixels[row * width + column] = blank }
        }
    }
}

/// What one picture gets. All of it is drawn, whether it is on or off, so that one amount does not change what another comes
/// to.
private struct Choices {
    /// As shares of the picture's sides.
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
