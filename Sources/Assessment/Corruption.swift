import Compute
import Imaging

/// A way in which pictures come out differently in practice, in several amounts.
///
/// D. Hendrycks, T. Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations", 2019,
/// arXiv:1903.12261.
public struct Corruption: Sendable, Hashable {
    /// What happens to a picture.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It is turned counter-clockwise.
        case rotation
        /// It is moved; of four pictures one to the right, one down, one to the left, one up.
        case shift
        /// It becomes larger or smaller about its centre.
        case scale
        /// Random amounts of ink are added and taken away, pixel by pixel.
        case noise
    }

    /// What happens.
    public let kind: Kind
    /// How much of it, in `unit`; rising.
    public let amounts: [Double]

    /// Makes a corruption of chosen amounts.
    /// - Precondition: The amounts are finite and rise, there is at least one, and they are possible: scales are above 0,
    ///   standard deviations of noise at least 0.
    public init(_ kind: Kind, amounts: [Double]) {
        precondition(!amounts.isEmpty, "A \(kind) of no amount was asked for.")
        precondition(
            amounts.allSatisfy(\.isFinite) && zip(amounts, amounts.dropFirst()).allSatisfy { $0 < $1 },
            "The amounts of a corruption are finite and rise, not \(amounts).")
        switch kind {
        case .rotation, .shift: break
        case .scale: precondition(amounts[0] > 0, "Scales are above 0, not \(amounts[0]).")
        case .noise: precondition(amounts[0] >= 0, "Noise is at least 0, not \(amounts[0]).")
        }
        self.kind = kind
        self.amounts = amounts
    }

    /// Up to 45 degrees to either side.
    public static let rotation = Corruption(.rotation, amounts: [-45, -30, -20, -10, 0, 10, 20, 30, 45])
    /// Up to 6 pixels.
    public static let shift = Corruption(.shift, amounts: [0, 1, 2, 3, 4, 5, 6])
    /// From half the size to 1.3 times, where an MNIST digit, 20 pixels high, almost fills its 28.
    public static let scale = Corruption(.scale, amounts: [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3])
    /// Up to half of full ink.
    public static let noise = Corruption(.noise, amounts: [0, 0.1, 0.2, 0.3, 0.4, 0.5])

    /// All four, with these amounts.
    public static let standard = [rotation, shift, scale, noise]

    /// The kind for people: `Rotation`.
    public var name: String {
        switch kind {
        case .rotation: "Rotation"
        case .shift: "Shift"
        case .scale: "Scale"
        case .noise: "Noise"
        }
    }

    /// What the amounts are, for people: `degrees`.
    public var unit: String {
        switch kind {
        case .rotation: "degrees"
        case .shift: "pixels"
        case .scale: "times the size"
        case .noise: "standard deviation, share of full ink"
        }
    }

    /// The amount that changes nothing.
    public var neutralAmount: Double { kind == .scale ? 1 : 0 }
}

extension Corruption {
    /// Corrupts a picture.
    /// - Parameters:
    ///   - amount: How much, one of `amounts`.
    ///   - place: The picture's place among those that are corrupted; the side to which it moves and its noise follow from it.
    ///   - destination: Takes the result; it does not overlap `pixels`.
    func apply(
        _ amount: Double, place: Int, to pixels: UnsafeBufferPointer<UInt8>, shape: ImageShape,
        into destination: UnsafeMutableBufferPointer<UInt8>
    ) {
        let warp: AffineWarp
        switch kind {
        case .rotation: warp = AffineWarp(rotation: amount)
        case .scale: warp = AffineWarp(horizontalScale: amount, verticalScale: amount)
        case .shift:
            let (right, down) = [(1.0, 0.0), (0, 1), (-1, 0), (0, -1)][place % 4]
            warp = AffineWarp(shiftRight: right * amount, shiftDown: down * amount)
        case .noise:
            var random = CounterBasedRandom(seed: 0, purpose: .corruption, place)
            GaussianNoise(standardDeviation: amount).apply(to: pixels, into: destination, random: &random)
            return
        }
        warp.apply(to: pixels, shape: shape, into: destination)
    }
}
