import Compute

/// The standard normal distribution.
enum NormalDistribution {
    /// The z for which `-z...z` holds the share `confidence` of the distribution: 1.96 for 0.95.
    ///
    /// Solves `log erfc(z / √2) = log(1 - confidence)` by Newton's method. The left side is concave and falls, and the
    /// start, from `erfc(z / √2) <= exp(-z² / 2)`, lies beyond the solution: each step comes nearer and none passes it.
    /// - Precondition: `0 < confidence < 1`.
    static func twoSidedQuantile(_ confidence: Double) -> Double {
        precondition(
            confidence > 0 && confidence < 1,
            "A confidence is between 0 and 1, such as 0.95, but this one is \(confidence).")
        let tail = 1 - confidence
        var z = (-2 * Double.log(tail)).squareRoot()
        while true {
            let outside = Double.erfc(z / 2.0.squareRoot())
            let slope = -(2 / Double.pi).squareRoot() * Double.exp(-z * z / 2) / outside
            let next = z - (Double.log(outside) - Double.log(tail)) / slope
            // Rounding ends the approach: then a step no longer leads downwards.
            guard next < z else { return z }
            z = next
        }
    }
}
