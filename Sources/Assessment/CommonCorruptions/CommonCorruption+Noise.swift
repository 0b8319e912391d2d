import Compute

extension CommonCorruption {
    /// Photons that reach a pixel of full ink, on average.
    private static let photons: Float = 3
    /// e⁻³, the chance that none does.
    private static let darkness: Float = 0.049_787_068
    /// The share of pixels that impulses hit, half of them with full ink.
    private static let impulses: Float = 0.17

    /// Poisson(3 x) / 3 for each pixel x. Of Poisson(3) photons, each gets through with the chance x, which is the same distribution,
    /// and one for whose chances a single power of e is enough.
    static func shotNoise(
        _ pixels: UnsafeBufferPointer<UInt8>, into destination: UnsafeMutableBufferPointer<UInt8>,
        _ random: inout CounterBasedRandom
    ) {
        for index in pixels.indices {
            var rest = random.nextUniform()
            var (chance, sent) = (darkness, Float(0))
            var received = 0
            while rest >= chance, chance > 0 {
                rest -= chance
                sent += 1
                chance *= photons / sent
                if random.nextUniform() * 255 < Float(pixels[index]) { received += 1 }
            }
            destination[index] = UInt8(min(received * 255 / Int(photons), 255))
        }
    }

    /// Each pixel becomes none or full ink with a chance of 0.085 each.
    static func impulseNoise(
        _ pixels: UnsafeBufferPointer<UInt8>, into destination: UnsafeMutableBufferPointer<UInt8>,
        _ random: inout CounterBasedRandom
    ) {
        for index in pixels.indices {
            let chance = random.nextUniform()
            destination[index] = chance >= impulses ? pixels[index] : chance < impulses / 2 ? 255 : 0
        }
    }
}
