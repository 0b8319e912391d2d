import CDigitKernels
import TestSupport
import Testing

/// The numbers of one batch of products, with room between the batch's members.
private struct BatchProblem {
    let count, rows, depth: Int
    let content: Content
    var a, panels: [Float]

    var description: String { "\(content), \(count) of \(rows) rows, \(depth) deep" }
    private var aStride: Int { rows * depth + 3 }
    private var resultStride: Int { rows * 16 + 5 }

    init(count: Int, rows: Int, depth: Int, content: Content) {
        (self.count, self.rows, self.depth, self.content) = (count, rows, depth, content)
        var numbers = Numbers(content)
        a = numbers.floats(count == 0 ? 0 : count * (rows * depth + 3) - 3)
        panels = numbers.floats(count * depth * 16)
    }

    /// The same sums of magnitudes.
    var magnitudes: BatchProblem {
        var copy = self
        (copy.a, copy.panels) = (a.map(abs), panels.map(abs))
        return copy
    }

    /// What lies between the members stays as it was.
    func run(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let result = memory.variable(
            [Float](repeating: 777, count: count == 0 ? 0 : count * resultStride - 5))
        var call = digits_batch_gemm(
            count: count, rows: rows, depth: depth, a: memory.constant(a), a_stride: aStride,
            panels: memory.constant(panels), result: result.baseAddress, result_stride: resultStride)
        set.kernels.batch_gemm(&call)
        return Array(result)
    }
}

/// The numbers of one batch of sums of outer products, with room between the batch's members and between rows of `b`.
private struct BatchOuterProblem {
    let count, rows, columns, depth, bStride: Int
    let content: Content
    var a, b, result: [Float]

    var description: String {
        "\(content), \(count) of \(rows) rows, \(columns) columns, \(depth) deep"
    }
    private var aStride: Int { rows * depth + 3 }
    private var bBatchStride: Int { depth * bStride + 1 }

    init(count: Int, rows: Int, columns: Int, depth: Int, content: Content) {
        (self.count, self.rows, self.columns) = (count, rows, columns)
        (self.depth, self.content) = (depth, content)
        bStride = columns + 2
        var numbers = Numbers(content)
        a = numbers.floats(count == 0 ? 0 : count * (rows * depth + 3) - 3)
        b = numbers.floats(count == 0 ? 0 : count * (depth * bStride + 1) - 3)
        result = numbers.floats(count * rows * 16)
    }

    /// The same sums of magnitudes.
    var magnitudes: BatchOuterProblem {
        var copy = self
        (copy.a, copy.b, copy.result) = (a.map(abs), b.map(abs), result.map(abs))
        return copy
    }

    func run(_ set: KernelSet, in memory: GuardedMemory, begins: Bool) -> [Float] {
        let result = memory.variable(result)
        var call = digits_batch_outer_gemm(
            count: count, rows: rows, columns: columns, depth: depth, a: memory.constant(a),
            a_stride: aStride, b: memory.constant(b), b_batch_stride: bBatchStride, b_stride: bStride,
            begins: begins ? 1 : 0, result: result.baseAddress)
        set.kernels.batch_outer_gemm(&call)
        return Array(result)
    }
}

@Suite struct BatchGemmTests {
    @Test(arguments: KernelSet.tested, [0, 1, 2, 3, 4, 5, 6, 7, 11, 13, 14, 15, 16, 17, 29])
    func batchOuterGemmAgreesWithReference(set: KernelSet, rows: Int) {
        for columns in [1, 7, 8, 9, 15, 16] {
            for (count, depth) in [(0, 3), (1, 1), (3, 2), (2, 9)] {
                for content in Content.allCases {
                    let problem = BatchOuterProblem(
                        count: count, rows: rows, columns: columns, depth: depth, content: content)
                    for begins in [false, true] {
                        let expected = inEveryPlacement { problem.run(.reference, in: $0, begins: begins) }[0]
                        let magnitudes = problem.magnitudes.run(
                            .reference, in: GuardedMemory(.misaligned), begins: begins)
                        for result in inEveryPlacement({ problem.run(set, in: $0, begins: begins) }) {
                            expectClose(
                                result, expected,
                                within: {
                                    content == .reals
                                        ? tolerance(operations: 2 * depth + 1, magnitude: magnitudes[$0]) : 0
                                }, problem.description)
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, [0, 1, 2, 3, 4, 5, 6, 7, 11, 13, 14, 15, 16, 17, 29])
    func batchGemmAgreesWithReference(set: KernelSet, rows: Int) {
        for (count, depth) in [(0, 3), (1, 1), (1, 2), (3, 7), (2, 16)] {
            for content in Content.allCases {
                let problem = BatchProblem(count: count, rows: rows, depth: depth, content: content)
                let expected = inEveryPlacement { problem.run(.reference, in: $0) }[0]
                let magnitudes = problem.magnitudes.run(.reference, in: GuardedMemory(.misaligned))
                for result in inEveryPlacement({ problem.run(set, in: $0) }) {
                    // A product and an addition for each step, and the reference's rounding.
                    expectClose(
                        result, expected,
                        within: {
                            content == .reals
                                ? tolerance(operations: 2 * depth + 1, magnitude: magnitudes[$0]) : 0
                        }, problem.description)
                }
            }
        }
    }
}
