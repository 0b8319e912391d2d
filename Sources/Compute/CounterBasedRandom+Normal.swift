// Normal numbers, by four methods: what was once drawn by one stays so.

extension CounterBasedRandom {
    /// Two independent numbers of mean 0 and standard deviation 1.
    ///
    /// G. E. P. Box and M. E. Muller, "A Note on the Generation of Random Normal Deviates", 1958,
    /// doi:10.1214/aoms/1177706645.
    package mutating func nextNormalPair() -> (Float, Float) {
        // 1 - u is above 0, where the logarithm is finite.
        let radius = (-2 * Float.log(1 - nextUniform())).squareRoot()
        let angle = 2 * Float.pi * nextUniform()
        return (radius * .cos(angle), radius * .sin(angle))
    }

    /// A number of mean 0 and standard deviation 1, drawn again while it lies outside ±2 (Box and Muller's method).
    package mutating func nextTruncatedNormal() -> Float {
        while true {
            let radius = (-2 * Double.log(1 - Double(nextUniform()))).squareRoot()
            let value = radius * .cos(2 * Double.pi * Double(nextUniform()))
            if abs(value) <= 2 { return Float(value) }
        }
    }

    /// A number of mean 0 and standard deviation 1, nearly normal, between -3.5 and 3.5: the sum of four uniform ones. Sums and
    /// products are rounded in the same way on every machine.
    package mutating func nextNearlyNormal() -> Float {
        let sum = nextUniform() + nextUniform() + nextUniform() + nextUniform()
        return (sum - 2) * 1.7320508
    }

    /// Writes numbers of mean 0 that are nearly normal: each is the sum of the four bytes of one word, and none is further from 0
    /// than 3.45 deviations.
    package mutating func fillNormal(_ numbers: UnsafeMutableBufferPointer<Float>, deviation: Float) {
        // A byte has the variance (256² - 1) / 12.
        let unit = deviation / (4 * Float(256 * 256 - 1) / 12).squareRoot()
        for index in numbers.indices {
            let word = next32()
            let sum = (word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + (word >> 24)
            numbers[index] = (Float(sum) - 510) * unit
        }
    }
}
