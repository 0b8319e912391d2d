/// A strip seen a little larger, smaller or leaning: what a network makes of several such looks is more often right than what it makes
/// of one.
package struct StripLook: Sendable {
    /// Pixels of the view for one of the strip's.
    private let size: Float
    /// By how many pixels to the right a pixel further down is taken from, at the strip's size.
    private let slant: Float

    /// The looks at a strip beside that at itself.
    package static let others = [
        StripLook(size: 1.1, slant: 0), StripLook(size: 0.9, slant: 0), StripLook(size: 1, slant: 0.15),
        StripLook(size: 1, slant: -0.15),
    ]

    /// The strip as it is seen, its middle row where it was; between pixels in straight lines.
    package func view(of strip: Plane) -> Plane {
        let (height, width) = (strip.height, strip.width)
        let columns = max(1, Int((Float(width) * size).rounded()))
        let middle = Float(height) / 2
        return Plane(height: height, width: columns) { view in
            view.update(repeating: 0)
            for row in 0..<height {
                let below = Float(row) + 0.5 - middle
                let source = below / size + middle - 0.5
                let top = Int(source.rounded(.down))
                let share = source - Float(top)
                for (line, share) in [(top, 1 - share), (top + 1, share)] where 0..<height ~= line {
                    for column in 0..<columns {
                        let place = (Float(column) + 0.5) / size + slant * below - 0.5
                        let left = Int(place.rounded(.down))
                        let part = place - Float(left)
                        var ink: Float = 0
                        if 0..<width ~= left { ink += (1 - part) * strip[line, left] }
                        if 0..<width ~= left + 1 { ink += part * strip[line, left + 1] }
                        view[row * columns + column] += share * ink
                    }
                }
            }
        }
    }

    /// What a network says of the view, at the columns of the strip.
    /// - Parameters:
    ///   - probabilities: Of the view, `[columns][11]`.
    ///   - count: Columns that the network answers at for the strip itself.
    package func probabilities(_ probabilities: [Float], atColumns count: Int) -> [Float] {
        let classes = NumberDecoder.classCount
        let last = probabilities.count / classes - 1
        return (0..<count).flatMap { column in
            let place = min(max((Float(column) + 0.5) * size - 0.5, 0), Float(last))
            let before = min(Int(place), max(0, last - 1))
            let share = place - Float(before)
            return (0..<classes).map { index in
                let (one, other) = (before * classes + index, min(before + 1, last) * classes + index)
                return probabilities[one] * (1 - share) + probabilities[other] * share
            }
        }
    }
}
