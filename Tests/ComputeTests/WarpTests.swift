import CDigitKernels
import Compute
import TestSupport
import Testing

private let sizes = [(0, 0), (1, 1), (1, 5), (5, 1), (3, 7), (4, 15), (5, 16), (3, 17), (28, 28), (6, 33)].map
{
    (rows: $0.0, columns: $0.1)
}

private func pixels(_ size: (rows: Int, columns: Int), seed: UInt64 = 1) -> [UInt8] {
    var numbers = Numbers(.integers, seed: seed)
    return numbers.integers(size.rows * size.columns, in: 0...255).map { UInt8($0) }
}

/// A picture in its frame of zeros; the two bytes that are read and do not matter are not 0.
private func framed(_ pixels: [UInt8], _ size: (rows: Int, columns: Int)) -> [UInt8] {
    let stride = size.columns + 3
    var frame = [UInt8](repeating: 0, count: (size.rows + 3) * stride) + [201, 202]
    for (index, pixel) in pixels.enumerated() {
        frame[(index / size.columns + 1) * stride + index % size.columns + 1] = pixel
    }
    return frame
}

/// What warp_image is asked for.
private struct WarpProblem {
    let size: (rows: Int, columns: Int)
    var x: (Float, Float, Float)
    var y: (Float, Float, Float)
    var knots = 0
    var scale: Float = 1
    var shift: Float = 0
    private var numbers = Numbers(.reals)
    private(set) var rowWeights: [Float] = []
    private(set) var columnWeights: [Float] = []
    private(set) var displacements: [Float] = []
    var noise: [Float]?
    var image: [UInt8]

    init(
        _ size: (rows: Int, columns: Int), x: (Float, Float, Float) = (1, 0, 0),
        y: (Float, Float, Float) = (0, 1, 0), knots: Int = 0, hasNoise: Bool = false, scale: Float = 1,
        shift: Float = 0
    ) {
        self.size = size
        self.x = x
        self.y = y
        self.knots = knots
        self.scale = scale
        self.shift = shift
        image = pixels(size)
        let padded = Int(DIGITS_WARP_KNOTS)
        rowWeights = numbers.floats(size.rows * padded)
        columnWeights = numbers.floats(knots * size.columns)
        displacements = numbers.floats(knots * 2 * padded).map { 3 * $0 }
        if hasNoise { noise = numbers.floats(size.rows * size.columns).map { 100 * $0 } }
    }

    func result(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let result = memory.variable([Float](repeating: 777, count: image.count))
        var arguments = digits_warp()
        arguments.rows = size.rows
        arguments.columns = size.columns
        arguments.frame = memory.constant(framed(image, size)) as UnsafePointer<UInt8>
        arguments.x_place = x
        arguments.y_place = y
        arguments.knots = knots
        arguments.row_weights = memory.constant(rowWeights) as UnsafePointer<Float>
        arguments.column_weights = memory.constant(columnWeights) as UnsafePointer<Float>
        arguments.displacements = memory.constant(displacements) as UnsafePointer<Float>
        arguments.noise = memory.constant(noise)
        arguments.scale = scale
        arguments.shift = shift
        // In two parts, as callers may.
        for rows in [0..<size.rows / 3, size.rows / 3..<size.rows] {
            arguments.first_row = rows.lowerBound
            arguments.end_row = rows.upperBound
            arguments.result = result.baseAddress.map { $0 + rows.lowerBound * size.columns }
            set.kernels.warp_image(&arguments)
        }
        return Array(result)
    }

    /// What a result may be off by: a place by a rounding for each of its operations, which a step of 255 between neighbours
    /// along each axis turns into grey, then the few operations on the grey itself.
    var tolerance: Float {
        let (rows, columns) = (Float(size.rows), Float(size.columns))
        let field = Float(knots * knots) * 3
        let place =
            (abs(x.0) + abs(y.0)) * columns + (abs(x.1) + abs(y.1)) * rows + abs(x.2) + abs(y.2) + 2 * field
            + rows + columns
        let grey = 255 * rounding * (Float(2 * knots + 6) * place + 12)
        return abs(scale) * grey + rounding * (355 * abs(scale) + abs(shift))
    }

