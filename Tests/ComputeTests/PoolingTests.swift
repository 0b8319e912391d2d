import CDigitKernels
import TestSupport
import Testing

/// A window, its step and its padding over a picture.
struct PoolingShape: Sendable, CustomTestStringConvertible {
    let input, window, stride, padding: (rows: Int, columns: Int)

    /// As many outputs as windows that begin inside the padded picture and touch the picture.
    var output: (rows: Int, columns: Int) {
        (
            (input.rows + padding.rows + stride.rows - 1) / stride.rows,
            (input.columns + padding.columns + stride.columns - 1) / stride.columns
        )
    }

    var testDescription: String {
        "\(input) picture, \(window) window, stride \(stride), padding \(padding)"
    }

    func call(channels: Int) -> digits_pooling {
        digits_pooling(
            input_rows: input.rows, input_columns: input.columns, channels: channels,
            output_rows: output.rows, output_columns: output.columns, window_rows: window.rows,
            window_columns: window.columns, stride_rows: stride.rows, stride_columns: stride.columns,
            padding_top: padding.rows, padding_left: padding.columns)
    }
}

private let shapes = [
    PoolingShape(input: (4, 4), window: (2, 2), stride: (2, 2), padding: (0, 0)),
    PoolingShape(input: (5, 7), window: (2, 2), stride: (2, 2), padding: (0, 0)),
    PoolingShape(input: (5, 6), window: (3, 3), stride: (1, 1), padding: (1, 1)),
    PoolingShape(input: (7, 5), window: (3, 2), stride: (2, 3), padding: (2, 1)),
    PoolingShape(input: (7, 5), window: (2, 1), stride: (2, 1), padding: (0, 0)),
    PoolingShape(input: (1, 1), window: (1, 1), stride: (1, 1), padding: (0, 0)),
    PoolingShape(input: (6, 6), window: (6, 6), stride: (6, 6), padding: (0, 0)),
    PoolingShape(input: (3, 3), window: (5, 5), stride: (1, 1), padding: (2, 2)),
    PoolingShape(input: (0, 4), window: (2, 2), stride: (2, 2), padding: (0, 0)),
]
private let channelCounts = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33]

@Suite struct PoolingTests {
    @Test(arguments: KernelSet.tested, shapes)
    func maxPoolEqualsReference(set: KernelSet, shape: PoolingShape) {
        forEachInput(shape) { channels, x, content in
            var call = shape.call(channels: channels)
            let count = shape.output.rows * shape.output.columns * channels
            func pooled(_ set: KernelSet, _ memory: GuardedMemory) -> (y: [Float], route: [UInt16]) {
                let y = memory.variable([Float](repeating: 777, count: count))
                let route = memory.variable([UInt16](repeating: 999, count: count))
                set.kernels.max_pool(&call, memory.constant(x), y.baseAddress, route.baseAddress)
                return (Array(y), Array(route))
            }
            let expected = inEveryPlacement { pooled(.reference, $0) }[0]
            for result in inEveryPlacement({ pooled(set, $0) }) {
                expectEqual(result.y, expected.y, "\(content), \(channels) channels")
                expectIdentical(result.route, expected.route, "\(content), \(channels) channels")
            }
        }
    }

    @Test(arguments: KernelSet.tested, shapes)
    func maxPoolBackwardAgreesWithReference(set: KernelSet, shape: PoolingShape) {
        forEachInput(shape) { channels, x, content in
            var call = shape.call(channels: channels)
            let count = shape.output.rows * shape.output.columns * channels
            var y = [Float](repeating: 0, count: count)
            var route = [UInt16](repeating: 0, count: count)
            KernelSet.reference.kernels.max_pool(&call, x, &y, &route)
            var numbers = Numbers(content, seed: 2)
            let dy = numbers.floats(count)
            let before = numbers.floats(x.count)
            func backward(
                _ set: KernelSet, _ memory: GuardedMemory, dy: [Float], before: [Float]
            ) -> [Float] {
                let dx = memory.variable(before)
                set.kernels.max_pool_backward(
                    &call, memory.constant(route), memory.constant(dy), dx.baseAddress)
                return Array(dx)
            }
            let expected = inEveryPlacement { backward(.reference, $0, dy: dy, before: before) }[0]
            for result in inEveryPlacement({ backward(set, $0, dy: dy, before: before) }) {
                // Both add in the same order.
                expectEqual(result, expected, "\(content), \(channels) channels")
            }
        }
    }

