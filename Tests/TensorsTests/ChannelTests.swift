import CDigitKernels
import Testing

/// Rows around the blocks of 64 in which sums are taken.
private let rowCounts = [0, 1, 2, 7, 63, 64, 65, 131]

@Suite struct ChannelTests {
    @Test(arguments: KernelSet.tested, rowCounts)
    func channelSumsAgreeWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            func sums(_ set: KernelSet, _ memory: GuardedMemory, _ x: [Float]) -> [Float] {
                let sums = memory.variable([Float](repeating: 777, count: matrix.channels))
                set.kernels.channel_sums(
                    rows, matrix.stride, matrix.channels, memory.constant(x), sums.baseAddress)
                return Array(sums)
            }
            let expected = inEveryPlacement { sums(.reference, $0, matrix.x) }[0]
            let magnitudes = sums(.reference, GuardedMemory(.misaligned), matrix.x.map(abs))
            for result in inEveryPlacement({ sums(set, $0, matrix.x) }) {
                expectClose(
                    result, expected, within: { matrix.tolerance(operations: rows + 1, magnitudes[$0]) },
                    matrix.description)
            }
        }
    }

    @Test(arguments: KernelSet.tested, rowCounts)
    func channelProductsAgreeWithReference(set: KernelSet, rows: Int) {
        expectProductsAgree(set, rows, squares: false)
    }

    @Test(arguments: KernelSet.tested, rowCounts)
    func channelSquaresAgreeWithReference(set: KernelSet, rows: Int) {
        expectProductsAgree(set, rows, squares: true)
    }

    private func expectProductsAgree(_ set: KernelSet, _ rows: Int, squares: Bool) {
        forEachMatrix(rows) { matrix in
            func sums(
                _ set: KernelSet, _ memory: GuardedMemory, _ x: [Float], _ y: [Float], _ shift: [Float]
            ) -> [Float] {
                let sums = memory.variable([Float](repeating: 777, count: matrix.channels))
                set.kernels.channel_products(
                    rows, matrix.stride, matrix.channels, memory.constant(squares ? nil : x),
                    memory.constant(y), memory.constant(shift), sums.baseAddress)
                return Array(sums)
            }
            let expected = inEveryPlacement { sums(.reference, $0, matrix.x, matrix.y, matrix.shift) }[0]
            let magnitudes = sums(
                .reference, GuardedMemory(.misaligned), matrix.x.map(abs), matrix.y.map(abs),
                matrix.shift.map { -abs($0) })
            for result in inEveryPlacement({ sums(set, $0, matrix.x, matrix.y, matrix.shift) }) {
                // A row's difference (twice in a square), product and addition.
                expectClose(
                    result, expected,
                    within: { matrix.tolerance(operations: 4 * rows + 1, magnitudes[$0]) },
                    matrix.description)
            }
        }
    }

    @Test(arguments: KernelSet.tested, rowCounts)
    func channelAffineAgreesWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            func result(
                _ set: KernelSet, _ memory: GuardedMemory, _ x: [Float], _ scale: [Float], _ shift: [Float]
            ) -> [Float] {
                let y = memory.variable(matrix.untouched)
                set.kernels.channel_affine(
                    rows, matrix.stride, matrix.channels, memory.constant(x), memory.constant(scale),
                    memory.constant(shift), y.baseAddress)
                return Array(y)
            }
            let expected = inEveryPlacement { result(.reference, $0, matrix.x, matrix.scale, matrix.shift) }[
                0]
            let magnitudes = result(
                .reference, GuardedMemory(.misaligned), matrix.x.map(abs), matrix.scale.map(abs),
                matrix.shift.map(abs))
            for y in inEveryPlacement({ result(set, $0, matrix.x, matrix.scale, matrix.shift) }) {
                expectClose(
                    y, expected, within: { matrix.tolerance(operations: 3, magnitudes[$0]) },
                    matrix.description)
            }
        }
    }

    @Test(arguments: KernelSet.tested, rowCounts)
    func channelAffinePairAgreesWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            func result(_ set: KernelSet, _ memory: GuardedMemory, _ matrix: Matrix) -> [Float] {
                let y = memory.variable(matrix.untouched)
                set.kernels.channel_affine_pair(
                    rows, matrix.stride, matrix.channels, memory.constant(matrix.x),
                    memory.constant(matrix.scale), memory.constant(matrix.y), memory.constant(matrix.scale2),
                    memory.constant(matrix.shift), y.baseAddress)
                return Array(y)
            }
            let expected = inEveryPlacement { result(.reference, $0, matrix) }[0]
            let magnitudes = result(.reference, GuardedMemory(.misaligned), matrix.magnitudes)
            for y in inEveryPlacement({ result(set, $0, matrix) }) {
                expectClose(
                    y, expected, within: { matrix.tolerance(operations: 6, magnitudes[$0]) },
                    matrix.description)
            }
        }
    }

    private func forEachMatrix(_ rows: Int, _ body: (Matrix) -> Void) {
        for channels in [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33] {
            for content in Content.allCases {
                for gap in [0, 3] { body(Matrix(rows, channels, stride: channels + gap, content)) }
            }
        }
    }
}

/// Two matrices `[rows][stride]`, which end with the last row's last channel, and numbers for each channel.
private struct Matrix {
    let channels, stride: Int
    private let content: Content
    private(set) var x, y, scale, scale2, shift: [Float]
    let description: String

    init(_ rows: Int, _ channels: Int, stride: Int, _ content: Content) {
        (self.channels, self.stride, self.content) = (channels, stride, content)
        var numbers = Numbers(content)
        let count = rows == 0 ? 0 : (rows - 1) * stride + channels
        (x, y) = (numbers.floats(count), numbers.floats(count))
        scale = numbers.floats(channels)
        scale2 = numbers.floats(channels)
        shift = numbers.floats(channels)
        description = "\(content), \(rows) rows, \(channels) channels of \(stride)"
    }

    /// A result before the call; what lies between the channels and the stride must stay so.
    var untouched: [Float] { .init(repeating: 777, count: x.count) }

    var magnitudes: Matrix {
        var result = self
        for path in [\Matrix.x, \.y, \.scale, \.scale2, \.shift] {
            result[keyPath: path] = self[keyPath: path].map(abs)
        }
        return result
    }

    /// Integers give exact sums.
    func tolerance(operations: Int, _ magnitude: Float) -> Float {
        content == .reals ? TensorsTests.tolerance(operations: operations, magnitude: magnitude) : 0
    }
}
