import Compute
package import PictureReading

extension Plane {
    /// What a filter finds beyond the plane's edge.
    package enum Beyond: Sendable {
        /// The outermost number goes on.
        case outermost
        /// Nothing.
        case zero
    }

    /// The plane, each number the mean of those around, weighted by a Gaussian that is cut off at four deviations.
    /// - Parameter deviation: The Gaussian's standard deviation in pixels, above 0.
    package func blurred(deviation: Double, beyondEdge beyond: Beyond = .outermost) -> Plane {
        let weights = Self.gaussian(deviation: deviation)
        return blurredDown(weights, beyond).transposed.blurredDown(weights, beyond).transposed
    }

    /// The weights at the distances 0, 1, …; those of both sides sum to 1.
    private static func gaussian(deviation: Double) -> [Float] {
        let radius = Int(4 * deviation + 0.5)
        let weights = (0...radius).map { Double.exp(-Double($0 * $0) / (2 * deviation * deviation)) }
        let sum = weights[0] + 2 * weights.dropFirst().reduce(0, +)
        return weights.map { Float($0 / sum) }
    }

    private func blurredDown(_ weights: [Float], _ beyond: Beyond) -> Plane {
        var result = [Float](repeating: 0, count: values.count)
        for row in 0..<height {
            for distance in 1 - weights.count..<weights.count {
                let source = min(max(row + distance, 0), height - 1)
                if beyond == .zero && source != row + distance { continue }
                let weight = weights[abs(distance)]
                for column in 0..<width {
                    result[row * width + column] += weight * values[source * width + column]
                }
            }
        }
        return Plane(height: height, width: width, values: result)
    }
}
