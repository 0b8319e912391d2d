import CDigitKernels

/// The numbers of one contraction with gathered rows.
///
/// Rows overlap and come in falling order; the last of them ends with the source.
struct GemmProblem {
    let rows, columns, runs, runLength: Int
    let relu: Bool
    let resultStride: Int
    let rowOffsets, runOffsets: [Int32]
    /// Offsets of a 2×2 window's positions.
    let windowOffsets: [Int32] = [0, 1, 4, 5]
    let content: Content
    var source, panels: [Float]
    var bias: [Float]?

    var depth: Int { runs * runLength }
    /// One multiplication and one addition for each step of the depth, and the bias.
    var operations: Int { 2 * depth + 1 }
    var description: String {
        "\(content), \(rows) rows, \(columns) columns, \(runs)×\(runLength) deep, relu \(relu), "
            + "bias \(bias != nil)"
    }

    init(
        rows: Int, columns: Int, runs: Int, runLength: Int, content: Content, hasBias: Bool = true,
        relu: Bool = false
    ) {
        (self.rows, self.columns, self.runs, self.runLength) = (rows, columns, runs, runLength)
        (self.content, self.relu) = (content, relu)
        resultStride = columns + 3
        rowOffsets = (0..<rows).map { Int32((rows - 1 - $0) * 3) }
        runOffsets = (0..<runs).map { Int32($0 * (runLength + 2)) }
        var numbers = Numbers(content)
        let end = Int((rowOffsets.max() ?? 0) + (runOffsets.max() ?? 0)) + 5 + runLength
        source = numbers.floats(end)
        panels = GemmProblem.packed(
            numbers.floats(columns * runs * runLength), columns: columns, depth: runs * runLength)
        bias = hasBias ? numbers.floats(columns) : nil
    }

    /// Weights `[columns][depth]` as panels, by the reference.
    static func packed(_ weights: [Float], columns: Int, depth: Int) -> [Float] {
        var panels = [Float](repeating: .nan, count: (columns + 15) / 16 * depth * 16)
        KernelSet.reference.kernels.pack_panels(columns, depth, weights, &panels)
        return panels
    }

    /// The same contraction of the magnitudes: Σ|a·w| + |bias|.
    var magnitudes: GemmProblem {
        var result = self
        result.source = source.map(abs)
        result.panels = panels.map(abs)
        result.bias = bias?.map(abs)
        return result
    }

    /// Calls gather_gemm with `rowsPerCall` rows at a time.
    func product(_ kernels: digits_kernels, in memory: GuardedMemory, rowsPerCall: Int = .max) -> [Float] {
        let result = memory.variable(untouched)
        forEachPart(rowsPerCall, in: memory, result: result.baseAddress!) { call, _ in
            var call = call
            kernels.gather_gemm(&call)
        }
        return Array(result)
    }

    /// Calls gather_gemm_pool with `rowsPerCall` rows at a time.
    func pooled(
        _ kernels: digits_kernels, in memory: GuardedMemory, rowsPerCall: Int = .max
    ) -> (values: [Float], routes: [UInt8]) {
        let result = memory.variable(untouched)
        let route = memory.variable([UInt8](repeating: 99, count: result.count))
        forEachPart(rowsPerCall, in: memory, result: result.baseAddress!) { call, first in
            var call = digits_gather_gemm_pool(
                gemm: call,
                window_offsets: (windowOffsets[0], windowOffsets[1], windowOffsets[2], windowOffsets[3]),
                route: route.baseAddress! + first * resultStride)
            kernels.gather_gemm_pool(&call)
        }
        return (Array(result), Array(route))
    }

    /// The contraction at one of the window's four positions, before ReLU, by the reference.
    func position(_ place: Int) -> [Float] {
        let memory = GuardedMemory(.misaligned)
        let result = memory.variable(untouched)
        var call = wholeCall(in: memory, result: result.baseAddress!)
        call.source += Int(windowOffsets[place])
        call.relu = 0
        KernelSet.reference.kernels.gather_gemm(&call)
        return Array(result)
    }

    /// The result before the call; what lies between the columns and the stride must stay so.
    private var untouched: [Float] { .init(repeating: 777, count: rows * resultStride) }

    private func wholeCall(
        in memory: GuardedMemory, result: UnsafeMutablePointer<Float>
    ) -> digits_gather_gemm {
        digits_gather_gemm(
            rows: rows, columns: columns, source: memory.constant(source),
            row_offsets: memory.constant(rowOffsets), runs: runs, run_length: runLength,
            run_offsets: memory.constant(runOffsets), panels: memory.constant(panels),
            bias: memory.constant(bias), relu: relu ? 1 : 0, result: result, result_stride: resultStride)
    }

    private func forEachPart(
        _ rowsPerCall: Int, in memory: GuardedMemory, result: UnsafeMutablePointer<Float>,
        _ body: (_ call: digits_gather_gemm, _ firstRow: Int) -> Void
    ) {
        let whole = wholeCall(in: memory, result: result)
        var first = 0
        repeat {
            var part = whole
            part.rows = min(rowsPerCall, rows - first)
            part.row_offsets += first
            part.result += first * resultStride
            body(part, first)
            first += part.rows
        } while first < rows
    }
}
