import CDigitKernels
import TestSupport
import Testing

@Suite struct WinogradTests {
    @Test(arguments: KernelSet.tested, WinogradTransforms.all)
    func winogradWeightsAgreeWithReference(set: KernelSet, transforms: WinogradTransforms) {
        for (rows, columns) in [(0, 4), (1, 1), (3, 16), (7, 0), (2, 7), (5, 8), (4, 9), (9, 15)] {
            for content in Content.allCases {
                let problem = WeightsProblem(transforms, rows: rows, columns: columns, content: content)
                check(
                    set, content, isExact: transforms.weightsAreExact,
                    roundings: transforms.weightsRoundings, growth: transforms.weights,
                    "\(content), \(rows) rows, \(columns) columns", problem.run)
            }
        }
    }

    @Test(arguments: KernelSet.tested, WinogradTransforms.all)
    func winogradWeightGradientAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        for channels in [0, 1, 2, 5, 16, 19] {
            for content in Content.allCases {
                var numbers = Numbers(content)
                let panel = numbers.floats(transforms.points * channels * 16)
                check(
                    set, content, isExact: transforms.weightsAreExact,
                    roundings: transforms.weightGradientRoundings,
                    growth: WinogradTransforms.transposed(transforms.weights),
                    "\(content), \(channels) channels"
                ) { set, memory in
                    let weights = memory.variable(
                        [Float](repeating: 777, count: transforms.taps * channels * 16))
                    var form = transforms.form
                    set.kernels.winograd_weight_gradient(
                        &form, channels, memory.constant(panel), weights.baseAddress)
                    return Array(weights)
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, WinogradTransforms.all)
    func winogradInputAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        forEachInput { tiles, channels, content in
            let problem = PixelsProblem(transforms, tiles: tiles, channels: channels, content: content)
            check(
                set, content, isExact: true, roundings: transforms.inputRoundings,
                growth: transforms.input, problem.description, problem.transformed)
        }
    }

    @Test(arguments: KernelSet.tested, WinogradTransforms.all)
    func winogradInputGradientAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        forEachInput { tiles, channels, content in
            guard channels <= 16 else { return }
            let problem = PixelsProblem(transforms, tiles: tiles, channels: channels, content: content)
            // Each tile adds to a pixel that its neighbours may have added to.
            check(
                set, content, isExact: true,
                roundings: transforms.inputGradientRoundings + tiles, terms: tiles + 1,
                growth: WinogradTransforms.transposed(transforms.input), problem.description,
                problem.gradient)
        }
    }

