import CDigitKernels
import Testing

/// Exact for integers: all transforms are sums of quarters.
private func bound(_ content: Content, terms: Int, largest: Float) -> (Int) -> Float {
    { _ in
        content == .reals ? tolerance(operations: 2 * terms, magnitude: Float(terms) * largest) : 0
    }
}

@Suite struct WinogradTests {
    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func winogradWeightsAgreeWithReference(set: KernelSet, channels: Int) {
        for columns in [0, 1, 15, 16, 17, 33] {
            for content in Content.allCases {
                var numbers = Numbers(content)
                let weights = numbers.floats(columns * 9 * channels)
                let count = (columns + 15) / 16 * 16 * channels * 16
                func panels(_ set: KernelSet, _ memory: GuardedMemory) -> [Float] {
                    let panels = memory.variable([Float](repeating: 777, count: count))
                    set.kernels.winograd_weights(
                        columns, channels, memory.constant(weights), panels.baseAddress)
                    return Array(panels)
                }
                let expected = inEveryPlacement { panels(.reference, $0) }[0]
                for result in inEveryPlacement({ panels(set, $0) }) {
                    // Nine weights of at most 1, each times 1 at most.
                    expectClose(
                        result, expected, within: bound(content, terms: 9, largest: 1),
                        "\(content), \(columns) columns, \(channels) channels")
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func winogradInputAgreesWithReference(set: KernelSet, channels: Int) {
        for (tiles, content) in [0, 1, 5].flatMap({ tiles in Content.allCases.map { (tiles, $0) } }) {
            var numbers = Numbers(content)
            let (pixelStride, rowStride) = (channels + 1, 5 * (channels + 1))
            let tileOffsets = numbers.integers(tiles, in: 0...40).map { Int32($0) }
            let source = numbers.floats(
                Int(tileOffsets.max() ?? 0) + 3 * rowStride + 3 * pixelStride + channels)
            let tileStride = channels + 2
            let pointStride = tiles * tileStride + 3
            func transformed(_ set: KernelSet, _ memory: GuardedMemory) -> [Float] {
                let transformed = memory.variable([Float](repeating: 777, count: 16 * pointStride))
                var call = digits_winograd_input(
                    tiles: tiles, channels: channels, source: memory.constant(source),
                    tile_offsets: memory.constant(tileOffsets), pixel_stride: pixelStride,
                    row_stride: rowStride,
                    transformed: transformed.baseAddress, point_stride: pointStride, tile_stride: tileStride)
                set.kernels.winograd_input(&call)
                return Array(transformed)
            }
            let expected = inEveryPlacement { transformed(.reference, $0) }[0]
            for result in inEveryPlacement({ transformed(set, $0) }) {
                // Each point is a sum of four pixels of at most 1.
                expectClose(
                    result, expected, within: bound(content, terms: 4, largest: 1),
                    "\(content), \(tiles) tiles, \(channels) channels")
            }
        }
    }

    @Test(arguments: KernelSet.tested, Array(0...16))
    func winogradOutputPoolAgreesWithReference(set: KernelSet, columns: Int) {
        for (tiles, content) in [0, 1, 7].flatMap({ tiles in Content.allCases.map { (tiles, $0) } }) {
            for (hasBias, relu) in [(false, false), (true, false), (true, true)] {
                let problem = OutputProblem(
                    tiles: tiles, columns: columns, content: content, hasBias: hasBias, relu: relu)
                let expected = inEveryPlacement { problem.run(.reference, in: $0) }[0]
                for result in inEveryPlacement({ problem.run(set, in: $0) }) {
                    // Each output is a sum of nine products of at most 1, and the bias.
                    expectClose(
                        result.values, expected.values, within: bound(content, terms: 10, largest: 1),
                        problem.description)
                    if content != .reals {
                        expectIdentical(result.routes, expected.routes, problem.description)
                    }
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func outputPoolKeepsTheFirstOfEqualsAndNaN(set: KernelSet) {
        // Only point (0, 0) is set: it is output 0 alone. The others are the bias.
        for (point, bias, value, route) in [
            (0, 5, 5, 0), (-1, 5, 5, 1), (2, 5, 7, 0), (.nan, 5, .nan, 0), (.infinity, 1, .infinity, 0),
        ] as [(Float, Float, Float, UInt8)] {
            var problem = OutputProblem(tiles: 1, columns: 16, content: .integers, hasBias: true, relu: true)
            problem.products =
                [Float](repeating: point, count: 16)
                + [Float](repeating: 0, count: problem.products.count - 16)
            problem.bias = [Float](repeating: bias, count: 16)
            for result in inEveryPlacement({ problem.run(set, in: $0) }) {
                expectEqual(Array(result.values.prefix(16)), .init(repeating: value, count: 16), "\(point)")
                #expect(result.routes.prefix(16).allSatisfy { $0 == route }, "\(point)")
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, [1, 3, 4, 7, 8, 16, 19])
    func chainEqualsDirectConvolution(set: KernelSet, channels: Int) {
        for columns in [1, 7, 16, 21] {
            for content in [Content.integers, .reals] {
                let convolution = PooledConvolution(channels: channels, columns: columns, content: content)
                let direct = inEveryPlacement { convolution.direct(set, in: $0) }[0]
                // The transforms' absolute row sums are 2 (input), 1.5 (weights) and 3 (output) on each axis, so
                // no partial sum exceeds their product squared, 81, for each channel of magnitudes of at most 1.
                let limit = tolerance(operations: channels + 30, magnitude: 81 * Float(channels))
                for result in inEveryPlacement({ convolution.chain(set, in: $0) }) {
                    expectClose(
                        result.values, direct.values, within: { _ in content == .reals ? limit : 0 },
                        "\(content), \(channels) channels, \(columns) columns")
                    if content == .integers {
                        expectIdentical(
                            result.routes, direct.routes, "\(channels) channels, \(columns) columns")
                    }
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func sameBitsHoweverTilesAreSplit(set: KernelSet) {
        let convolution = PooledConvolution(channels: 19, columns: 21, content: .reals)
        let whole = convolution.chain(set, in: GuardedMemory(.misaligned))
        for tilesPerCall in 1...convolution.tiles {
            for part in inEveryPlacement({ convolution.chain(set, in: $0, tilesPerCall: tilesPerCall) }) {
                expectSameBits(part.values, whole.values, "\(tilesPerCall) tiles a call")
                expectIdentical(part.routes, whole.routes, "\(tilesPerCall) tiles a call")
            }
        }
    }
}

/// The numbers of one call of winograd_output_pool.
private struct OutputProblem {
    let tiles, columns, pointStride, resultStride: Int
    let relu: Bool
    var products: [Float]
    var bias: [Float]?
    let description: String

    init(tiles: Int, columns: Int, content: Content, hasBias: Bool, relu: Bool) {
        (self.tiles, self.columns, self.relu) = (tiles, columns, relu)
        pointStride = tiles * 16 + 4
        resultStride = columns + 3
        var numbers = Numbers(content)
        products = numbers.floats(16 * pointStride)
        bias = hasBias ? numbers.floats(columns) : nil
        description = "\(content), \(tiles) tiles, \(columns) columns, bias \(hasBias), relu \(relu)"
    }

    func run(_ set: KernelSet, in memory: GuardedMemory) -> (values: [Float], routes: [UInt8]) {
        let result = memory.variable([Float](repeating: 777, count: tiles * resultStride))
        let route = memory.variable([UInt8](repeating: 99, count: tiles * resultStride))
        var call = digits_winograd_output_pool(
            tiles: tiles, columns: columns, products: memory.constant(products), point_stride: pointStride,
            bias: memory.constant(bias), relu: relu ? 1 : 0, result: result.baseAddress,
            route: route.baseAddress, result_stride: resultStride)
        set.kernels.winograd_output_pool(&call)
        return (Array(result), Array(route))
    }
}
