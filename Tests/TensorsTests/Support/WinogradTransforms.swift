/// The three matrices of Winograd's F(m×m, 3×3), and what rounding in them can do.
///
/// An output is Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A. Written out it is a sum of products of one entry of each matrix and axis, a
/// weight and a pixel. Each product is rounded no more often than `roundings` says, so the sum is off by no more than
/// so many roundings of the same sum with every factor's magnitude (N. Higham, "Accuracy and Stability of Numerical
/// Algorithms", 2002, section 3.1). For larger tiles that sum is far above the direct one's: the entries are larger,
/// and most of them cancel.
struct WinogradTransforms: Sendable {
    /// Side of a tile of outputs, m.
    let tile: Int
    /// Aᵀ, Bᵀ and G, row by row.
    let output, input, weights: [[Float]]

    /// Side of a tile of pixels.
    var side: Int { tile + 2 }
    var points: Int { side * side }

    /// F(2×2, 3×3): all entries are powers of two, so that whole numbers stay exact.
    static let two = WinogradTransforms(
        tile: 2,
        output: [[1, 1, 1, 0], [0, 1, -1, -1]],
        input: [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
        weights: [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])

    /// F(4×4, 3×3): sixths in the weights' matrix.
    static let four = WinogradTransforms(
        tile: 4,
        output: [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]],
        input: [
            [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0],
            [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1],
        ],
        weights: [
            [1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6], [1 / 24, 1 / 12, 1 / 6],
            [1 / 24, -1 / 12, 1 / 6], [0, 0, 1],
        ])

    /// Whether transformed whole numbers are exact.
    var weightsAreExact: Bool { tile == 2 }

    /// Roundings of one number in a transform of both axes: on each axis the weights' constant, the product with it
    /// and up to two additions, and a multiplication and two additions in the input's, three additions in the
    /// output's.
    static let weightsRoundings = 2 * 4
    static let inputRoundings = 2 * 3
    static let outputRoundings = 2 * 3

    /// The largest magnitude that a matrix makes of magnitudes of at most 1, on both axes.
    static func growth(_ matrix: [[Float]]) -> Float {
        let largest = matrix.map { $0.reduce(0) { $0 + abs($1) } }.max()!
        return largest * largest
    }

    /// M x Mᵀ of a square `x`, row by row, with magnitudes everywhere.
    static func magnitudes(_ matrix: [[Float]], _ x: [Float]) -> [Float] {
        let inner = matrix[0].count
        return matrix.flatMap { left in
            matrix.map { right in
                var sum: Float = 0
                for y in 0..<inner {
                    for z in 0..<inner { sum += abs(left[y] * right[z] * x[y * inner + z]) }
                }
                return sum
            }
        }
    }
}
