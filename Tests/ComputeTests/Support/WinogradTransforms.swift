import CDigitKernels
import Testing

/// The three matrices of one of Winograd's forms F(m×m, k×k), and what rounding in them can do.
///
/// An output is Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A. Written out it is a sum of products of one entry of each matrix and axis, a
/// weight and a pixel. Each product is rounded no more often than the roundings below add up to, so the sum is off by no
/// more than so many roundings of the same sum with every factor's magnitude (N. Higham, "Accuracy and Stability of
/// Numerical Algorithms", 2002, section 3.1). For larger tiles that sum is far above the direct one's: the entries are
/// larger, and most of what they make cancels.
struct WinogradTransforms: Sendable, CustomTestStringConvertible {
    /// Side of a tile of outputs, m, and of the kernel, k.
    let tile, kernel: Int
    /// Aᵀ, Bᵀ and G, row by row.
    let output, input, weights: [[Float]]

    var testDescription: String { "F(\(tile)×\(tile), \(kernel)×\(kernel))" }
    /// Side of a tile of pixels.
    var side: Int { tile + kernel - 1 }
    var points: Int { side * side }
    var taps: Int { kernel * kernel }
    var form: digits_winograd { digits_winograd(tile: tile, kernel: kernel) }

    /// Whether transformed whole numbers are exact: with four values on an axis all entries are powers of two, with
    /// six there are sixths in G.
    var weightsAreExact: Bool { side == 4 }

    static let all = [
        WinogradTransforms(
            tile: 2, kernel: 3,
            output: [[1, 1, 1, 0], [0, 1, -1, -1]],
            input: [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
            weights: [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]]),
        WinogradTransforms(
            tile: 4, kernel: 3,
            output: [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]],
            input: inputOfSix,
            weights: [
                [1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6], [1 / 24, 1 / 12, 1 / 6],
                [1 / 24, -1 / 12, 1 / 6], [0, 0, 1],
            ]),
        WinogradTransforms(
            tile: 2, kernel: 5,
            output: [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 1]],
            input: inputOfSix,
            weights: [
                [1 / 4, 0, 0, 0, 0], [-1 / 6, -1 / 6, -1 / 6, -1 / 6, -1 / 6],
                [-1 / 6, 1 / 6, -1 / 6, 1 / 6, -1 / 6], [1 / 24, 1 / 12, 1 / 6, 1 / 3, 2 / 3],
                [1 / 24, -1 / 12, 1 / 6, -1 / 3, 2 / 3], [0, 0, 0, 0, 1],
            ]),
    ]

    private static let inputOfSix: [[Float]] = [
        [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1],
    ]
}

extension WinogradTransforms {
    // The most roundings that a number meets in a transform of both axes, with six values on each: additions that come
    // after each other (even and odd terms are summed apart), the constant and the product where G has sixths, and
    // products with 5; those with powers of two are exact.
    var weightsRoundings: Int { 2 * ((kernel + 1) / 2 + 2) }
    var weightGradientRoundings: Int { 2 * (3 + 2) }
    var inputRoundings: Int { 2 * 3 }
    var inputGradientRoundings: Int { 2 * 3 }
    var outputRoundings: Int { 2 * 3 }
    var outputGradientRoundings: Int { 2 * 2 }

    /// The largest magnitude that a matrix makes of magnitudes of at most 1, on both axes.
    static func growth(_ matrix: [[Float]]) -> Float {
        let largest = matrix.map { $0.reduce(0) { $0 + abs($1) } }.max()!
        return largest * largest
    }

    static func transposed(_ matrix: [[Float]]) -> [[Float]] {
        matrix[0].indices.map { column in matrix.map { $0[column] } }
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
