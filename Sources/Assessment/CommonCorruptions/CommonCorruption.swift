import Compute
public import Imaging
import PictureReading

/// One of fifteen ways to corrupt a digit, those of the data set MNIST-C, each in one amount.
///
///     let foggy = CommonCorruption.fog.applied(to: mnist.test.images[7], place: 7)
///
/// Pixels are shares of full ink here, 0…1, and what leaves that is cut off. What is random follows from the image's place alone:
/// the same images give the same bytes, on any number of threads.
///
/// N. Mu, J. Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision", 2019, arXiv:1906.02337. Written anew from the
/// description, in the amounts of the published set; Documentation/Reports.md says where the two differ.
public enum CommonCorruption: String, Sendable, Hashable, CaseIterable {
    /// As few photons as a pixel's ink lets through: Poisson(3 x) / 3.
    case shotNoise = "shot_noise"
    /// 17 of 100 pixels are full ink or none.
    case impulseNoise = "impulse_noise"
    /// Blurred, each pixel exchanged with a neighbour or not, twice over, and blurred again.
    case glassBlur = "glass_blur"
    /// Smeared in one direction, within 45 degrees of the rows.
    case motionBlur = "motion_blur"
    /// Slanted by 0.4 radians to one side.
    case shear
    /// Made 0.7 times as large.
    case scale
    /// Turned by 0.4 radians to one side.
    case rotation = "rotate"
    /// Half of full ink is added to each pixel.
    case brightness
    /// Moved by 3 pixels along the rows, and by 3 along the columns.
    case translation = "translate"
    /// The left and the right quarter are inverted.
    case stripe
    /// A cloud, up to three times as strong as full ink, is added, and the sum scaled down to the image's own maximum.
    case fog
    /// Drops of mud.
    case spatter
    /// A dotted line across.
    case dottedLine = "dotted_line"
    /// A zigzag line across.
    case zigzag
    /// The edges alone.
    case cannyEdges = "canny_edges"

    /// What the corruptions are defined for: MNIST's 28×28 grey pixels.
    public static let shape = ImageShape(height: 28, width: 28)

    /// The name for people: `Shot noise`.
    public var name: String {
        let words = rawValue.split(separator: "_").joined(separator: " ")
        return self == .cannyEdges ? "Canny edges" : words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension CommonCorruption {
    /// The corrupted image.
    /// - Parameters:
    ///   - image: A digit as MNIST has it: light on a background of 0.
    ///   - place: Its place in its part of the data set, from which all that is random follows.
    /// - Precondition: The image is of `CommonCorruption.shape`.
    public func applied(to image: Image, place: Int) -> Image {
        precondition(image.shape == Self.shape, "Corruptions are of \(Self.shape), not of \(image.shape).")
        return Image(
            shape: image.shape,
            pixels: [UInt8](unsafeUninitializedCapacity: image.pixels.count) { buffer, count in
                let destination = UnsafeMutableBufferPointer(rebasing: buffer[..<image.pixels.count])
                image.pixels.withUnsafeBufferPointer { apply(place: place, to: $0, into: destination) }
                count = image.pixels.count
            })
    }

    /// Corrupts an image of `shape`.
    /// - Parameter destination: Takes the result; it does not overlap `pixels`.
    func apply(
        place: Int, to pixels: UnsafeBufferPointer<UInt8>, into destination: UnsafeMutableBufferPointer<UInt8>
    ) {
        var random = CounterBasedRandom(seed: 0, purpose: .corruption, place, stream)
        switch self {
        case .shotNoise: Self.shotNoise(pixels, into: destination, &random)
        case .impulseNoise: Self.impulseNoise(pixels, into: destination, &random)
        case .glassBlur: Self.glassBlurred(Plane(digit: pixels), &random).write(into: destination)
        case .motionBlur: Self.motionBlurred(Plane(digit: pixels), &random).write(into: destination)
        case .shear, .scale, .rotation, .translation:
            warp(&random).apply(to: pixels, shape: Self.shape, into: destination)
        case .brightness: Self.brighten(pixels, into: destination)
        case .stripe: Self.stripe(pixels, into: destination)
        case .fog: Self.fogged(Plane(digit: pixels), random).write(into: destination)
        case .spatter: Self.spattered(Plane(digit: pixels), &random).write(into: destination)
        case .dottedLine: Self.withDottedLine(Plane(digit: pixels), &random).write(into: destination)
        case .zigzag: Self.withZigzag(Plane(digit: pixels), &random).write(into: destination)
        case .cannyEdges: CannyEdges.found(in: Plane(digit: pixels)).write(into: destination)
        }
    }

    /// The second number of the random sequences; that of noise in `Corruption` is 0.
    private var stream: Int { Self.allCases.firstIndex(of: self)! + 1 }
}
