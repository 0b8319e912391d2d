import Compute
import Imaging

extension CommonCorruption {
    /// Radians of the shear and of the turn.
    private static let angle = 0.4

    /// What moves the pixels about the image's centre; to which side is random.
    func warp(_ random: inout CounterBasedRandom) -> AffineWarp {
        switch self {
        case .shear:
            // As in the published set, a row that is y below the centre comes from cos 0.4 · y, and is moved by sin 0.4 · y.
            let slant = Double.atan(Double.sin(Self.angle)) * 180 / .pi
            return AffineWarp(verticalScale: 1 / Double.cos(Self.angle), shear: random.nextSign() * slant)
        case .scale:
            return AffineWarp(horizontalScale: 0.7, verticalScale: 0.7)
        case .rotation:
            return AffineWarp(rotation: random.nextSign() * Self.angle * 180 / .pi)
        case .translation:
            let right = random.nextSign()
            return AffineWarp(shiftRight: 3 * right, shiftDown: 3 * random.nextSign())
        default:
            preconditionFailure("\(self) leaves pixels where they are.")
        }
    }
}

extension CounterBasedRandom {
    /// 1 or -1.
    fileprivate mutating func nextSign() -> Double { next32() & 1 == 0 ? 1 : -1 }
}
