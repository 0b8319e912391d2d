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
    func channelSquaresAgreeWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            func sums(_ set: KernelSet, _ memory: GuardedMemory, _ x: [Float], _ centre: [Float]) -> [Float] {
                let sums = memory.variable([Float](repeating: 777, count: matrix.channels))
                set.kernels.channel_squares(
                    rows, matrix.stride, matrix.channels, memory.constant(x), memory.constant(centre),
                    sums.baseAddress)
                return Array(sums)
            }
            let expected = inEveryPlacement { sums(.reference, $0, matrix.x, matrix.shift) }[0]
            let magnitudes = sums(
                .reference, GuardedMemory(.misaligned), matrix.x.map(abs), matrix.shift.map { -abs($0) })
            for result in inEveryPlacement({ sums(set, $0, matrix.x, matrix.shift) }) {
                // A row's difference twice, product and addition.
                expectClose(
                    result, expected,
                    within: { matrix.tolerance(operations: 4 * rows + 1, magnitudes[$0]) },
                    matrix.description)
            }
        }
    }

    @Test(arguments: KernelSet.tested, rowCounts)
    func channelGradientsAgreeWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            for gate in [nil, matrix.gate] {
                func sums(_ set: KernelSet, _ memory: GuardedMemory, _ matrix: Matrix) -> [Float] {
                    let sums = memory.variable([Float](repeating: 777, count: matrix.channels))
                    let products = memory.variable([Float](repeating: 777, count: matrix.channels))
                    set.kernels.channel_gradients(
                        rows, matrix.stride, matrix.channels, memory.constant(gate),
                        memory.constant(matrix.x), memory.constant(matrix.y), memory.constant(matrix.shift),
                        sums.baseAddress, products.baseAddress)
                    return Array(sums) + Array(products)
                }
                let expected = inEveryPlacement { sums(.reference, $0, matrix) }[0]
                var largest = matrix.magnitudes
                largest.shift = largest.shift.map { -$0 }
                let magnitudes = sums(.reference, GuardedMemory(.misaligned), largest)
                for result in inEveryPlacement({ sums(set, $0, matrix) }) {
                    expectClose(
                        result, expected,
                        within: { matrix.tolerance(operations: 3 * rows + 1, magnitudes[$0]) },
                        "\(matrix.description), gate \(gate != nil)")
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func aGateLetsPassWhereItIsAboveZero(set: KernelSet) {
        let gate: [Float] = [1, 0, -0.0, -1, .nan, .leastNonzeroMagnitude, .infinity]
        let ones = [Float](repeating: 1, count: 7)
        let zeros = [Float](repeating: 0, count: 7)
        var (sums, products, y) = (zeros, zeros, zeros)
        set.kernels.channel_gradients(1, 7, 7, gate, ones, ones, zeros, &sums, &products)
        set.kernels.channel_affine_pair(1, 7, 7, gate, ones, ones, zeros, zeros, zeros, &y)
        let expected: [Float] = [1, 0, 0, 0, 0, 1, 1]
        #expect(sums == expected)
        #expect(products == expected)
        #expect(y == expected)
    }

    @Test(arguments: KernelSet.tested, rowCounts)
    func channelAffineAgreesWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            for relu in [0, 1] as [Int32] {
                func result(_ set: KernelSet, _ memory: GuardedMemory, _ matrix: Matrix) -> [Float] {
                    let y = memory.variable(matrix.untouched)
                    set.kernels.channel_affine(
                        rows, matrix.stride, matrix.channels, memory.constant(matrix.x),
                        memory.constant(matrix.scale), memory.constant(matrix.shift), relu, y.baseAddress)
                    return Array(y)
                }
                let expected = inEveryPlacement { result(.reference, $0, matrix) }[0]
                let magnitudes = result(.reference, GuardedMemory(.misaligned), matrix.magnitudes)
                for y in inEveryPlacement({ result(set, $0, matrix) }) {
                    expectClose(
                        y, expected, within: { matrix.tolerance(operations: 3, magnitudes[$0]) },
                        "\(matrix.description), relu \(relu)")
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, rowCounts)
    func channelAffinePairAgreesWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            for gate in [nil, matrix.gate] {
                func result(_ set: KernelSet, _ memory: GuardedMemory, _ matrix: Matrix) -> [Float] {
                    let y = memory.variable(matrix.untouched)
                    set.kernels.channel_affine_pair(
                        rows, matrix.stride, matrix.channels, memory.constant(gate),
                        memory.constant(matrix.x), memory.constant(matrix.scale), memory.constant(matrix.y),
                        memory.constant(matrix.scale2), memory.constant(matrix.shift), y.baseAddress)
                    return Array(y)
                }
                let expected = inEveryPlacement { result(.reference, $0, matrix) }[0]
                let magnitudes = result(.reference, GuardedMemory(.misaligned), matrix.magnitudes)
                for y in inEveryPlacement({ result(set, $0, matrix) }) {
                    expectClose(
                        y, expected, within: { matrix.tolerance(operations: 6, magnitudes[$0]) },
                        "\(matrix.description), gate \(gate != nil)")
                }
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
    private(set) var x, y, scale, scale2: [Float]
    var shift: [Float]
    /// Above 0, 0 or below.
    let gate: [Float]
    let description: String

    init(_ rows: Int, _ channels: Int, stride: Int, _ content: Content) {
        (self.channels, self.stride, self.content) = (channels, stride, content)
        var numbers = Numbers(content)
        let count = rows == 0 ? 0 : (rows - 1) * stride + channels
        (x, y) = (numbers.floats(count), numbers.floats(count))
        scale = numbers.floats(channels)
        scale2 = numbers.floats(channels)
        shift = numbers.floats(channels)
        gate = (0..<count).map { Float($0 * 5 % 3 - 1) }
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