    @Test(arguments: KernelSet.tested, shapes)
    func averagePoolAgreesWithReference(set: KernelSet, shape: PoolingShape) {
        forEachInput(shape) { channels, x, content in
            var call = shape.call(channels: channels)
            let count = shape.output.rows * shape.output.columns * channels
            func averages(_ set: KernelSet, _ memory: GuardedMemory, _ x: [Float]) -> [Float] {
                let y = memory.variable([Float](repeating: 777, count: count))
                set.kernels.average_pool(&call, memory.constant(x), y.baseAddress)
                return Array(y)
            }
            let expected = inEveryPlacement { averages(.reference, $0, x) }[0]
            let magnitudes = averages(.reference, GuardedMemory(.misaligned), x.map(abs))
            // An addition for each element, the divisor's inverse and a product.
            let operations = shape.window.rows * shape.window.columns + 2
            for result in inEveryPlacement({ averages(set, $0, x) }) {
                expectClose(
                    result, expected,
                    within: { tolerance(operations: operations, magnitude: magnitudes[$0]) },
                    "\(content), \(channels) channels")
            }
        }
    }

    @Test(arguments: KernelSet.tested, shapes)
    func averagePoolBackwardAgreesWithReference(set: KernelSet, shape: PoolingShape) {
        forEachInput(shape) { channels, before, content in
            var call = shape.call(channels: channels)
            var numbers = Numbers(content, seed: 2)
            let dy = numbers.floats(shape.output.rows * shape.output.columns * channels)
            func backward(
                _ set: KernelSet, _ memory: GuardedMemory, dy: [Float], before: [Float]
            ) -> [Float] {
                let dx = memory.variable(before)
                set.kernels.average_pool_backward(&call, memory.constant(dy), dx.baseAddress)
                return Array(dx)
            }
            let expected = inEveryPlacement { backward(.reference, $0, dy: dy, before: before) }[0]
            let magnitudes = backward(
                .reference, GuardedMemory(.misaligned), dy: dy.map(abs), before: before.map(abs))
            // Each window that holds an element adds to it: an inverse, a product and an addition.
            let operations = 3 * shape.window.rows * shape.window.columns
            for result in inEveryPlacement({ backward(set, $0, dy: dy, before: before) }) {
                expectClose(
                    result, expected,
                    within: { tolerance(operations: operations, magnitude: magnitudes[$0]) },
                    "\(content), \(channels) channels")
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func tiesNaNAndInfinitiesChooseTheRightPlace(set: KernelSet) {
        for (x, value, place) in [
            ([1, 1, 1, 1], 1, 0), ([0, 2, 2, 1], 2, 1), ([-0.0, 0, 0, 0], 0, 0),
            ([1, .nan, .infinity, .nan], .nan, 1),
            ([-.infinity, -.infinity, -.infinity, -.infinity], -.infinity, 0),
            ([1, 2, 3, .infinity], .infinity, 3),
        ] as [([Float], Float, UInt16)] {
            for channels in [1, 4, 7, 8, 16, 19] {
                var call = PoolingShape(input: (2, 2), window: (2, 2), stride: (2, 2), padding: (0, 0))
                    .call(channels: channels)
                let image = x.flatMap { [Float](repeating: $0, count: channels) }
                for (y, route) in inEveryPlacement({ memory in
                    let y = memory.variable([Float](repeating: 777, count: channels))
                    let route = memory.variable([UInt16](repeating: 999, count: channels))
                    set.kernels.max_pool(&call, memory.constant(image), y.baseAddress, route.baseAddress)
                    return (Array(y), Array(route))
                }) {
                    expectEqual(y, .init(repeating: value, count: channels), "\(x)")
                    expectIdentical(route, .init(repeating: place, count: channels), "\(x)")
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func averageLeavesOutWhatLiesOutside(set: KernelSet) {
        var call = PoolingShape(input: (2, 2), window: (2, 2), stride: (1, 1), padding: (1, 1))
            .call(channels: 1)
        for y in inEveryPlacement({ memory in
            let y = memory.variable([Float](repeating: 777, count: 9))
            set.kernels.average_pool(&call, memory.constant([Float]([1, 2, 3, 4])), y.baseAddress)
            return Array(y)
        }) {
            #expect(y == [1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4])
        }
    }

    private func forEachInput(_ shape: PoolingShape, _ body: (Int, [Float], Content) -> Void) {
        for channels in channelCounts {
            for content in Content.allCases {
                var numbers = Numbers(content)
                body(channels, numbers.floats(shape.input.rows * shape.input.columns * channels), content)
            }
        }
    }
}