    @Test(arguments: KernelSet.tested, WinogradTransforms.all)
    func winogradOutputAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        forEachOutput(transforms) { problem in
            check(
                set, problem.content, isExact: true, roundings: transforms.outputRoundings + 1, terms: 2,
                growth: transforms.output, problem.description, problem.whole)
        }
    }

    @Test(arguments: KernelSet.tested, WinogradTransforms.all)
    func winogradOutputGradientAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        forEachOutput(transforms) { problem in
            for isPooled in [false, true] {
                check(
                    set, problem.content, isExact: true, roundings: transforms.outputGradientRoundings,
                    growth: WinogradTransforms.transposed(transforms.output),
                    "\(problem.description), pooled \(isPooled)"
                ) { problem.gradient($0, isPooled: isPooled, in: $1) }
            }
        }
    }

    @Test(arguments: KernelSet.tested, WinogradTransforms.all)
    func winogradOutputPoolAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        forEachOutput(transforms) { problem in
            check(
                set, problem.content, isExact: true, roundings: transforms.outputRoundings + 1, terms: 2,
                growth: transforms.output, problem.description
            ) { problem.pooled($0, in: $1).values }
            let expected = problem.pooled(.reference, in: GuardedMemory(.misaligned)).routes
            let routes = problem.pooled(set, in: GuardedMemory(.endsAtInaccessiblePage)).routes
            guard problem.content == .reals else {
                expectIdentical(routes, expected, problem.description)
                return
            }
            let bound = bound(
                problem.content, roundings: transforms.outputRoundings + 1, terms: 2,
                growth: transforms.output)
            expectAsGoodRoutes(
                routes, expected, values: problem.windows(in: GuardedMemory(.misaligned)),
                bounds: [Float](repeating: bound, count: routes.count), problem.description)
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, WinogradTransforms.all)
    func outputPoolKeepsTheFirstOfEqualsAndNaN(set: KernelSet, transforms: WinogradTransforms) {
        // Only point (0, 0) is set: it is output 0 alone. The others are the bias.
        for (point, bias, value, route) in [
            (0, 5, 5, 0), (-1, 5, 5, 1), (2, 5, 7, 0), (.nan, 5, .nan, 0), (.infinity, 1, .infinity, 0),
        ] as [(Float, Float, Float, UInt8)] {
            var problem = OutputProblem(
                transforms, tiles: 1, columns: 16, content: .integers, hasBias: true, relu: true)
            problem.products =
                [Float](repeating: point, count: 16)
                + [Float](repeating: 0, count: problem.products.count - 16)
            problem.bias = [Float](repeating: bias, count: 16)
            for result in inEveryPlacement({ problem.pooled(set, in: $0) }) {
                let first = problem.resultStride * Int(problem.positionOffsets[0])
                let values = result.values[first..<first + 16]
                expectEqual(Array(values), .init(repeating: value, count: 16), "\(point)")
                #expect(result.routes[first..<first + 16].allSatisfy { $0 == route }, "\(point)")
            }
        }
    }

    /// A set's result against the reference's.
    /// - Parameters:
    ///   - isExact: Whether whole numbers stay exact.
    ///   - terms: How many transformed numbers, or others as large, are summed up.
    ///   - growth: The matrix that the numbers go through on both axes.
    private func check(
        _ set: KernelSet, _ content: Content, isExact: Bool, roundings: Int, terms: Int = 1,
        growth: [[Float]], _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ run: (KernelSet, GuardedMemory) -> [Float]
    ) {
        let bound = bound(content, roundings: roundings, terms: terms, growth: growth)
        let isEqual = content != .reals && isExact
        let expected = inEveryPlacement(sourceLocation: sourceLocation) { run(.reference, $0) }[0]
        for result in inEveryPlacement(sourceLocation: sourceLocation, { run(set, $0) }) {
            expectClose(
                result, expected, within: { _ in isEqual ? 0 : bound }, what, sourceLocation: sourceLocation)
        }
    }

    /// What a set's result may be off by, the reference's own rounding included; parameters as of `check`.
    private func bound(_ content: Content, roundings: Int, terms: Int, growth: [[Float]]) -> Float {
        let largest: Float = content == .reals ? 1 : 3
        return tolerance(
            operations: roundings + 1,
            magnitude: Float(terms) * largest * max(1, WinogradTransforms.growth(growth)))
    }

    private func forEachInput(_ body: (_ tiles: Int, _ channels: Int, Content) -> Void) {
        for channels in extentsAroundWidths {
            for content in Content.allCases {
                for tiles in [0, 1, 5] { body(tiles, channels, content) }
            }
        }
    }

    private func forEachOutput(_ transforms: WinogradTransforms, _ body: (OutputProblem) -> Void) {
        for columns in 0...16 {
            for (tiles, content) in [0, 1, 7].flatMap({ tiles in Content.allCases.map { (tiles, $0) } }) {
                for (hasBias, relu) in [(false, false), (true, false), (true, true)] {
                    body(
                        OutputProblem(
                            transforms, tiles: tiles, columns: columns, content: content, hasBias: hasBias,
                            relu: relu))
                }
            }
        }
    }
}

/// The numbers of one call of winograd_weights, with room in every stride.
private struct WeightsProblem {
    let transforms: WinogradTransforms
    let rows, columns, rowStride, tapStride, pointStride: Int
    let weights: [Float]

    init(_ transforms: WinogradTransforms, rows: Int, columns: Int, content: Content) {
        self.transforms = transforms
        (self.rows, self.columns) = (rows, columns)
        rowStride = columns + 1
        tapStride = rows * rowStride + 2
        pointStride = rows * 16 + 5
        var numbers = Numbers(content)
        weights = numbers.floats(
            rows * columns == 0 ? 0 : (transforms.taps - 1) * tapStride + (rows - 1) * rowStride + columns)
    }

