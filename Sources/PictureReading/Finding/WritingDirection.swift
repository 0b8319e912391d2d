import Compute
import Imaging

/// Which way lines of writing run in a plane: columns and rows as they would be if the plane were turned so that lines are level.
package struct WritingDirection: Sendable, Hashable {
    /// How far lines fall to the right, in radians; below 0 they rise.
    package let angle: Double
    private let cosine: Double
    private let sine: Double

    package init(angle: Double) {
        self.angle = angle
        (cosine, sine) = (Double.cos(angle), Double.sin(angle))
    }

    /// That of a plane which is upright.
    package static let level = WritingDirection(angle: 0)

    /// Where a point of the plane lies among level lines.
    func place(row: Double, column: Double) -> (row: Double, column: Double) {
        (cosine * row - sine * column, sine * row + cosine * column)
    }

    /// The point of the plane that lies at a place among level lines.
    func source(row: Double, column: Double) -> (row: Double, column: Double) {
        (cosine * row + sine * column, cosine * column - sine * row)
    }
}

extension WritingDirection {
    /// Lines that are less skewed, in radians, are straightened one by one.
    private static let least = 0.11
    /// What is looked at: half degrees up to 45 on both sides.
    private static let steps = 90
    /// The most pieces that are looked at.
    private static let mostPieces = 500
    /// How far from each other pieces are compared, and how far beside a line its digits stand, in heights.
    private static let reach = 5.0
    private static let deviation = 0.2
    /// The least evidence of a line, for each piece.
    private static let fewest = 0.6

    /// The direction in which most pieces stand beside each other.
    /// - Parameter height: The usual height of digits.
    init(of pieces: [Component], height: Double) {
        let start = max(0, (pieces.count - Self.mostPieces) / 2)
        let middles = pieces[start..<min(pieces.count, start + Self.mostPieces)].map {
            SIMD2(Double($0.box.left + $0.box.right), Double($0.box.top + $0.box.bottom)) / (2 * height)
        }
        let evidence = Self.evidence(middles)
        guard middles.count > 2, let best = evidence.indices.max(by: { evidence[$0] < evidence[$1] }) else {
            self = .level
            return
        }
        let angle = Self.angle(best)
        // Some pieces stand a little above or below each other by chance, and loose ones anywhere.
        let isSkewed =
            abs(angle) > Self.least && evidence[best] > 1.4 * evidence[Self.steps]
            && evidence[best] > Self.fewest * Double(middles.count)
        self = isSkewed ? WritingDirection(angle: angle) : .level
    }

    private static func angle(_ index: Int) -> Double { Double(index - steps) / 2 * .pi / 180 }

    /// For each angle how many pieces stand beside each other, near ones more.
    /// - Parameter middles: In heights.
    private static func evidence(_ middles: [SIMD2<Double>]) -> [Double] {
        var evidence = [Double](repeating: 0, count: 2 * steps + 1)
        let normals = evidence.indices.map { SIMD2(-Double.sin(angle($0)), Double.cos(angle($0))) }
        for (index, one) in middles.enumerated() {
            for other in middles[(index + 1)...] {
                let way = other - one
                let distance = (way * way).sum().squareRoot()
                guard 0.3...reach ~= distance, abs(way.y) < 2 * abs(way.x) else { continue }
                for (place, normal) in normals.enumerated() {
                    let aside = (way * normal).sum() / deviation
                    if abs(aside) < 3 {
                        evidence[place] += Double.exp(-aside * aside / 2) / max(0.7, distance)
                    }
                }
            }
        }
        return evidence
    }
}
