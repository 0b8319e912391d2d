public import Compute

/// Adds to each pixel a random amount of ink with normal distribution and mean 0. What would leave 0…255 is cut off.
///
///     var random = CounterBasedRandom(seed: 1, purpose: .corruption, 7)
///     let noisy = GaussianNoise(standardDeviation: 0.2).applied(to: image, random: &random)
public struct GaussianNoise: Sendable, Hashable {
    /// The standard deviation as a share of full ink: 0.1 is 25.5 of 255. At least 0.
    public let standardDeviation: Double

    /// Makes noise of a strength.
    /// - Precondition: The standard deviation is finite and at least 0.
    public init(standardDeviation: Double) {
        precondition(
            standardDeviation >= 0 && standardDeviation.isFinite,
            "A standard deviation is a finite number from 0 on, not \(standardDeviation).")
        self.standardDeviation = standardDeviation
    }

    /// The image with noise.
    /// - Parameter random: Where the noise comes from; it advances by two numbers for each two bytes.
    public func applied(to image: Image, random: inout CounterBasedRandom) -> Image {
        image.map { apply(to: $0, into: $1, random: &random) }
    }

    /// Adds noise to pixels.
    /// - Parameter destination: Takes the result; it may be the source itself.
    /// - Precondition: Both have as many bytes.
    package func apply(
        to pixels: UnsafeBufferPointer<UInt8>, into destination: UnsafeMutableBufferPointer<UInt8>,
        random: inout CounterBasedRandom
    ) {
        precondition(
            pixels.count == destination.count,
            "\(pixels.count) pixels do not fit in \(destination.count) bytes.")
        let deviation = Float(standardDeviation * 255)
        for index in stride(from: 0, to: pixels.count, by: 2) {
            let noise = random.nextNormalPair()
            destination[index] = Self.byte(Float(pixels[index]) + deviation * noise.0)
            if index + 1 < pixels.count {
                destination[index + 1] = Self.byte(Float(pixels[index + 1]) + deviation * noise.1)
            }
        }
    }

    private static func byte(_ value: Float) -> UInt8 {
        UInt8(Float.minimum(Float.maximum(value, 0), 255) + 0.5)
    }
}
