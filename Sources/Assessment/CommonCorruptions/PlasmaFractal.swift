import Compute

/// A cloud: a surface of random heights, rough at every scale, made by the diamond-square algorithm.
///
/// The surface is a torus. Half way between known places, first in the middle of squares, then of their sides, the height is the
/// mean of the four around plus a random amount, whose range shrinks with each halving.
///
/// A. Fournier, D. Fussell, L. Carpenter, "Computer Rendering of Stochastic Models", 1982, doi:10.1145/358523.358553.
struct PlasmaFractal {
    private static let size = 256
    /// Heights lie within ± the square of this at first.
    private static let roughness: Float = 100
    /// What it is divided by at each halving.
    private static let decay: Float = 1.4

    /// From 0 to 1, row by row.
    private var heights: [Float]

    /// Draws a surface.
    init(_ random: CounterBasedRandom) {
        let size = Self.size
        var random = random
        var heights = [Float](repeating: 0, count: size * size)
        heights.withUnsafeMutableBufferPointer { heights in
            var roughness = Self.roughness
            var step = size
            while step > 1 {
                let half = step / 2
                let range = roughness * roughness

                /// Sets every place of a grid to the mean of four neighbours, and a random amount.
                func fill(row first: Int, column: Int, diagonally: Bool) {
                    for row in stride(from: first, to: size, by: step) {
                        let (above, below) = ((row - half) & (size - 1), (row + half) & (size - 1))
                        for column in stride(from: column, to: size, by: step) {
                            let (left, right) = ((column - half) & (size - 1), (column + half) & (size - 1))
                            let sum =
                                diagonally
                                ? heights[above * size + left] + heights[above * size + right]
                                    + heights[below * size + left] + heights[below * size + right]
                                : heights[above * size + column] + heights[below * size + column]
                                    + heights[row * size + left] + heights[row * size + right]
                            heights[row * size + column] = sum / 4 + range * (2 * random.nextUniform() - 1)
                        }
                    }
                }

                fill(row: half, column: half, diagonally: true)
                fill(row: 0, column: half, diagonally: false)
                fill(row: half, column: 0, diagonally: false)
                step = half
                roughness /= Self.decay
            }
            let (lowest, highest) = (heights.min() ?? 0, heights.max() ?? 1)
            for place in heights.indices { heights[place] = (heights[place] - lowest) / (highest - lowest) }
        }
        self.heights = heights
    }

    /// The height at a row and a column.
    subscript(row: Int, column: Int) -> Float { heights[row * Self.size + column] }
}
