import CDigitKernels
import Tensors

/// Where the pixels of a picture come from: an affine map of places, and perhaps a smooth field of displacements on top.
/// It does the work of `AffineWarp` and `Augmenter`.
struct PictureWarp {
    /// The source's column of a result's column c and row r: `x.0 · c + x.1 · r + x.2`, in pixels.
    var x: (Float, Float, Float)
    /// The source's row, likewise.
    var y: (Float, Float, Float)

    /// The map of a warp about the centre of a picture.
    init(_ warp: AffineWarp, height: Int, width: Int) {
        let (centerX, centerY) = (Float(width - 1) / 2, Float(height - 1) / 2)
        let (fromX, fromY) = (-centerX - Float(warp.shiftRight), -centerY - Float(warp.shiftDown))
        let inverse = warp.inverse
        x = (inverse[0], inverse[1], inverse[0] * fromX + inverse[1] * fromY + centerX)
        y = (inverse[2], inverse[3], inverse[2] * fromX + inverse[3] * fromY + centerY)
    }

    /// Reads a picture through this map, with bilinear interpolation.
    /// - Parameters:
    ///   - pixels: `[height, width]`, row by row.
    ///   - field: Displacements that are added to the places, with their knots' values; nil for none.
    ///   - noise: What is added to each pixel before it is cut to 0…255, `[height, width]`; nil for none.
    ///   - scale: What a pixel of 0…255 is multiplied with, before `shift` is added.
    ///   - destination: Takes the result, `[height, width]`.
    func apply(
        to pixels: UnsafePointer<UInt8>, height: Int, width: Int,
        field: (grid: DisplacementGrid, displacements: UnsafePointer<Float>)? = nil,
        noise: UnsafePointer<Float>? = nil, scale: Float = 1, shift: Float = 0, kernels: Kernels,
        into destination: UnsafeMutablePointer<Float>
    ) {
        let kernels = kernels.table.pointee
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: (height + 2) * (width + 2)) { quads in
            kernels.pixel_quads(height, width, pixels, quads.baseAddress)
            var arguments = digits_warp()
            arguments.rows = height
            arguments.columns = width
            arguments.quads = UnsafePointer(quads.baseAddress)
            arguments.x_place = x
            arguments.y_place = y
            if let field {
                arguments.knots = DisplacementGrid.knots
                arguments.row_weights = UnsafePointer(field.grid.rowWeights.pointer)
                arguments.column_weights = UnsafePointer(field.grid.columnWeights.pointer)
                arguments.displacements = field.displacements
            }
            arguments.noise = noise
            arguments.scale = scale
            arguments.shift = shift
            arguments.result = destination
            kernels.warp_picture(&arguments)
        }
    }
}

/// Where a quadratic B-spline over a grid of knots takes its values from, for each row and column of pictures of one size.
///
/// Displacements drawn at the knots and read through it make the elastic deformation of P. Y. Simard, D. Steinkraus and
/// J. C. Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis", 2003,
/// doi:10.1109/ICDAR.2003.1227801, where a Gaussian makes the field smooth.
final class DisplacementGrid: Sendable {
    /// Cells along each side: on 28 pixels as smooth as a Gaussian of 3.5 pixels, near Simard's 4.
    private static let cells = 4
    /// Knots along each side.
    static let knots = cells + 2
    /// Floats between the knots of one row and those of the next: `[x, y][DIGITS_WARP_KNOTS]`.
    static let stride = 2 * Int(DIGITS_WARP_KNOTS)
    /// The field's standard deviation where the knots' is 1: the root of the mean square of the weights, 11/20 along each
    /// side.
    static let deviation: Float = 11.0 / 20

    /// `[rows][DIGITS_WARP_KNOTS]`.
    fileprivate let rowWeights: FloatBuffer
    /// `[knots][columns]`.
    fileprivate let columnWeights: FloatBuffer

    init(height: Int, width: Int) {
        let padded = Int(DIGITS_WARP_KNOTS)
        rowWeights = FloatBuffer(count: height * padded)
        columnWeights = FloatBuffer(count: Self.knots * width)
        for row in 0..<height {
            let (first, weights) = Self.weights(at: row, of: height)
            for knot in 0..<3 { rowWeights.pointer[row * padded + first + knot] = weights[knot] }
        }
        for column in 0..<width {
            let (first, weights) = Self.weights(at: column, of: width)
            for knot in 0..<3 { columnWeights.pointer[(first + knot) * width + column] = weights[knot] }
        }
    }

    /// The first of the three knots that matter to a pixel's centre, and the weight of each.
    private static func weights(at pixel: Int, of count: Int) -> (first: Int, weights: SIMD3<Float>) {
        let position = (Float(pixel) + 0.5) / Float(count) * Float(cells)
        let cell = min(Int(position), cells - 1)
        let t = position - Float(cell)
        return (cell, SIMD3((1 - t) * (1 - t) / 2, 0.5 + t * (1 - t), t * t / 2))
    }
}
