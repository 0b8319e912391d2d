import CDigitKernels
import TestSupport
import Testing

/// The numbers of one sum of outer products: rows of `a` overlap, and there is room between rows of `b` and of the result.
private struct OuterProblem {
    let rows, columns, depth, bStride, resultStride: Int
    let content: Content
    let offsets: [Int32]
    /// Where the rows of `a` begin; nil for side by side.
    let rowOffsets: [Int32]?
    var a, b, result: [Float]

    var description: String {
        "\(content), \(rows) rows\(rowOffsets == nil ? "" : " anywhere"), \(columns) columns, \(depth) deep"
    }

    init(rows: Int, columns: Int, depth: Int, rowsLieAnywhere: Bool = false, content: Content) {
        (self.rows, self.columns, self.depth, self.content) = (rows, columns, depth, content)
        bStride = columns + 3
        resultStride = columns + 2
        var numbers = Numbers(content)
        offsets = numbers.integers(depth, in: 0...20).map { Int32($0) }
        rowOffsets = rowsLieAnywhere ? numbers.integers(rows, in: 0...40).map { Int32($0) } : nil
        let reach = rowOffsets.map { Int(($0.max() ?? -1) + 1) } ?? rows
        a = numbers.floats(depth == 0 ? 0 : Int(offsets.max()!) + reach)
        b = numbers.floats(depth == 0 ? 0 : (depth - 1) * bStride + columns)
        result = numbers.floats(rows == 0 ? 0 : (rows - 1) * resultStride + columns)
    }

    /// The same sums of magnitudes.
    var magnitudes: OuterProblem {
        var copy = self
        (copy.a, copy.b, copy.result) = (a.map(abs), b.map(abs), result.map(abs))
        return copy
    }

    /// Calls with some of the rows and of the depth at a time.
    func run(
        _ set: KernelSet, in memory: GuardedMemory, begins: Bool = false, rowsPerCall: Int = .max,
        depthPerCall: Int = .max
    ) -> [Float] {
        let result = memory.variable(result)
        let (a, b, offsets) = (memory.constant(a), memory.constant(b), memory.constant(offsets))
        let rowOffsets = memory.constant(rowOffsets)
        for row in stride(from: 0, to: max(rows, 1), by: min(rowsPerCall, max(rows, 1))) {
            for k in stride(from: 0, to: max(depth, 1), by: min(depthPerCall, max(depth, 1))) {
                var call = digits_outer_gemm(
                    rows: min(rowsPerCall, rows - row), columns: columns, depth: min(depthPerCall, depth - k),
                    a: rowOffsets == nil ? a + row : a, a_offsets: offsets + k,
                    row_offsets: rowOffsets.map { $0 + row }, b: b + k * bStride, b_stride: bStride,
                    begins: begins ? 1 : 0, result: result.baseAddress! + row * resultStride,
                    result_stride: resultStride)
                set.kernels.outer_gemm(&call)
            }
        }
        return Array(result)
    }
}

private let rowCounts = [0, 1, 2, 3, 4, 5, 6, 7, 11, 13, 14, 15, 17, 29]

@Suite struct OuterGemmTests {
    @Test(arguments: KernelSet.tested, rowCounts)
    func outerGemmAgreesWithReference(set: KernelSet, rows: Int) {
        for columns in 0...16 {
            for (depth, content) in [0, 1, 2, 9].flatMap({ depth in Content.allCases.map { (depth, $0) } }) {
                for rowsLieAnywhere in [false, true] {
                    expectReference(
                        set,
                        OuterProblem(
                            rows: rows, columns: columns, depth: depth, rowsLieAnywhere: rowsLieAnywhere,
                            content: content))
                }
            }
        }
    }

    private func expectReference(_ set: KernelSet, _ problem: OuterProblem) {
        let expected = inEveryPlacement { problem.run(.reference, in: $0) }[0]
        let magnitudes = problem.magnitudes.run(.reference, in: GuardedMemory(.misaligned))
        for result in inEveryPlacement({ problem.run(set, in: $0) }) {
            // A product and an addition for each step, and the reference's rounding.
            expectClose(
                result, expected,
                within: {
                    problem.content == .reals
                        ? tolerance(operations: 2 * problem.depth + 1, magnitude: magnitudes[$0]) : 0
                }, problem.description)
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func sumsBeginAtZeroWhereAsked(set: KernelSet) {
        var problem = OuterProblem(rows: 17, columns: 13, depth: 5, content: .integers)
        let begun = inEveryPlacement { problem.run(set, in: $0, begins: true) }[0]
        // What lies beyond the columns stays as it was.
        problem.result = problem.result.indices.map {
            $0 % problem.resultStride < problem.columns ? 0 : problem.result[$0]
        }
        #expect(begun == problem.run(set, in: GuardedMemory(.misaligned)))
    }

    /// Each sum is continued where the last call left it.
    @Test(arguments: KernelSet.tested)
    func sameBitsHoweverRowsAndDepthAreSplit(set: KernelSet) {
        let problem = OuterProblem(
            rows: 31, columns: 13, depth: 12, rowsLieAnywhere: true, content: .reals)
        let whole = problem.run(set, in: GuardedMemory(.misaligned))
        for rowsPerCall in [1, 2, 3, 4, 5, 6, 7, 12, 14, 16, 20] {
            for depthPerCall in [1, 5, 12] {
                for result in inEveryPlacement({
                    problem.run(set, in: $0, rowsPerCall: rowsPerCall, depthPerCall: depthPerCall)
                }) {
                    expectSameBits(result, whole, "\(rowsPerCall) rows and \(depthPerCall) steps a call")
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, Array(0...16))
    func unpackPanelEqualsReference(set: KernelSet, columns: Int) {
        for depth in [0, 1, 3, 4, 5, 8, 9, 17, 37] {
            var numbers = Numbers(.special)
            let panel = numbers.floats(depth * 16)
            let stride = depth + 2
            func weights(_ set: KernelSet, _ memory: GuardedMemory) -> [Float] {
                let count = columns == 0 ? 0 : (columns - 1) * stride + depth
                let weights = memory.variable([Float](repeating: 777, count: count))
                set.kernels.unpack_panel(columns, depth, memory.constant(panel), weights.baseAddress, stride)
                return Array(weights)
            }
            let expected = inEveryPlacement { weights(.reference, $0) }[0]
            for result in inEveryPlacement({ weights(set, $0) }) {
                expectSameBits(result, expected, "\(columns) columns, \(depth) deep")
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, [1, 4, 7, 16])
    func unpackingUndoesPacking(set: KernelSet, columns: Int) {
        for depth in [1, 4, 9] {
            var numbers = Numbers(.special)
            let weights = numbers.floats(columns * depth)
            var panel = [Float](repeating: 777, count: depth * 16)
            set.kernels.pack_panels(columns, depth, weights, &panel)
            var unpacked = [Float](repeating: 777, count: columns * depth)
            set.kernels.unpack_panel(columns, depth, panel, &unpacked, depth)
            expectSameBits(unpacked, weights, "\(columns) columns, \(depth) deep")
        }
    }
}
