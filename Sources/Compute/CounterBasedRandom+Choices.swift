// Nothing here calls the mathematical library: sums, products, quotients and roots are rounded in the same way on every machine, so that a
// seed draws the same numbers everywhere.
extension CounterBasedRandom {
    /// A factor that is as often above 1 as below: `1 + spread · n` or `1 / (1 + spread · n)`.
    package mutating func nextFactor(spread: Float) -> Float {
        let deviation = spread * nextNearlyNormal()
        return deviation >= 0 ? 1 + deviation : 1 / (1 - deviation)
    }

    /// A whole number in `0..<count`.
    package mutating func nextIndex(_ count: Int) -> Int {
        Int((UInt64(next32()) * UInt64(count)) >> 32)
    }

    /// The index of one of `shares`, each as likely as it is large.
    package mutating func nextChoice(_ shares: [Float]) -> Int {
        var rest = nextUniform() * shares.reduce(0, +)
        for (index, share) in shares.enumerated() {
            rest -= share
            if rest < 0 { return index }
        }
        return shares.count - 1
    }

    /// A number of a range, each part of it as likely as it is long.
    package mutating func next(_ range: ClosedRange<Float>) -> Float {
        range.lowerBound + (range.upperBound - range.lowerBound) * nextUniform()
    }

    /// A number of a range, small ones more often: its root is as likely everywhere between the roots of the ends.
    /// - Precondition: The range is above 0.
    package mutating func nextProportional(_ range: ClosedRange<Float>) -> Float {
        let root = next(range.lowerBound.squareRoot()...range.upperBound.squareRoot())
        return min(max(root * root, range.lowerBound), range.upperBound)
    }

    /// Whether something happens that has this chance.
    package mutating func nextChance(_ chance: Float) -> Bool { nextUniform() < chance }
}
