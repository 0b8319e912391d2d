internal import Compute
internal import Imaging

/// The ink of a small image as distances from its edge, so that it can be drawn at any size, with a crisp edge and by a thinner
/// or broader pen.
///
/// The image's levels are first made smooth (a quadratic B-spline); where they pass the middle level is the ink's edge, known to a
/// fraction of a pixel. Distances spread from there in two passes over the grid.
///
/// G. Borgefors, "Distance transformations in digital images", Computer Vision, Graphics, and Image Processing 34 (1986),
/// doi:10.1016/S0734-189X(86)80047-0.
struct InkField {
    /// Places of the grid for a pixel of the image, along each side.
    private static let fineness = 2
    /// Pixels of paper that are added around the image.
    private static let frame = 3

    /// Rows and columns of the grid.
    let height: Int
    let width: Int
    /// Steps of the grid for the height of a digit: 20 of 28 pixels in an image like MNIST's.
    let stepsOfDigit: Float
    /// How deep inside the ink a place is, in steps of the grid; below 0 outside.
    private(set) var depths: [Float]
    /// The mean width of the strokes, in steps of the grid; 0 without ink.
    private(set) var strokeWidth: Float

    /// - Parameter pixels: A grey image, `[shape.height][shape.width]`, 0 for paper.
    init(_ pixels: ArraySlice<UInt8>, shape: ImageShape) {
        height = Self.fineness * (shape.height + 2 * Self.frame)
        width = Self.fineness * (shape.width + 2 * Self.frame)
        stepsOfDigit = Float(Self.fineness * shape.height) * 20 / 28
        let levels = Self.smoothed(pixels, shape)
        depths = Self.signedDistances(levels, height: height, width: width)
        var (sum, count) = (Float(0), Float(0))
        for depth in depths where depth > 0 {
            sum += depth
            count += 1
        }
        // Across a stroke the mean depth is a quarter of the width.
        strokeWidth = count > 0 ? 4 * sum / count : 0
    }

    /// Makes all strokes broader by `width` steps of the grid, or narrower.
    mutating func broaden(by width: Float) {
        for index in depths.indices { depths[index] += width / 2 }
        strokeWidth += width
    }

    /// The first and the last row with ink.
    var inkedRows: (first: Int, last: Int) {
        let inked = (0..<height).filter { row in depths[row * width..<(row + 1) * width].contains { $0 > 0 } }
        return (inked.first ?? 0, inked.last ?? 0)
    }

    /// How far the ink leans to the right on its way up, as a share of the height: the slope that removes the covariance of its
    /// rows and columns.
    var slant: Float {
        var (count, sum, rows, products) = (Float(0), SIMD2<Float>.zero, Float(0), Float(0))
        for row in 0..<height {
            for column in 0..<width where depths[row * width + column] > 0 {
                let place = SIMD2(Float(column), Float(row))
                count += 1
                sum += place
                rows += place.y * place.y
                products += place.x * place.y
            }
        }
        guard count > 0 else { return 0 }
        let variance = rows - sum.y * sum.y / count
        return variance > 0 ? -(products - sum.x * sum.y / count) / variance : 0
    }

    /// The places inside the ink and next to its edge, in steps of the grid.
    var edge: [SIMD2<Float>] {
        var places: [SIMD2<Float>] = []
        for row in 0..<height {
            for column in 0..<width where -0.5...1 ~= depths[row * width + column] {
                places.append(SIMD2(Float(column) + 0.5, Float(row) + 0.5))
            }
        }
        return places
    }

    /// The depth at a place of the grid, in its steps, smoothly between the grid's own; far outside the ink beyond its border.
    func depth(at place: SIMD2<Float>) -> Float {
        guard place.x > 1, place.y > 1, place.x < Float(width - 1), place.y < Float(height - 1) else {
            return -.infinity
        }
        let (column, across) = QuadraticSpline.weights(at: place.x, cells: width)
        let (row, down) = QuadraticSpline.weights(at: place.y, cells: height)
        var sum: Float = 0
        for line in 0..<3 {
            // Knot k of the spline is the grid's place k - 1.
            let start = (row + line - 1) * width + column - 1
            sum +=
                down[line]
                * (across.x * depths[start] + across.y * depths[start + 1] + across.z * depths[start + 2])
        }
        return sum
    }

