import CDigitKernels
import TestSupport
import Testing

/// Every piece of the kernel (up to 3×3), and kernels of several pieces.
private let windows = [
    (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3), (4, 1), (5, 5), (2, 7), (0, 3),
].map { (rows: $0.0, columns: $0.1) }

/// Groups of one call with overlapping windows, and results that overlap unless the call begins them.
private struct WindowsProblem {
    let rows, columns, run: Int
    let begins: Bool
    let starts, counts, offsets, resultOffsets: [Int32]
    var values, source, result: [Float]
    let sourceRow, sourceColumn, resultRow, resultColumn: Int

    var description: String {
        "\(rows)×\(columns) kernel, run \(run), \(counts.count) groups, begins \(begins)"
    }

    init(window: (rows: Int, columns: Int), run: Int, groups: Int, begins: Bool, content: Content) {
        self.begins = begins
        (rows, columns, self.run) = (window.rows, window.columns, run)
        var numbers = Numbers(content)
        // Groups lie in falling order with unused items between them; every third is empty.
        counts = (0..<groups).map { Int32($0 % 3 == 1 ? 0 : numbers.integer(in: 1...7)) }
        var next: Int32 = 1
        starts = Array(
            counts.reversed().map { count in
                defer { next += count + 1 }
                return next
            }.reversed())
        values = numbers.floats(Int(next))
        // With a column step of less than the run, windows overlap as in a convolution of step 1.
        (sourceColumn, resultColumn) = (max(run - 1, 1), run + 1)
        (sourceRow, resultRow) = (columns * sourceColumn + 5, columns * resultColumn + 2)
        offsets = numbers.integers(Int(next), in: 0...29).map { Int32($0) }
        let windowEnd = { (row: Int, column: Int) in
            window.rows == 0 ? 0 : (window.rows - 1) * row + (window.columns - 1) * column + run
        }
        let resultEnd = windowEnd(resultRow, resultColumn)
        resultOffsets = (0..<groups).map { Int32($0 * (begins ? resultEnd : 2)) }
        let used = zip(starts, counts).flatMap { [offsets] in offsets[Int($0)..<Int($0 + $1)] }
        source = numbers.floats(Int(used.max() ?? 0) + windowEnd(sourceRow, sourceColumn))
        result = numbers.floats(Int(resultOffsets.last ?? 0) + resultEnd)
    }

    /// The same sums of magnitudes.
    var magnitudes: WindowsProblem {
        var copy = self
        copy.values = values.map(abs)
        copy.source = source.map(abs)
        copy.result = result.map(abs)
        return copy
    }

    func run(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let result = memory.variable(result)
        var call = digits_accumulate_windows(
            groups: counts.count, starts: memory.constant(starts), counts: memory.constant(counts),
            values: memory.constant(values), offsets: memory.constant(offsets), kernel_rows: rows,
            kernel_columns: columns, run: run, source: memory.constant(source), source_row: sourceRow,
            source_column: sourceColumn, begins: begins ? 1 : 0, result: result.baseAddress,
            result_offsets: memory.constant(resultOffsets),
            result_row: resultRow, result_column: resultColumn)
        set.kernels.accumulate_windows(&call)
        return Array(result)
    }
}

@Suite struct AccumulateWindowsTests {
    @Test(arguments: KernelSet.tested, windows)
    func accumulateWindowsAgreesWithReference(set: KernelSet, window: (rows: Int, columns: Int)) {
        for run in extentsAroundWidths {
            for content in Content.allCases {
                for (groups, begins) in [(0, true), (1, false), (7, false), (7, true)] {
                    let problem = WindowsProblem(
                        window: window, run: run, groups: groups, begins: begins, content: content)
                    let expected = inEveryPlacement { problem.run(.reference, in: $0) }[0]
                    let magnitudes = problem.magnitudes.run(.reference, in: GuardedMemory(.misaligned))
                    // A product and an addition for each item, an addition for each group.
                    let operations = 2 * problem.values.count + groups
                    for result in inEveryPlacement({ problem.run(set, in: $0) }) {
                        expectClose(
                            result, expected,
                            within: {
                                content == .reals
                                    ? tolerance(operations: operations, magnitude: magnitudes[$0]) : 0
                            }, "\(content), \(problem.description)")
                    }
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func aGroupOfTwoItemsIsAsComputedByHand(set: KernelSet) {
        // A 1×2 kernel of run 2 over a picture of 4 columns; items at offsets 0 and 1, times 10 and 100.
        let results = inEveryPlacement { memory in
            let result = memory.variable([Float]([1, 1, 1, 1]))
            var call = digits_accumulate_windows(
                groups: 1, starts: memory.constant([0]), counts: memory.constant([2]),
                values: memory.constant([Float]([10, 100])), offsets: memory.constant([0, 1]), kernel_rows: 1,
                kernel_columns: 2, run: 2, source: memory.constant([Float]([1, 2, 3, 4, 5])), source_row: 4,
                source_column: 2, begins: 0, result: result.baseAddress, result_offsets: memory.constant([0]),
                result_row: 4, result_column: 2)
            set.kernels.accumulate_windows(&call)
            return Array(result)
        }
        for result in results { #expect(result == [211, 321, 431, 541]) }
    }
}
