import CDigitKernels
import TestSupport
import Testing

/// Rows around the blocks of each set (3, 6 and 14 rows, then 4, then 1), columns around the panel of 16.
private let shapes: [(rows: Int, columns: Int)] = [0, 1, 2, 3, 4, 5, 6, 7, 11, 13, 14, 15, 17, 29].flatMap {
    rows in
    [0, 1, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33].map { (rows, $0) }
}

/// (runs, length): a dense layer, none, a single float, convolutions' rows.
private let depths = [(1, 13), (0, 3), (2, 0), (1, 1), (3, 5)]

@Suite struct GatherGemmTests {
    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func packPanelsEqualsReference(set: KernelSet, columns: Int) {
        for depth in [0, 1, 2, 5, 9, 37] {
            var numbers = Numbers(.special)
            let weights = numbers.floats(columns * depth)
            let expected = GemmProblem.packed(weights, columns: columns, depth: depth)
            let results = inEveryPlacement { memory in
                let panels = memory.variable([Float](repeating: 777, count: expected.count))
                set.kernels.pack_panels(columns, depth, memory.constant(weights), panels.baseAddress)
                return Array(panels)
            }
            for result in results { expectSameBits(result, expected, "\(columns) columns, \(depth) deep") }
        }
    }

    @Test func packPanelsOfTwoColumnsIsAsDrawn() {
        let panels = GemmProblem.packed([1, 2, 3, 4, 5, 6], columns: 2, depth: 3)
        let zeros = [Float](repeating: 0, count: 14)
        #expect(panels == [1, 4] + zeros + [2, 5] + zeros + [3, 6] + zeros)
    }

    @Test(arguments: KernelSet.tested, shapes)
    func gatherGemmAgreesWithReference(set: KernelSet, shape: (rows: Int, columns: Int)) {
        forEachProblem(shape) { problem in
            let expected = inEveryPlacement { problem.product(KernelSet.reference.kernels, in: $0) }[0]
            let magnitudes = problem.magnitudes.product(
                KernelSet.reference.kernels, in: GuardedMemory(.misaligned))
            for result in inEveryPlacement({ problem.product(set.kernels, in: $0) }) {
                expectClose(
                    result, expected,
                    within: { tolerance(in: problem, magnitudes[$0]) }, problem.description)
            }
        }
    }

    @Test(arguments: KernelSet.tested, shapes)
    func gatherGemmPoolAgreesWithReference(set: KernelSet, shape: (rows: Int, columns: Int)) {
        forEachProblem(shape) { problem in
            let expected = inEveryPlacement { problem.pooled(KernelSet.reference.kernels, in: $0) }[0]
            let positions = (0..<4).map(problem.position)
            let magnitudes = (0..<4).map(problem.magnitudes.position)
            let bounds = expected.values.indices.map { index in
                tolerance(in: problem, magnitudes.map { $0[index] }.max()!)
            }
            for result in inEveryPlacement({ problem.pooled(set.kernels, in: $0) }) {
                expectClose(result.values, expected.values, within: { bounds[$0] }, problem.description)
                if problem.content == .reals {
                    expectAsGoodRoutes(
                        result.routes, expected.routes, values: positions, bounds: bounds,
                        problem.description)
                } else {
                    expectIdentical(result.routes, expected.routes, problem.description)
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func sameBitsHoweverRowsAreSplit(set: KernelSet) {
        let problem = GemmProblem(
            rows: 47, columns: 37, runs: 3, runLength: 11, content: .reals, relu: true)
        let whole = problem.product(set.kernels, in: GuardedMemory(.misaligned))
        let wholePooled = problem.pooled(set.kernels, in: GuardedMemory(.misaligned))
        for rowsPerCall in 1...problem.rows {
            for result in inEveryPlacement({
                problem.product(set.kernels, in: $0, rowsPerCall: rowsPerCall)
            }) {
                expectSameBits(result, whole, "\(rowsPerCall) rows a call")
            }
            for result in inEveryPlacement({ problem.pooled(set.kernels, in: $0, rowsPerCall: rowsPerCall) })
            {
                expectSameBits(result.values, wholePooled.values, "\(rowsPerCall) rows a call")
                expectIdentical(result.routes, wholePooled.routes, "\(rowsPerCall) rows a call")
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func firstOfEqualsIsKeptAndNaNWins(set: KernelSet) {
        // A window's four positions are source[0], [1], [4] and [5].
        let windows: [(source: [Float], value: Float, route: UInt8)] = [
            ([2, 2, 0, 0, 2, 2], 2, 0),
            ([1, 2, 0, 0, 2, 2], 2, 1),
            ([1, 1, 0, 0, 2, 2], 2, 2),
            ([1, 1, 0, 0, 1, 2], 2, 3),
            ([-0.0, 0, 0, 0, 0, 0], 0, 0),
            ([1, .nan, 0, 0, 3, .nan], .nan, 1),
            ([.nan, 9, 0, 0, 9, 9], .nan, 0),
            ([1, 2, 0, 0, .infinity, .nan], .nan, 3),
            ([-.infinity, -.infinity, 0, 0, -.infinity, -.infinity], -.infinity, 0),
        ]
        for window in windows {
            for columns in [1, 4, 8, 16, 17] {
                var problem = GemmProblem(
                    rows: 1, columns: columns, runs: 1, runLength: 1, content: .integers, hasBias: false)
                problem.source = window.source
                problem.panels = GemmProblem.packed(
                    .init(repeating: 1, count: columns), columns: columns, depth: 1)
                for result in inEveryPlacement({ problem.pooled(set.kernels, in: $0) }) {
                    let values = [Float](repeating: window.value, count: columns)
                    expectEqual(Array(result.values.prefix(columns)), values, "\(window)")
                    #expect(result.routes.prefix(columns).allSatisfy { $0 == window.route }, "\(window)")
                }
            }
        }
    }

    private func forEachProblem(_ shape: (rows: Int, columns: Int), _ body: (GemmProblem) -> Void) {
        for (number, depth) in depths.enumerated() {
            for content in Content.allCases {
                for relu in [false, true] {
                    body(
                        GemmProblem(
                            rows: shape.rows, columns: shape.columns, runs: depth.0, runLength: depth.1,
                            content: content, hasBias: number % 2 == 0, relu: relu))
                }
            }
        }
    }

    /// Integers give exact sums.
    private func tolerance(in problem: GemmProblem, _ magnitude: Float) -> Float {
        problem.content == .reals
            ? ComputeTests.tolerance(operations: problem.operations, magnitude: magnitude) : 0
    }
}
