import CDigitKernels

extension KernelCase {
    /// The optimisers on the notebook's second convolution's weights.
    static var optimizerCases: [KernelCase] {
        let count = 64 * 9 * 64
        let gradient = Memory(random: count)
        let first = Memory<Float>(count: count, 0.1)
        let second = Memory<Float>(count: count, 0.1)
        let parameters = Memory(random: count)
        // Steps of size 0 leave the numbers as they are, however often they are taken.
        var adam = digits_adam(step_size: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0)
        var sgd = digits_sgd(learning_rate: 0, momentum: 0.9, nesterov: 0)
        var rmsprop = digits_rmsprop(learning_rate: 0, rho: 0.9, momentum: 0, epsilon: 1e-7)
        func pass(_ kernel: String, floats: Int, _ call: @escaping (Set) -> Void) -> KernelCase {
            KernelCase(
                kernel: kernel, shape: "\(count) parameters", work: .bytes(Double(4 * floats)), call: call)
        }
        return [
            pass("adam", floats: 7 * count) {
                $0.pointee.adam(
                    count, &adam, gradient.pointer, first.pointer, second.pointer, parameters.pointer)
            },
            pass("sgd", floats: 5 * count) {
                $0.pointee.sgd(count, &sgd, gradient.pointer, first.pointer, parameters.pointer)
            },
            pass("rmsprop", floats: 5 * count) {
                $0.pointee.rmsprop(
                    count, &rmsprop, gradient.pointer, second.pointer, first.pointer, parameters.pointer)
            },
        ]
    }
}
