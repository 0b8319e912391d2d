internal import Compute

/// What a pen leaves on paper. Colours are the shares of red, green and blue light that come back.
struct Ink {
    var color: SIMD3<Float>
    /// How much of the paper's light it takes away where it is full, 0 to 1.
    var opacity: Float
    /// Over how many pixels its edge fades.
    var edge: Float = 1
    /// How far its edge is from where the pen drew it: a deviation, in pixels.
    var roughness: Float = 0
    /// How much of it the paper's grain keeps off.
    var tooth: Float = 0
    /// How much its density changes along the way.
    var unevenness: Float = 0
    /// Whether it hides what is below, as chalk does, instead of darkening it.
    var covers = false
}

extension Ink {
    /// Common colours of ink, a little different each time.
    static func color(random: inout CounterBasedRandom) -> SIMD3<Float> {
        let colors: [SIMD3<Float>] = [
            SIMD3(0.10, 0.16, 0.48), SIMD3(0.16, 0.28, 0.66), SIMD3(0.08, 0.08, 0.10),
            SIMD3(0.16, 0.15, 0.16),
            SIMD3(0.70, 0.12, 0.14), SIMD3(0.10, 0.38, 0.24), SIMD3(0.36, 0.16, 0.44),
        ]
        let color = colors[random.nextChoice([6, 4, 6, 3, 1.4, 0.5, 0.3])]
        let change =
            0.04 * SIMD3(random.nextNearlyNormal(), random.nextNearlyNormal(), random.nextNearlyNormal())
        return (color + change).clamped(lowerBound: SIMD3(repeating: 0.02), upperBound: SIMD3(repeating: 0.9))
    }

    /// A pencil, from hard to soft.
    static func pencil(random: inout CounterBasedRandom) -> Ink {
        let grey = random.next(0.2...0.42)
        return Ink(
            color: SIMD3(grey, grey, grey + 0.02), opacity: random.next(0.45...0.92),
            edge: random.next(1.0...1.8),
            roughness: random.next(0.1...0.3), tooth: random.next(0.05...0.5),
            unevenness: random.next(0.05...0.25))
    }

    /// A ball-point or fountain pen, a fineliner, a felt pen.
    static func pen(random: inout CounterBasedRandom) -> Ink {
        Ink(
            color: color(random: &random), opacity: random.next(0.7...1), edge: random.next(0.9...1.5),
            roughness: random.next(0.02...0.2), tooth: random.nextUniform() < 0.3 ? random.next(0...0.3) : 0,
            unevenness: random.nextUniform() < 0.6 ? random.next(0...0.25) : 0)
    }

    /// Black of a printing machine.
    static func print(random: inout CounterBasedRandom) -> Ink {
        let grey = random.next(0.05...0.25)
        return Ink(
            color: SIMD3(repeating: grey), opacity: random.next(0.75...1), edge: random.next(0.9...1.3),
            roughness: random.next(0...0.1))
    }

    /// Chalk or a white pencil, for dark ground.
    static func chalk(random: inout CounterBasedRandom) -> Ink {
        let colors: [SIMD3<Float>] = [
            SIMD3(0.93, 0.93, 0.9), SIMD3(0.95, 0.9, 0.6), SIMD3(0.9, 0.7, 0.75), SIMD3(0.65, 0.8, 0.95),
        ]
        return Ink(
            color: colors[random.nextChoice([8, 1.5, 0.7, 0.7])], opacity: random.next(0.6...0.95),
            edge: random.next(1.2...2), roughness: random.next(0.2...0.6), tooth: random.next(0.05...0.4),
            unevenness: random.next(0.05...0.3), covers: true)
    }
}
