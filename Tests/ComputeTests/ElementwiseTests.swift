import CDigitKernels
import TestSupport
import Testing

/// Values at which the operations change or could go wrong.
private let corners: [Float] = [
    0, -0.0, 1, -1, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, .infinity, -.infinity, .nan, 0.3, -0.7,
]

/// `count` values that begin with a different corner for each seed.
private func values(_ count: Int, seed: Int) -> [Float] {
    (0..<count).map { corners[($0 * (seed + 1) + seed) % corners.count] }
}

@Suite struct ElementwiseTests {
    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func reluEqualsReference(set: KernelSet, count: Int) {
        expectSameInEveryPlacement(set, count) { set, x, _, y in
            set.kernels.relu(count, x, y)
        }
    }

    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func reluBackwardEqualsReference(set: KernelSet, count: Int) {
        expectSameInEveryPlacement(set, count) { set, y, dy, dx in
            set.kernels.relu_backward(count, y, dy, dx)
        }
    }

    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func leakyReluEqualsReference(set: KernelSet, count: Int) {
        expectSameInEveryPlacement(set, count) { set, x, _, y in
            set.kernels.leaky_relu(count, 0.3, x, y)
        }
    }

    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func leakyReluBackwardEqualsReference(set: KernelSet, count: Int) {
        expectSameInEveryPlacement(set, count) { set, x, dy, dx in
            set.kernels.leaky_relu_backward(count, 0.3, x, dy, dx)
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func activationsAndGradientsAreAsComputedByHand(set: KernelSet) {
        let x: [Float] = [2, -2, 0, -0.0, .nan, .infinity, -.infinity]
        let dy: [Float] = [4, 4, 4, 4, 4, 4, 4]
        var y = [Float](repeating: 777, count: 7)
        set.kernels.relu(7, x, &y)
        expectSameBits(y.filter { !$0.isNaN }, [2, 0, 0, 0, .infinity, 0], "relu")
        #expect(y[4].isNaN)
        set.kernels.relu_backward(7, x, dy, &y)
        expectSameBits(y, [4, 0, 0, 0, 0, 4, 0], "relu_backward")
        set.kernels.leaky_relu(7, 0.5, x, &y)
        expectSameBits(y.filter { !$0.isNaN }, [2, -1, 0, -0.0, .infinity, -.infinity], "leaky_relu")
        #expect(y[4].isNaN)
        set.kernels.leaky_relu_backward(7, 0.5, x, dy, &y)
        expectSameBits(y, [4, 2, 2, 2, 2, 4, 2], "leaky_relu_backward")
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func activationsWorkInPlace(set: KernelSet) {
        let count = 37
        let x = values(count, seed: 1)
        let dy = values(count, seed: 2)
        var expected = x
        var actual = x
        KernelSet.reference.kernels.relu(count, x, &expected)
        actual.withUnsafeMutableBufferPointer { set.kernels.relu(count, $0.baseAddress, $0.baseAddress) }
        expectEqual(actual, expected, "relu")

        KernelSet.reference.kernels.relu_backward(count, x, dy, &expected)
        actual = dy
        actual.withUnsafeMutableBufferPointer {
            set.kernels.relu_backward(count, x, $0.baseAddress, $0.baseAddress)
        }
        expectEqual(actual, expected, "relu_backward")

        KernelSet.reference.kernels.leaky_relu(count, 0.3, x, &expected)
        actual = x
        actual.withUnsafeMutableBufferPointer {
            set.kernels.leaky_relu(count, 0.3, $0.baseAddress, $0.baseAddress)
        }
        expectEqual(actual, expected, "leaky_relu")

        KernelSet.reference.kernels.leaky_relu_backward(count, 0.3, x, dy, &expected)
        actual = dy
        actual.withUnsafeMutableBufferPointer {
            set.kernels.leaky_relu_backward(count, 0.3, x, $0.baseAddress, $0.baseAddress)
        }
        expectEqual(actual, expected, "leaky_relu_backward")
    }

    private func expectSameInEveryPlacement(
        _ set: KernelSet, _ count: Int, sourceLocation: SourceLocation = #_sourceLocation,
        _ call: (KernelSet, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) {
        for seed in 0..<corners.count - 1 {
            func result(_ set: KernelSet, _ memory: GuardedMemory) -> [Float] {
                let output = memory.variable([Float](repeating: 777, count: count))
                call(
                    set, memory.constant(values(count, seed: seed)),
                    memory.constant(values(count, seed: seed + 1)), output.baseAddress!)
                // Which NaN it is does not matter.
                return output.map { $0.isNaN ? .nan : $0 }
            }
            let expected = inEveryPlacement(sourceLocation: sourceLocation) { result(.reference, $0) }[0]
            for actual in inEveryPlacement(sourceLocation: sourceLocation, { result(set, $0) }) {
                expectSameBits(actual, expected, "seed \(seed)", sourceLocation: sourceLocation)
            }
        }
    }
}
