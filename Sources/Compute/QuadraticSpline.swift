/// A quadratic B-spline over evenly spaced knots, along one axis. It needs two knots more than it has cells.
package enum QuadraticSpline {
    /// The first of the three knots that matter to a place, and the weight of each; the weights sum to 1.
    /// - Parameter position: The place, in cells from 0; beyond the last cell it counts as in it.
    package static func weights(at position: Float, cells: Int) -> (first: Int, weights: SIMD3<Float>) {
        let cell = min(Int(position), cells - 1)
        let t = position - Float(cell)
        return (cell, SIMD3((1 - t) * (1 - t) / 2, 0.5 + t * (1 - t), t * t / 2))
    }
}
