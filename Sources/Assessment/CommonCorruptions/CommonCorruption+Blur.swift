import Compute
import PictureReading

extension CommonCorruption {
    /// What frosted glass does: a Gaussian of 0.7 pixels, exchanged neighbours, and the Gaussian again.
    ///
    /// Twice over, from the last row and column to the third, a pixel changes places, with a chance of one half, with one that is
    /// no or one row above and no or one column to the left.
    static func glassBlurred(_ ink: Plane, _ random: inout CounterBasedRandom) -> Plane {
        var glass = ink.blurred(deviation: 0.7)
        for _ in 0..<2 {
            for row in (2..<ink.height).reversed() {
                for column in (2..<ink.width).reversed() {
                    let bits = random.next32()
                    guard bits & 1 != 0 else { continue }
                    let other = (row: row - Int(bits >> 1 & 1), column: column - Int(bits >> 2 & 1))
                    let kept = glass[row, column]
                    glass[row, column] = glass[other.row, other.column]
                    glass[other.row, other.column] = kept
                }
            }
        }
        return glass.blurred(deviation: 0.7)
    }

    /// The mean of 21 pixels in a straight line that begins at the pixel itself, weighted by one side of a Gaussian of 3 pixels.
    /// Beyond the edge the outermost pixel goes on.
    static func motionBlurred(_ ink: Plane, _ random: inout CounterBasedRandom) -> Plane {
        let angle = Double(90 * random.nextUniform() - 45) * .pi / 180
        let (right, down) = (Double.cos(angle), Double.sin(angle))
        let weights = (0...20).map { Float(Double.exp(-Double($0 * $0) / 18)) }
        let sum = weights.reduce(0, +)
        var result = Plane(height: ink.height, width: ink.width)
        for (step, weight) in weights.enumerated() {
            let across = Int((Double(step) * right - 0.5).rounded(.up))
            let along = Int((Double(step) * down - 0.5).rounded(.up))
            for row in 0..<ink.height {
                let source = min(max(row + along, 0), ink.height - 1)
                for column in 0..<ink.width {
                    result[row, column] += weight / sum * ink[source, min(column + across, ink.width - 1)]
                }
            }
        }
        return result
    }
}
