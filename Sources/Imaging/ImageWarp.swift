import CDigitKernels
import Compute

/// Where the pixels of an image come from: an affine map of places, and perhaps a smooth field of displacements on top.
/// It does the work of `AffineWarp` and `Augmenter`.
struct ImageWarp {
    /// The source's column of a result's column c and row r: `x.0 · c + x.1 · r + x.2`, in pixels.
    var x: (Float, Float, Float)
    /// The source's row, likewise.
    var y: (Float, Float, Float)
    private let height: Int
    private let width: Int

    /// The map of a warp about the centre of images of a shape.
    init(_ warp: AffineWarp, _ shape: ImageShape) {
        (height, width) = (shape.height, shape.width)
        let (centerX, centerY) = (Float(width - 1) / 2, Float(height - 1) / 2)
        let (fromX, fromY) = (-centerX - Float(warp.shiftRight), -centerY - Float(warp.shiftDown))
        let inverse = warp.inverse
        x = (inverse[0], inverse[1], inverse[0] * fromX + inverse[1] * fromY + centerX)
        y = (inverse[2], inverse[3], inverse[2] * fromX + inverse[3] * fromY + centerY)
    }

    /// What is added to places and pixels, and what becomes of these.
    struct Extras {
        /// Displacements that are added to the places, with their knots' values; nil for none.
        var field: (grid: DisplacementGrid, displacements: UnsafePointer<Float>)?
        /// What is added to each pixel before it is cut to 0…255, `[height][width]`; nil for none.
        var noise: UnsafePointer<Float>?
        /// What a pixel of 0…255 is multiplied with, before `shift` is added.
        var scale: Float = 1
        var shift: Float = 0
    }

    /// Reads one channel of an image through this map, with bilinear interpolation. For images up to 28×28 nothing is allocated.
    /// - Parameters:
    ///   - pixels: `[height][width]`, row by row.
    ///   - destination: Takes the result, `[height][width]`.
    func apply(
        to pixels: UnsafePointer<UInt8>, extras: Extras, kernels: Kernels,
        into destination: UnsafeMutablePointer<Float>
    ) {
        withArguments(pixels, extras) { arguments in
            arguments.first_row = 0
            arguments.end_row = height
            arguments.result = destination
            kernels.functions.pointee.warp_image(&arguments)
        }
    }

    /// The same with the result rounded to bytes.
    func apply(
        to pixels: UnsafePointer<UInt8>, kernels: Kernels, into destination: UnsafeMutablePointer<UInt8>
    ) {
        withArguments(pixels, Extras()) { arguments in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { line in
                arguments.result = line.baseAddress
                for row in 0..<height {
                    arguments.first_row = row
                    arguments.end_row = row + 1
                    kernels.functions.pointee.warp_image(&arguments)
                    for column in 0..<width {
                        destination[row * width + column] = UInt8(line[column] + 0.5)
                    }
                }
            }
        }
    }

    /// Sets everything but the rows and the result. The image gets a frame of zeros: places beyond the edges are moved into
    /// it, and no read needs a question.
    private func withArguments(
        _ pixels: UnsafePointer<UInt8>, _ extras: Extras, _ body: (inout digits_warp) -> Void
    ) {
        let stride = width + 3
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: stride * (height + 3) + 2) { frame in
            frame.initialize(repeating: 0)
            for row in 0..<height {
                (frame.baseAddress! + (row + 1) * stride + 1).update(from: pixels + row * width, count: width)
            }
            var arguments = digits_warp()
            arguments.rows = height
            arguments.columns = width
            arguments.frame = UnsafePointer(frame.baseAddress)
            arguments.x_place = x
            arguments.y_place = y
            if let field = extras.field {
                arguments.knots = DisplacementGrid.knots
                arguments.row_weights = UnsafePointer(field.grid.rowWeights.pointer)
                arguments.column_weights = UnsafePointer(field.grid.columnWeights.pointer)
                arguments.displacements = field.displacements
            }
            arguments.noise = extras.noise
            arguments.scale = extras.scale
            arguments.shift = extras.shift
            body(&arguments)
        }
    }
}

/// Where a quadratic B-spline over a grid of knots takes its values from, for each row and column of images of one size.
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

    init(_ shape: ImageShape) {
        let (height, width) = (shape.height, shape.width)
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
        QuadraticSpline.weights(at: (Float(pixel) + 0.5) / Float(count) * Float(cells), cells: cells)
    }
}
