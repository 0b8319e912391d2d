import CDigitKernels
import TestSupport
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
    func channelMomentsAgreeWithReference(set: KernelSet, rows: Int) {
        forEachMatrix(rows) { matrix in
            func sums(_ set: KernelSet, _ memory: GuardedMemory, _ x: [Float], _ centre: [Float]) -> [Float] {
                let sums = memory.variable([Float](repeating: 777, count: matrix.channels))
                let squares = memory.variable([Float](repeating: 777, count: matrix.channels))
                set.kernels.channel_moments(
                    rows, matrix.stride, matrix.channels, memory.constant(x), memory.constant(centre),
                    sums.baseAddress, squares.baseAddress)
                return Array(sums) + Array(squares)
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
            for isGated in [false, true] {
                func sums(_ set: KernelSet, _ memory: GuardedMemory, _ matrix: Matrix) -> [Float] {
                    let sums = memory.variable([Float](repeating: 777, count: matrix.channels))
                    let products = memory.variable([Float](repeating: 777, count: matrix.channels))
                    set.kernels.channel_gradients(
                        rows, matrix.stride, matrix.channels, memory.constant(matrix.x),
                        memory.constant(matrix.y), memory.constant(matrix.shift),
                        memory.constant(isGated ? matrix.scale : nil),
                        memory.constant(isGated ? matrix.gateShift : nil), sums.baseAddress,
                        products.baseAddress)
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
                        "\(matrix.description), gated \(isGated)")
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func aGateLetsPassWhereItsMapIsAboveZero(set: KernelSet) {
        let x: [Float] = [1, 0, -0.0, -1, .nan, .leastNonzeroMagnitude, .infinity]
        let ones = [Float](repeating: 1, count: 7)
        let zeros = [Float](repeating: 0, count: 7)
        var (sums, products, y) = (zeros, zeros, zeros)
        set.kernels.channel_gradients(1, 7, 7, ones, x, zeros, ones, zeros, &sums, &products)
        #expect(sums == [1, 0, 0, 0, 0, 1, 1])
        // A NaN is noticed, whatever the gradient.
        #expect(products.map(\.isNaN) == x.map(\.isNaN))
        #expect(products.map { $0.isNaN ? 0 : $0 } == [1, 0, 0, 0, 0, .leastNonzeroMagnitude, .infinity])

        let finite = x.map { $0.isFinite ? $0 : -2 }
        set.kernels.channel_affine_pair(1, 7, 7, ones, finite, ones, zeros, zeros, zeros, &y)
        #expect(y == [1, 0, 0, 0, 0, 1, 0])
    }

    /// Where a map's sum cancels, one rounding decides whether a unit is alive: the gate must round as the map did.
    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func aGateIsOpenExactlyWhereTheRectifiedMapIsAboveZero(set: KernelSet) {
        let count = 2003
        var numbers = Numbers(.reals)
        let x = numbers.floats(count)
        let scale = numbers.floats(count)
        let shift = zip(x, scale).map { -$0 * $1 }
        let ones = [Float](repeating: 1, count: count)
        let zeros = [Float](repeating: 0, count: count)
        var (y, sums, products, dx) = (zeros, zeros, zeros, zeros)
        set.kernels.channel_affine(1, count, count, x, scale, shift, 1, &y)
        set.kernels.channel_gradients(1, count, count, ones, x, zeros, scale, shift, &sums, &products)
        set.kernels.channel_affine_pair(1, count, count, ones, x, scale, zeros, zeros, shift, &dx)
        #expect(sums == y.map { $0 > 0 ? 1 : 0 })
        #expect(products == zip(x, y).map { $1 > 0 ? $0 : 0 })
        #expect(dx == zip(scale, y).map { $1 > 0 ? $0 : 0 })
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
            for isGated in [false, true] {
                func result(_ set: KernelSet, _ memory: GuardedMemory, _ matrix: Matrix) -> [Float] {
                    let y = memory.variable(matrix.untouched)
                    set.kernels.channel_affine_pair(
                        rows, matrix.stride, matrix.channels, memory.constant(matrix.x),
                        memory.constant(matrix.y), memory.constant(matrix.scale),
                        memory.constant(matrix.scale2), memory.constant(matrix.shift),
                        memory.constant(isGated ? matrix.gateShift : nil), y.baseAddress)
                    return Array(y)
                }
                let expected = inEveryPlacement { result(.reference, $0, matrix) }[0]
                let magnitudes = result(.reference, GuardedMemory(.misaligned), matrix.magnitudes)
                for y in inEveryPlacement({ result(set, $0, matrix) }) {
                    expectClose(
                        y, expected, within: { matrix.tolerance(operations: 6, magnitudes[$0]) },
                        "\(matrix.description), gated \(isGated)")
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func anAffinePairMayTakeThePlaceOfItsFirstInput(set: KernelSet) {
        let rows = 65
        forEachMatrix(rows) { matrix in
            func result(into y: UnsafeMutablePointer<Float>, _ u: UnsafePointer<Float>) {
                set.kernels.channel_affine_pair(
                    rows, matrix.stride, matrix.channels, u, matrix.y, matrix.scale, matrix.scale2,
                    matrix.shift, matrix.gateShift, y)
            }
            // Between the channels and the stride there is what was there before: in place, the input.
            var (apart, inPlace) = (matrix.x, matrix.x)
            apart.withUnsafeMutableBufferPointer { y in
                matrix.x.withUnsafeBufferPointer { u in
                    if let y = y.baseAddress, let u = u.baseAddress { result(into: y, u) }
                }
            }
            inPlace.withUnsafeMutableBufferPointer { y in
                if let y = y.baseAddress { result(into: y, UnsafePointer(y)) }
            }
            #expect(inPlace.map(\.bitPattern) == apart.map(\.bitPattern), "\(matrix.description)")
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
    private(set) var x, y, scale, scale2, gateShift: [Float]
    var shift: [Float]
    let description: String

    init(_ rows: Int, _ channels: Int, stride: Int, _ content: Content) {
        (self.channels, self.stride, self.content) = (channels, stride, content)
        var numbers = Numbers(content)
        let count = rows == 0 ? 0 : (rows - 1) * stride + channels
        (x, y) = (numbers.floats(count), numbers.floats(count))
        scale = numbers.floats(channels)
        scale2 = numbers.floats(channels)
        shift = numbers.floats(channels)
        gateShift = numbers.floats(channels)
        description = "\(content), \(rows) rows, \(channels) channels of \(stride)"
    }

    /// A result before the call; what lies between the channels and the stride must stay so.
    var untouched: [Float] { .init(repeating: 777, count: x.count) }

    var magnitudes: Matrix {
        var result = self
        for path in [\Matrix.x, \.y, \.scale, \.scale2, \.shift, \.gateShift] {
            result[keyPath: path] = self[keyPath: path].map(abs)
        }
        return result
    }

    /// Integers give exact sums.
    func tolerance(operations: Int, _ magnitude: Float) -> Float {
        content == .reals ? ComputeTests.tolerance(operations: operations, magnitude: magnitude) : 0
    }
}