    /// The levels of the image at the grid's places, `[height][width]`.
    private static func smoothed(_ pixels: ArraySlice<UInt8>, _ shape: ImageShape) -> [Float] {
        // At a quarter and at three quarters of a pixel.
        let weights = [0.25, 0.75].map { QuadraticSpline.weights(at: $0, cells: 1).weights }
        let (paddedHeight, paddedWidth) = (shape.height + 2 * frame, shape.width + 2 * frame)
        let width = fineness * paddedWidth
        var rows = [Float](repeating: 0, count: paddedHeight * width)
        for row in 0..<shape.height {
            let start = pixels.startIndex + row * shape.width
            func level(_ column: Int) -> Float {
                0..<shape.width ~= column ? Float(pixels[start + column]) : 0
            }
            for column in -1...shape.width {
                for (phase, weights) in weights.enumerated() {
                    rows[(row + frame) * width + fineness * (column + frame) + phase] =
                        weights.x * level(column - 1) + weights.y * level(column) + weights.z
                        * level(column + 1)
                }
            }
        }
        var levels = [Float](repeating: 0, count: fineness * rows.count)
        for row in 1..<paddedHeight - 1 {
            for (phase, weights) in weights.enumerated() {
                let target = (fineness * row + phase) * width
                for column in 0..<width {
                    let index = row * width + column
                    levels[target + column] =
                        weights.x * rows[index - width] + weights.y * rows[index]
                        + weights.z * rows[index + width]
                }
            }
        }
        return levels
    }

    /// The distance of each place from the nearest one where the levels pass the middle level; negative outside.
    private static func signedDistances(_ levels: [Float], height: Int, width: Int) -> [Float] {
        let middle = 0.45 * max(levels.max() ?? 0, 1)
        let far: Float = 1000
        var distances = [Float](repeating: far, count: levels.count)
        for row in 1..<height - 1 {
            for column in 1..<width - 1 {
                let index = row * width + column
                let isInk = levels[index] >= middle
                let neighbours = (index - 1, index + 1, index - width, index + width)
                guard
                    isInk != (levels[neighbours.0] >= middle) || isInk != (levels[neighbours.1] >= middle)
                        || isInk != (levels[neighbours.2] >= middle)
                        || isInk != (levels[neighbours.3] >= middle)
                else { continue }
                let x = (levels[neighbours.1] - levels[neighbours.0]) / 2
                let y = (levels[neighbours.3] - levels[neighbours.2]) / 2
                let slope = max((x * x + y * y).squareRoot(), 1)
                distances[index] = min(abs(levels[index] - middle) / slope, 1)
            }
        }
        spread(&distances, height: height, width: width)
        for index in levels.indices where levels[index] < middle { distances[index] = -distances[index] }
        return distances
    }

    /// Lowers each distance to what its neighbours' allow.
    private static func spread(_ distances: inout [Float], height: Int, width: Int) {
        let diagonal: Float = 1.4142135
        distances.withUnsafeMutableBufferPointer { distances in
            for row in 1..<height - 1 {
                for column in 1..<width - 1 {
                    let index = row * width + column
                    let straight = min(distances[index - 1], distances[index - width]) + 1
                    let oblique = min(distances[index - width - 1], distances[index - width + 1]) + diagonal
                    distances[index] = min(distances[index], min(straight, oblique))
                }
            }
            for row in (1..<height - 1).reversed() {
                for column in (1..<width - 1).reversed() {
                    let index = row * width + column
                    let straight = min(distances[index + 1], distances[index + width]) + 1
                    let oblique = min(distances[index + width + 1], distances[index + width - 1]) + diagonal
                    distances[index] = min(distances[index], min(straight, oblique))
                }
            }
        }
    }
}