    func run(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let count = rows == 0 ? 0 : (transforms.points - 1) * pointStride + rows * 16
        let panel = memory.variable([Float](repeating: 777, count: count))
        var call = digits_winograd_weights(
            form: transforms.form, rows: rows, columns: columns, weights: memory.constant(weights),
            tap_stride: tapStride, row_stride: rowStride, panel: panel.baseAddress, point_stride: pointStride)
        set.kernels.winograd_weights(&call)
        return Array(panel)
    }
}

/// The numbers of one call of winograd_input or its gradient: tiles lie anywhere and overlap, and there is room in
/// every stride.
private struct PixelsProblem {
    let transforms: WinogradTransforms
    let tiles, channels, pixelStride, rowStride, tileStride: Int
    let content: Content
    let tileOffsets: [Int32]
    let pixels: [Float]
    let products: [Float]

    var description: String { "\(content), \(tiles) tiles, \(channels) channels" }

    init(_ transforms: WinogradTransforms, tiles: Int, channels: Int, content: Content) {
        self.transforms = transforms
        (self.tiles, self.channels, self.content) = (tiles, channels, content)
        (pixelStride, rowStride) = (channels + 1, (transforms.side + 1) * (channels + 1))
        var numbers = Numbers(content)
        // As in a picture, tiles overlap where pixels of both begin.
        tileOffsets = numbers.integers(tiles, in: 0...9).map { [pixelStride] in Int32($0 * pixelStride) }
        let last = transforms.side - 1
        pixels = numbers.floats(
            Int(tileOffsets.max() ?? 0) + last * rowStride + last * pixelStride + channels)
        tileStride = channels + 2
        products = numbers.floats(transforms.points * (tiles * 16 + 4))
    }

    func transformed(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let pointStride = tiles * tileStride + 3
        let transformed = memory.variable([Float](repeating: 777, count: transforms.points * pointStride))
        var call = digits_winograd_input(
            form: transforms.form, tiles: tiles, channels: channels, source: memory.constant(pixels),
            tile_offsets: memory.constant(tileOffsets), pixel_stride: pixelStride, row_stride: rowStride,
            transformed: transformed.baseAddress, point_stride: pointStride, tile_stride: tileStride)
        set.kernels.winograd_input(&call)
        return Array(transformed)
    }

    /// Adds to the pixels.
    func gradient(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let result = memory.variable(pixels)
        var call = digits_winograd_input_gradient(
            form: transforms.form, tiles: tiles, channels: channels, products: memory.constant(products),
            point_stride: tiles * 16 + 4, result: result.baseAddress,
            tile_offsets: memory.constant(tileOffsets), pixel_stride: pixelStride, row_stride: rowStride)
        set.kernels.winograd_input_gradient(&call)
        return Array(result)
    }
}

/// The numbers of one call of winograd_output, its gradient or its pool: tiles come in falling order, with room between
/// rows of positions; some reach over the edge.
private struct OutputProblem {
    let transforms: WinogradTransforms
    let tiles, columns, pointStride, resultStride, rowPositions: Int
    let relu: Bool
    let content: Content
    let positionOffsets, heights, widths: [Int32]
    var products: [Float]
    var bias: [Float]?

    var description: String {
        "\(content), \(tiles) tiles, \(columns) columns, bias \(bias != nil), relu \(relu)"
    }
    private var positions: Int { transforms.tile * rowPositions + 1 }

    init(
        _ transforms: WinogradTransforms, tiles: Int, columns: Int, content: Content, hasBias: Bool,
        relu: Bool
    ) {
        let tile = transforms.tile
        self.transforms = transforms
        (self.tiles, self.columns, self.relu, self.content) = (tiles, columns, relu, content)
        pointStride = tiles * 16 + 4
        resultStride = columns + 3
        rowPositions = tiles * tile + 1
        positionOffsets = (0..<tiles).map { Int32((tiles - 1 - $0) * tile + 1) }
        heights = (0..<tiles).map { Int32($0 % 3 == 1 ? 1 + $0 / 3 % tile : tile) }
        widths = (0..<tiles).map { Int32($0 % 2 == 1 ? 1 + $0 / 2 % tile : tile) }
        var numbers = Numbers(content)
        products = numbers.floats(transforms.points * pointStride)
        bias = hasBias ? numbers.floats(columns) : nil
    }

