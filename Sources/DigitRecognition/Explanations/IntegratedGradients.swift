#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The computation of `SaliencyMethod.integratedGradients`.
enum IntegratedGradients {
    /// The most steps that make sense; float32 gains nothing from more.
    static let largestSteps = 10_000
    /// Points of the way that are computed at a time.
    static let batchSize = 16

    /// What each pixel adds to the score on the straight way from a baseline to the explainer's picture,
    /// `[height][width]`.
    static func attributions(_ explainer: Explainer, from baseline: [Float], steps: Int) -> [Float] {
        let difference = zip(explainer.input, baseline).map { $0 - $1 }
        let points = gaussLegendre(steps)
        var mean = [Double](repeating: 0, count: difference.count)
        for first in stride(from: 0, to: steps, by: batchSize) {
            let batch = points[first..<min(first + batchSize, steps)]
            _ = explainer.explain(
                batch.map { point in zip(baseline, difference).map { $0 + Float(point.place) * $1 } })
            for (place, point) in batch.enumerated() {
                for (index, gradient) in explainer.inputGradient(place).enumerated() {
                    mean[index] += point.weight * Double(gradient)
                }
            }
        }
        return zip(difference, mean).map { Float(Double($0) * $1) }
    }

    /// Gauss and Legendre's places in 0...1 and their weights, which sum to 1: exact for polynomials of degree below
    /// `2 · count`. The places are the roots of the Legendre polynomial, found by Newton's method.
    static func gaussLegendre(_ count: Int) -> [(place: Double, weight: Double)] {
        (0..<count).map { index in
            var x = -cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
            var slope = 0.0
            for _ in 0..<20 {
                var (previous, value) = (1.0, x)
                for degree in 1..<count {
                    let n = Double(degree)
                    (previous, value) = (value, ((2 * n + 1) * x * value - n * previous) / (n + 1))
                }
                slope = Double(count) * (x * value - previous) / (x * x - 1)
                let change = value / slope
                x -= change
                if abs(change) < 1e-15 { break }
            }
            return ((x + 1) / 2, 1 / ((1 - x * x) * slope * slope))
        }
    }
}
