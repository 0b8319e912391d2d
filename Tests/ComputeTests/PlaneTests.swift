import CDigitKernels
import TestSupport
import Testing

private let kernels = [(1, 1), (2, 2), (3, 3), (1, 4), (4, 2), (3, 5), (5, 5), (2, 7), (7, 7)].map {
    (rows: $0.0, columns: $0.1)
}
private let channelCounts = [0, 1, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33]
private let extents = [(0, 3), (1, 1), (3, 5), (4, 2)].map { (rows: $0.0, columns: $0.1) }

@Suite struct PlaneTests {
    @Test(arguments: KernelSet.tested, kernels)
    func listPatchesEqualsReference(set: KernelSet, kernel: (rows: Int, columns: Int)) {
        forEachProblem(kernel, channels: [1]) { problem in
            let expected = inEveryPlacement { problem.list(.reference, image: 0, in: $0) }[0]
            for result in inEveryPlacement({ problem.list(set, image: 0, in: $0) }) {
                expectIdentical(result.positions, expected.positions, problem.description)
                expectIdentical(result.offsets, expected.offsets, problem.description)
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, kernels)
    func aPixelIsInEveryPatchThatReachesIt(set: KernelSet, kernel: (rows: Int, columns: Int)) {
        let blank = PlaneProblem(
            rows: 3, columns: 4, kernel: kernel, channels: 1, content: .integers, ink: .blank)
        for lit: Float in [1, -1, .nan, .infinity, .leastNonzeroMagnitude] {
            for pixel in blank.planes.indices {
                var problem = blank
                problem.planes[pixel] = lit
                let (y, x) = (pixel / problem.rowStride, pixel % problem.rowStride)
                let expected = (0..<problem.positions).filter {
                    let (top, left) = (2 * ($0 / problem.columns), 2 * ($0 % problem.columns))
                    return (top...top + kernel.rows).contains(y) && (left...left + kernel.columns).contains(x)
                }
                let list = problem.list(set, image: 0, in: GuardedMemory(.endsAtInaccessiblePage))
                expectIdentical(list.positions, expected.map { Int32($0) }, "\(lit) at \(y), \(x)")
            }
        }
    }

    @Test(arguments: KernelSet.tested, kernels)
    func planePoolAgreesWithReference(set: KernelSet, kernel: (rows: Int, columns: Int)) {
        forEachProblem(kernel, channels: channelCounts) { problem in
            let expected = inEveryPlacement { problem.pooled(.reference, in: $0) }[0]
            let magnitudes = problem.magnitudes.pooled(.reference, in: GuardedMemory(.misaligned)).values
            // A product and an addition for each tap, and the reference's rounding.
            let bounds = magnitudes.map {
                problem.content == .reals
                    ? tolerance(operations: 2 * problem.taps + 1, magnitude: $0) : 0
            }
            let places = (0..<4).map(problem.values)
            for result in inEveryPlacement({ problem.pooled(set, in: $0) }) {
                expectClose(result.values, expected.values, within: { bounds[$0] }, problem.description)
                if problem.content == .reals {
                    expectAsGoodRoutes(
                        result.routes, expected.routes, values: places, bounds: bounds, problem.description)
                } else {
                    expectIdentical(result.routes, expected.routes, problem.description)
                }
            }
        }
    }

    /// The list may only say which patches need not be computed.
    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func skippingBlankPatchesChangesNothing(set: KernelSet) {
        for ink in Ink.allCases {
            for content in [Content.integers, .special] {
                var problem = PlaneProblem(
                    rows: 4, columns: 5, kernel: (3, 2), channels: 19, content: content, ink: ink)
                // Times 0 they are NaN.
                problem.weights[1] = .infinity
                problem.weights[7] = .nan
                problem.bias?[5] = .nan
                var expected = problem.values(atPlace: 0)
                for place in 1..<4 {
                    for (index, value) in problem.values(atPlace: place).enumerated()
                    where value.isNaN || value > expected[index] { expected[index] = value }
                }
                for result in inEveryPlacement({ problem.pooled(set, in: $0) }) {
                    expectEqual(result.values, expected, problem.description)
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func firstOfEqualsIsKeptAndNaNWins(set: KernelSet) {
        // A 1×1 kernel of weight 1: the patch's four pixels are the window.
        let windows: [(patch: [Float], value: Float, route: UInt8)] = [
            ([0, -0.0, 0, 0], 0, 0),
            ([2, 2, 2, 2], 2, 0),
            ([1, 2, 2, 2], 2, 1),
            ([1, 1, 2, 2], 2, 2),
            ([1, 1, 1, 2], 2, 3),
            ([1, .nan, 3, .nan], .nan, 1),
            ([.nan, 9, 9, 9], .nan, 0),
            ([1, 2, .infinity, .nan], .nan, 3),
            ([-.infinity, -.infinity, -.infinity, -.infinity], -.infinity, 0),
        ]
        for window in windows {
            for channels in [1, 4, 8, 16, 17, 32] {
                var problem = PlaneProblem(
                    rows: 1, columns: 1, kernel: (1, 1), channels: channels, content: .integers,
                    ink: .full, hasBias: false)
                problem.planes.replaceSubrange(0..<2, with: window.patch.prefix(2))
                problem.planes.replaceSubrange(problem.rowStride..., with: window.patch.suffix(2))
                problem.weights = .init(repeating: 1, count: channels)
                for result in inEveryPlacement({ problem.pooled(set, in: $0) }) {
                    expectEqual(
                        result.values, .init(repeating: window.value, count: channels), "\(window)")
                    #expect(result.routes.allSatisfy { $0 == window.route }, "\(window)")
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, kernels)
    func planeWeightGradientAgreesWithReference(set: KernelSet, kernel: (rows: Int, columns: Int)) {
        for images in [0, 1, 3] {
            forEachProblem(kernel, channels: channelCounts, images: images) { problem in
                let expected = inEveryPlacement { problem.weightGradient(.reference, in: $0) }[0]
                let magnitudes = problem.magnitudes.weightGradient(
                    .reference, in: GuardedMemory(.misaligned))
                // A product and an addition for each position, an addition for each image, the reference's rounding.
                let operations = images * (2 * problem.positions + 1) + 1
                for result in inEveryPlacement({ problem.weightGradient(set, in: $0) }) {
                    expectClose(
                        result, expected,
                        within: {
                            problem.content == .reals
                                ? tolerance(operations: operations, magnitude: magnitudes[$0]) : 0
                        }, problem.description)
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func weightGradientIsAsComputedByHand(set: KernelSet) {
        // One position of a 2×2 kernel, whose patch is 1…9; the gradient 10 went to the window's place.
        for (place, expected) in [[10, 20, 40, 50], [20, 30, 50, 60], [40, 50, 70, 80], [50, 60, 80, 90]]
            .enumerated()
        {
            var problem = PlaneProblem(
                rows: 1, columns: 1, kernel: (2, 2), channels: 1, content: .integers, ink: .full)
            for index in 0..<9 {
                problem.planes[index / 3 * problem.rowStride + index % 3] = Float(index + 1)
            }
            problem.gradient = [10]
            problem.route = [UInt8(place)]
            for result in inEveryPlacement({ problem.weightGradient(set, in: $0) }) {
                #expect(result == expected.map { Float($0) })
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, kernels)
    func sameBitsHoweverRowsAndChannelsAreSplit(set: KernelSet, kernel: (rows: Int, columns: Int)) {
        let problem = PlaneProblem(
            rows: 4, columns: 5, kernel: kernel, channels: 37, images: 2, content: .reals, ink: .half)
        let pooled = problem.pooled(set, in: GuardedMemory(.misaligned))
        let rows = (0..<problem.rows).map { problem.row($0).pooled(set, in: GuardedMemory(.misaligned)) }
        expectSameBits(rows.flatMap(\.values), pooled.values, problem.description)
        expectIdentical(rows.flatMap(\.routes), pooled.routes, problem.description)

        let gradient = problem.weightGradient(set, in: GuardedMemory(.misaligned))
        for width in [1, 3, 8, 16, 20] {
            let parts = stride(from: 0, to: problem.channels, by: width).map {
                problem.weightGradient(
                    set, channels: $0..<min($0 + width, problem.channels), in: GuardedMemory(.misaligned))
            }
            expectSameBits(parts.flatMap { $0 }, gradient, "\(width) channels a call")
        }
    }

    /// Every content and picture, with and without bias and ReLU.
    private func forEachProblem(
        _ kernel: (rows: Int, columns: Int), channels: [Int], images: Int = 1,
        _ body: (PlaneProblem) -> Void
    ) {
        for (number, channels) in channels.enumerated() {
            for content in Content.allCases {
                for (place, ink) in Ink.allCases.enumerated() {
                    let extent = extents[(number + place) % extents.count]
                    body(
                        PlaneProblem(
                            rows: extent.rows, columns: extent.columns, kernel: kernel, channels: channels,
                            images: images, content: content, ink: ink,
                            hasBias: number % 3 != 1, relu: (number + place) % 2 == 0))
                }
            }
        }
    }
}