    func whole(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let result = memory.variable([Float](repeating: 777, count: positions * resultStride))
        var call = digits_winograd_output(
            form: transforms.form, tiles: tiles, columns: columns, products: memory.constant(products),
            point_stride: pointStride, bias: memory.constant(bias), relu: relu ? 1 : 0,
            position_offsets: memory.constant(positionOffsets), heights: memory.constant(heights),
            widths: memory.constant(widths), row_positions: rowPositions, result: result.baseAddress,
            result_stride: resultStride)
        set.kernels.winograd_output(&call)
        return Array(result)
    }

    func pooled(_ set: KernelSet, in memory: GuardedMemory) -> (values: [Float], routes: [UInt8]) {
        let result = memory.variable([Float](repeating: 777, count: positions * resultStride))
        let route = memory.variable([UInt8](repeating: 99, count: positions * resultStride))
        var call = digits_winograd_output_pool(
            form: transforms.form, tiles: tiles, columns: columns, products: memory.constant(products),
            point_stride: pointStride, bias: memory.constant(bias), relu: relu ? 1 : 0,
            position_offsets: memory.constant(positionOffsets), row_positions: rowPositions,
            result: result.baseAddress, route: route.baseAddress, result_stride: resultStride)
        set.kernels.winograd_output_pool(&call)
        return (Array(result), Array(route))
    }

    /// The reference's values, before ReLU, at each of the four places of the windows, laid out as the pool's results.
    func windows(in memory: GuardedMemory) -> [[Float]] {
        let tile = transforms.tile
        let result = memory.variable([Float](repeating: 0, count: tiles * tile * tile * columns))
        let wholeTiles = [Int32](repeating: Int32(tile), count: tiles)
        var call = digits_winograd_output(
            form: transforms.form, tiles: tiles, columns: columns, products: memory.constant(products),
            point_stride: pointStride, bias: memory.constant(bias), relu: 0,
            position_offsets: memory.constant((0..<tiles).map { Int32($0 * tile * tile) }),
            heights: memory.constant(wholeTiles), widths: memory.constant(wholeTiles), row_positions: tile,
            result: result.baseAddress, result_stride: columns)
        KernelSet.reference.kernels.winograd_output(&call)
        return (0..<4).map { place in
            var values = [Float](repeating: 0, count: positions * resultStride)
            for (number, first) in positionOffsets.enumerated() {
                for (row, column) in (0..<tile / 2).flatMap({ row in (0..<tile / 2).map { (row, $0) } }) {
                    let source = (number * tile + 2 * row + place / 2) * tile + 2 * column + place % 2
                    let target = Int(first) + row * rowPositions + column
                    for output in 0..<columns {
                        values[target * resultStride + output] = result[source * columns + output]
                    }
                }
            }
            return values
        }
    }

    /// Of as many numbers as there are positions.
    func gradient(_ set: KernelSet, isPooled: Bool, in memory: GuardedMemory) -> [Float] {
        var numbers = Numbers(content, seed: 3)
        let gradient = numbers.floats(positions * columns)
        let route = isPooled ? gradient.indices.map { _ in UInt8(numbers.integer(in: 0...3)) } : nil
        let transformed = memory.variable([Float](repeating: 777, count: transforms.points * pointStride))
        var call = digits_winograd_output_gradient(
            form: transforms.form, tiles: tiles, columns: columns, gradient: memory.constant(gradient),
            route: memory.constant(route), position_offsets: memory.constant(positionOffsets),
            heights: memory.constant(isPooled ? nil : heights),
            widths: memory.constant(isPooled ? nil : widths), row_positions: rowPositions,
            transformed: transformed.baseAddress, point_stride: pointStride)
        set.kernels.winograd_output_gradient(&call)
        return Array(transformed)
    }
}