    var description: String { "\(size) x \(x) y \(y) knots \(knots) noise \(noise != nil)" }
}

@Suite struct WarpTests {
    @Test(arguments: KernelSet.tested, sizes)
    func thickenedImagesEqualReference(set: KernelSet, size: (rows: Int, columns: Int)) {
        for amount: Int32 in [-256, -255, -77, -1, 0, 1, 100, 256] {
            func result(_ set: KernelSet, _ memory: GuardedMemory) -> [UInt8] {
                let result = memory.variable([UInt8](repeating: 7, count: size.rows * size.columns))
                set.kernels.thicken_image(
                    size.rows, size.columns, amount, memory.constant(pixels(size)), result.baseAddress)
                return Array(result)
            }
            let expected = inEveryPlacement { result(.reference, $0) }[0]
            for actual in inEveryPlacement({ result(set, $0) }) {
                expectIdentical(actual, expected, "\(size) by \(amount)")
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func strokesBecomeThickerAndThinnerAsComputedByHand(set: KernelSet) {
        let stroke: [UInt8] = [
            0, 0, 0, 0,
            0, 200, 100, 0,
            0, 200, 0, 0,
        ]
        func thickened(_ amount: Int32) -> [UInt8] {
            var result = [UInt8](repeating: 7, count: 12)
            set.kernels.thicken_image(3, 4, amount, stroke, &result)
            return result
        }
        expectIdentical(
            thickened(256), [0, 200, 100, 0, 200, 200, 200, 100, 200, 200, 200, 0], "the largest")
        // What lies beyond the edges does not count: the stroke's foot is at one.
        expectIdentical(thickened(-256), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "the smallest")
        expectIdentical(
            thickened(128), [0, 100, 50, 0, 100, 200, 150, 50, 100, 200, 100, 0], "half way to the largest")
        expectIdentical(thickened(0), stroke, "unchanged")
    }

    @Test(arguments: KernelSet.tested, sizes)
    func warpedImagesAgreeWithReference(set: KernelSet, size: (rows: Int, columns: Int)) {
        let problems = [
            WarpProblem(size), WarpProblem(size, x: (0.9, 0.3, 1.5), y: (-0.3, 1.1, -2.25)),
            WarpProblem(size, x: (1, 0, 0.5), y: (0, 1, -0.5), hasNoise: true),
            WarpProblem(size, x: (-2, 0, 7), y: (0, 0.01, 3), knots: 1, scale: 1 / 255),
            WarpProblem(size, knots: 6, scale: 1 / 78.5, shift: -0.42),
            WarpProblem(
                size, x: (0.8, -0.2, 3), y: (0.2, 0.8, -1), knots: 8, hasNoise: true, scale: 2, shift: 5),
        ]
        for problem in problems {
            let expected = inEveryPlacement { problem.result(.reference, in: $0) }[0]
            for actual in inEveryPlacement({ problem.result(set, in: $0) }) {
                expectClose(actual, expected, within: { _ in problem.tolerance }, problem.description)
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func placesBeyondTheEdgesAndNoPlacesAreBlank(set: KernelSet) {
        for place: Float in [.nan, .infinity, -.infinity, 1e30, -1e30, 28, -1] {
            let problem = WarpProblem((28, 28), x: (0, 0, place), scale: 3, shift: 0.5)
            for result in inEveryPlacement({ problem.result(set, in: $0) }) {
                expectEqual(result, .init(repeating: 0.5, count: 784), "column \(place)")
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func whatNoiseTakesOutOfTheRangeIsCutOff(set: KernelSet) {
        var problem = WarpProblem((1, 3), hasNoise: true, scale: 2, shift: 1)
        problem.image = [10, 100, 250]
        problem.noise = [-20, 1, 20]
        for result in inEveryPlacement({ problem.result(set, in: $0) }) {
            expectEqual(result, [1, 203, 511], "noise")
        }
    }
}
