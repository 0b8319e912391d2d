import CDigitKernels
import Testing

private let tiles = [WinogradTransforms.two, .four]

extension WinogradTransforms: CustomTestStringConvertible {
    var testDescription: String { "F(\(tile)×\(tile), 3×3)" }
}

@Suite struct WinogradTests {
    @Test(arguments: KernelSet.tested, tiles)
    func winogradWeightsAgreeWithReference(set: KernelSet, transforms: WinogradTransforms) {
        for channels in extentsAroundWidths {
            for content in Content.allCases {
                var numbers = Numbers(content)
                let weights = numbers.floats(9 * channels * 16)
                func panel(_ set: KernelSet, _ memory: GuardedMemory) -> [Float] {
                    let panel = memory.variable(
                        [Float](repeating: 777, count: transforms.points * channels * 16))
                    set.kernels.winograd_weights(
                        transforms.tile, channels, memory.constant(weights), panel.baseAddress)
                    return Array(panel)
                }
                // Numbers of at most 3, or 1.
                let largest = (content == .reals ? 1 : 3) * WinogradTransforms.growth(transforms.weights)
                let isExact = content != .reals && transforms.weightsAreExact
                let bound =
                    isExact
                    ? 0
                    : tolerance(operations: WinogradTransforms.weightsRoundings + 1, magnitude: largest)
                let expected = inEveryPlacement { panel(.reference, $0) }[0]
                for result in inEveryPlacement({ panel(set, $0) }) {
                    expectClose(
                        result, expected, within: { _ in bound }, "\(content), \(channels) channels")
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, tiles)
    func winogradInputAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        let bound = tolerance(
            operations: WinogradTransforms.inputRoundings + 1,
            magnitude: WinogradTransforms.growth(transforms.input))
        forEachInput(transforms) { problem in
            let expected = inEveryPlacement { problem.run(.reference, in: $0) }[0]
            for result in inEveryPlacement({ problem.run(set, in: $0) }) {
                expectClose(
                    result, expected, within: { _ in problem.content == .reals ? bound : 0 },
                    problem.description)
            }
        }
    }

    @Test(arguments: KernelSet.tested, tiles)
    func winogradOutputPoolAgreesWithReference(set: KernelSet, transforms: WinogradTransforms) {
        // Products of at most 1, and the bias.
        let bound = tolerance(
            operations: WinogradTransforms.outputRoundings + 2,
            magnitude: WinogradTransforms.growth(transforms.output) + 1)
        forEachOutput(transforms) { problem in
            let expected = inEveryPlacement { problem.run(.reference, in: $0) }[0]
            for result in inEveryPlacement({ problem.run(set, in: $0) }) {
                expectClose(
                    result.values, expected.values, within: { _ in problem.content == .reals ? bound : 0 },
                    problem.description)
                if problem.content != .reals {
                    expectIdentical(result.routes, expected.routes, problem.description)
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, tiles)
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
            for result in inEveryPlacement({ problem.run(set, in: $0) }) {
                let first = problem.resultStride * Int(problem.positionOffsets[0])
                let values = result.values[first..<first + 16]
                expectEqual(Array(values), .init(repeating: value, count: 16), "\(point)")
                #expect(result.routes[first..<first + 16].allSatisfy { $0 == route }, "\(point)")
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, tiles)
    func chainEqualsDirectConvolution(set: KernelSet, transforms: WinogradTransforms) {
        for channels in [1, 3, 4, 7, 8, 16, 19] {
            for (columns, content) in [1, 7, 16, 21].flatMap({ [($0, Content.integers), ($0, .reals)] }) {
                let convolution = PooledConvolution(
                    transforms, channels: channels, columns: columns, content: content)
                let isExact = content == .integers && transforms.weightsAreExact
                // The reference sums in Double.
                let direct = convolution.direct(.reference, in: GuardedMemory(.misaligned))
                let places = (0..<4).map(convolution.values)
                let bounds = isExact ? direct.values.map { _ in 0 } : convolution.bounds
                for result in inEveryPlacement({ convolution.chain(set, in: $0) }) {
                    let what = "\(content), \(channels) channels, \(columns) columns"
                    expectClose(result.values, direct.values, within: { bounds[$0] }, what)
                    expectAsGoodRoutes(
                        result.routes, direct.routes, values: places, bounds: bounds, what)
                    if isExact { expectIdentical(result.routes, direct.routes, what) }
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, tiles)
    func sameBitsHoweverTilesAreSplit(set: KernelSet, transforms: WinogradTransforms) {
        let convolution = PooledConvolution(transforms, channels: 19, columns: 21, content: .reals)
        let whole = convolution.chain(set, in: GuardedMemory(.misaligned))
        for tilesPerCall in 1...convolution.tiles {
            for part in inEveryPlacement({ convolution.chain(set, in: $0, tilesPerCall: tilesPerCall) }) {
                expectSameBits(part.values, whole.values, "\(tilesPerCall) tiles a call")
                expectIdentical(part.routes, whole.routes, "\(tilesPerCall) tiles a call")
            }
        }
    }

    private func forEachInput(_ transforms: WinogradTransforms, _ body: (InputProblem) -> Void) {
        for channels in extentsAroundWidths {
            for content in Content.allCases {
                for tiles in [0, 1, 5] {
                    body(InputProblem(transforms, tiles: tiles, channels: channels, content: content))
                }
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

/// The numbers of one call of winograd_input: tiles lie anywhere and overlap, and there is room in every stride.
private struct InputProblem {
    let transforms: WinogradTransforms
    let tiles, channels, pixelStride, rowStride, tileStride, pointStride: Int
    let content: Content
    let tileOffsets: [Int32]
    let source: [Float]

    var description: String { "\(content), \(tiles) tiles, \(channels) channels" }

    init(_ transforms: WinogradTransforms, tiles: Int, channels: Int, content: Content) {
        self.transforms = transforms
        (self.tiles, self.channels, self.content) = (tiles, channels, content)
        var numbers = Numbers(content)
        (pixelStride, rowStride) = (channels + 1, (transforms.side + 1) * (channels + 1))
        tileOffsets = numbers.integers(tiles, in: 0...40).map { Int32($0) }
        let last = transforms.side - 1
        source = numbers.floats(
            Int(tileOffsets.max() ?? 0) + last * rowStride + last * pixelStride + channels)
        tileStride = channels + 2
        pointStride = tiles * tileStride + 3
    }

    func run(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let transformed = memory.variable([Float](repeating: 777, count: transforms.points * pointStride))
        var call = digits_winograd_input(
            tile: transforms.tile, tiles: tiles, channels: channels, source: memory.constant(source),
            tile_offsets: memory.constant(tileOffsets), pixel_stride: pixelStride, row_stride: rowStride,
            transformed: transformed.baseAddress, point_stride: pointStride, tile_stride: tileStride)
        set.kernels.winograd_input(&call)
        return Array(transformed)
    }
}

/// The numbers of one call of winograd_output_pool: tiles come in falling order, with room between rows of positions.
private struct OutputProblem {
    let transforms: WinogradTransforms
    let tiles, columns, pointStride, resultStride, rowPositions: Int
    let relu: Bool
    let content: Content
    let positionOffsets: [Int32]
    var products: [Float]
    var bias: [Float]?

    var description: String {
        "\(content), \(tiles) tiles, \(columns) columns, bias \(bias != nil), relu \(relu)"
    }

    init(
        _ transforms: WinogradTransforms, tiles: Int, columns: Int, content: Content, hasBias: Bool,
        relu: Bool
    ) {
        self.transforms = transforms
        (self.tiles, self.columns, self.relu, self.content) = (tiles, columns, relu, content)
        pointStride = tiles * 16 + 4
        resultStride = columns + 3
        let windows = transforms.tile / 2
        rowPositions = tiles * windows + 1
        positionOffsets = (0..<tiles).map { Int32((tiles - 1 - $0) * windows + 1) }
        var numbers = Numbers(content)
        products = numbers.floats(transforms.points * pointStride)
        bias = hasBias ? numbers.floats(columns) : nil
    }

    func run(_ set: KernelSet, in memory: GuardedMemory) -> (values: [Float], routes: [UInt8]) {
        let count = transforms.tile / 2 * rowPositions * resultStride
        let result = memory.variable([Float](repeating: 777, count: count))
        let route = memory.variable([UInt8](repeating: 99, count: count))
        var call = digits_winograd_output_pool(
            tile: transforms.tile, tiles: tiles, columns: columns, products: memory.constant(products),
            point_stride: pointStride, bias: memory.constant(bias), relu: relu ? 1 : 0,
            position_offsets: memory.constant(positionOffsets), row_positions: rowPositions,
            result: result.baseAddress, route: route.baseAddress, result_stride: resultStride)
        set.kernels.winograd_output_pool(&call)
        return (Array(result), Array(route))
    }
}
