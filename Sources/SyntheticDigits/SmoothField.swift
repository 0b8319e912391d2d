internal import Compute

/// Random displacements that change smoothly from place to place: a quadratic B-spline over a grid.
///
/// It is the elastic deformation of P. Y. Simard, D. Steinkraus, J. C. Platt, "Best Practices for Convolutional Neural
/// Networks Applied to Visual Document Analysis", 2003, doi:10.1109/ICDAR.2003.1227801, applied to the pen's way instead
/// of to pixels.
struct SmoothField {
    /// Cells of the grid along each side of the unit square.
    private static let cells = 3
    private static let knots = cells + 2

    /// Displacements at the grid's knots, row by row.
    private let displacements: [SIMD2<Float>]

    /// Draws the displacements at random.
    /// - Parameter deviation: Their standard deviation at the knots.
    init(deviation: Float, random: inout CounterBasedRandom) {
        displacements = (0..<Self.knots * Self.knots).map { _ in
            deviation * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
        }
    }

    /// The displacement of a place. Beyond the unit square it is that of the nearest place inside.
    func displacement(at place: SIMD2<Float>) -> SIMD2<Float> {
        let (column, columnWeights) = Self.weights(place.x)
        let (row, rowWeights) = Self.weights(place.y)
        var sum = SIMD2<Float>.zero
        for down in 0..<3 {
            let start = (row + down) * Self.knots + column
            let line =
                columnWeights.x * displacements[start] + columnWeights.y * displacements[start + 1]
                + columnWeights.z * displacements[start + 2]
            sum += rowWeights[down] * line
        }
        return sum
    }

    /// The first of the three knots that matter to a coordinate, and the weight of each.
    private static func weights(_ coordinate: Float) -> (first: Int, weights: SIMD3<Float>) {
        QuadraticSpline.weights(at: min(max(coordinate, 0), 1) * Float(cells), cells: cells)
    }
}
