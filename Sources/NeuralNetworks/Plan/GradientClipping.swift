import Compute

/// Scales a batch's gradient down where its norm over all parameters is too large: `g · maximum / ‖g‖`.
///
/// Each piece of the gradient is squared and summed by the thread that has computed it; the pieces' sums are added in
/// their order, in Double, so that the number of threads does not show.
final class GradientClipping: Sendable {
    /// The most ranges that a piece has: a panel's weights and its biases, or gamma and beta.
    private static let rangesPerPiece = 2

    private let gradients: FloatBuffer
    private let starts: Workspace<Int>
    private let ends: Workspace<Int>
    private let squares: Workspace<Double>
    private let pieces: Int

    init(_ gradients: FloatBuffer, pieces: Int) {
        self.gradients = gradients
        self.pieces = pieces
        starts = Workspace(count: pieces * Self.rangesPerPiece, zero: 0)
        ends = Workspace(count: pieces * Self.rangesPerPiece, zero: 0)
        squares = Workspace(count: pieces, zero: 0)
    }

    /// Notes where a piece lies and how long it is; different pieces at the same time.
    /// - Parameter compute: Computes the piece and tells each of its ranges.
    func measure(piece: Int, _ compute: (_ isFinal: (Range<Int>) -> Void) -> Void) {
        let first = piece * Self.rangesPerPiece
        var count = 0
        var sum = 0.0
        compute { range in
            precondition(
                count < Self.rangesPerPiece,
                "A piece of the gradient has more than \(Self.rangesPerPiece) ranges.")
            starts.pointer[first + count] = range.lowerBound
            ends.pointer[first + count] = range.upperBound
            count += 1
            for index in range {
                let value = Double(gradients.pointer[index])
                sum += value * value
            }
        }
        squares.pointer[piece] = sum
    }

    /// What the gradient has to be multiplied with once every piece is measured: 1 where it is short enough.
    func scale(to maximum: Float) -> Float {
        var sum = 0.0
        for piece in 0..<pieces { sum += squares.pointer[piece] }
        let norm = sum.squareRoot()
        return norm <= Double(maximum) ? 1 : Float(Double(maximum) / norm)
    }

    /// Scales a piece and hands its ranges on; different pieces at the same time.
    func apply(_ scale: Float, piece: Int, then update: (Range<Int>) -> Void) {
        let first = piece * Self.rangesPerPiece
        for place in first..<first + Self.rangesPerPiece {
            let range = starts.pointer[place]..<ends.pointer[place]
            guard !range.isEmpty else { continue }
            if scale != 1 { for index in range { gradients.pointer[index] *= scale } }
            update(range)
        }
    }
}
