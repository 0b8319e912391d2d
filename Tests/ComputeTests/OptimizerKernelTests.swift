import CDigitKernels
import TestSupport
import Testing

/// A state of `count` parameters, the same in every test.
private struct State {
    let gradient: [Float]
    var first, second, parameters: [Float]

    init(_ content: Content, count: Int) {
        var numbers = Numbers(content)
        gradient = numbers.floats(count)
        first = numbers.floats(count)
        // A mean of squares is not negative, and far enough from zero for its root's relative error to be small.
        second = numbers.floats(count).map { abs($0) + 0.01 }
        parameters = numbers.floats(count)
    }

    /// Applies a kernel's call (gradient, first, second, parameters) in guarded memory.
    func updated(
        in memory: GuardedMemory,
        _ call: (
            UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
            UnsafeMutablePointer<Float>
        ) -> Void
    ) -> State {
        let first = memory.variable(first)
        let second = memory.variable(second)
        let parameters = memory.variable(parameters)
        call(memory.constant(gradient), first.baseAddress!, second.baseAddress!, parameters.baseAddress!)
        var result = self
        result.first = Array(first)
        result.second = Array(second)
        result.parameters = Array(parameters)
        return result
    }
}

/// No number here exceeds 90 (a quotient of 9 by 0.1), and none takes more than ten operations. Steps are large, so that
/// a missing one is far outside.
private let bound = tolerance(operations: 10, magnitude: 90)

@Suite struct OptimizerKernelTests {
    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func sgdAgreesWithReference(set: KernelSet, count: Int) {
        for (momentum, nesterov) in [(0, 0), (0.9, 0), (0.9, 1)] as [(Float, Int32)] {
            var settings = digits_sgd(learning_rate: 0.5, momentum: momentum, nesterov: nesterov)
            compare(set, count, "momentum \(momentum), nesterov \(nesterov)") { set, g, velocity, _, w in
                set.kernels.sgd(count, &settings, g, velocity, w)
            }
        }
    }

    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func adamAgreesWithReference(set: KernelSet, count: Int) {
        for decay in [0, 0.25] as [Float] {
            var settings = digits_adam(
                step_size: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: decay)
            compare(set, count, "decay \(decay)") { set, g, m, v, w in
                set.kernels.adam(count, &settings, g, m, v, w)
            }
        }
    }

    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func rmspropAgreesWithReference(set: KernelSet, count: Int) {
        for momentum in [0, 0.5] as [Float] {
            var settings = digits_rmsprop(learning_rate: 0.5, rho: 0.9, momentum: momentum, epsilon: 1e-7)
            compare(set, count, "momentum \(momentum)") { set, g, velocity, meanSquare, w in
                set.kernels.rmsprop(count, &settings, g, meanSquare, velocity, w)
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func optimizersAreAsComputedByHand(set: KernelSet) {
        var velocity: [Float] = [2]
        var square: [Float] = [7]
        var parameters: [Float] = [1]
        let gradient: [Float] = [4]

        // velocity = 0.5·2 − 0.25·4 = 0, then with nesterov w += 0.5·0 − 0.25·4.
        var sgd = digits_sgd(learning_rate: 0.25, momentum: 0.5, nesterov: 1)
        set.kernels.sgd(1, &sgd, gradient, &velocity, &parameters)
        #expect(velocity == [0] && parameters == [0])

        // m = 2 + (4 − 2)·0.5 = 3; v = 7 + (16 − 7)·0.25 = 9.25; w = 8·(1 − 0.5) − 0.5·3 / (√9.25 + 1).
        var adam = digits_adam(step_size: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 1, decay: 0.5)
        (velocity, square, parameters) = ([2], [7], [8])
        set.kernels.adam(1, &adam, gradient, &velocity, &square, &parameters)
        #expect(velocity == [3] && square == [9.25])
        expectClose(parameters, [3.628_839_8], within: { _ in 4 * rounding * 4 }, "adam")

        // s = 0.5·2 + 0.5·16 = 9; d = 0.75·4/√9 = 1; velocity = 0.5·6 + 1 = 4.
        var rmsprop = digits_rmsprop(learning_rate: 0.75, rho: 0.5, momentum: 0.5, epsilon: 0)
        (velocity, square, parameters) = ([6], [2], [5])
        set.kernels.rmsprop(1, &rmsprop, gradient, &square, &velocity, &parameters)
        #expect(square == [9] && velocity == [4] && parameters == [1])
    }

    private func compare(
        _ set: KernelSet, _ count: Int, _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ call: (
            KernelSet, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
            UnsafeMutablePointer<Float>
        ) -> Void
    ) {
        for content in Content.allCases {
            let state = State(content, count: count)
            func updated(_ set: KernelSet, _ memory: GuardedMemory) -> State {
                state.updated(in: memory) { call(set, $0, $1, $2, $3) }
            }
            let expected = inEveryPlacement(sourceLocation: sourceLocation) { updated(.reference, $0) }[0]
            for actual in inEveryPlacement(sourceLocation: sourceLocation, { updated(set, $0) }) {
                for path in [\State.first, \.second, \.parameters] {
                    expectClose(
                        actual[keyPath: path], expected[keyPath: path], within: { _ in bound },
                        "\(content), \(what)", sourceLocation: sourceLocation)
                }
            }
        }
    }
}
