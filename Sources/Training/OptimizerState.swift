import CDigitKernels
package import NeuralNetworks
package import Tensors

/// What an optimiser remembers between steps: up to two numbers a parameter, and the count of steps.
package final class OptimizerState {
    package let optimizer: Optimizer
    /// Velocity (SGD), first moment (Adam) or mean square (RMSprop); laid out like the parameters.
    package let first: FloatBuffer
    /// Second moment (Adam) or velocity (RMSprop).
    package let second: FloatBuffer
    /// Steps begun.
    package private(set) var step = 0

    private let parameters: FloatBuffer
    private let kernels: UnsafePointer<digits_kernels>
    private var adam = digits_adam()

    package init(_ optimizer: Optimizer, network: Network, kernels: Kernels = .best) {
        self.optimizer = optimizer
        self.kernels = kernels.table
        parameters = network.parameters
        first = FloatBuffer(count: network.layout.trainableCount)
        second = FloatBuffer(count: network.layout.trainableCount)
    }

    /// Counts a step; its `update` calls follow.
    package func beginStep() {
        step += 1
        switch optimizer {
        case .adam(let rate, let beta1, let beta2, let epsilon):
            adam = adamArguments(rate, beta1, beta2, epsilon, decay: 0)
        case .adamW(let rate, let weightDecay, let beta1, let beta2, let epsilon):
            adam = adamArguments(rate, beta1, beta2, epsilon, decay: rate * weightDecay)
        case .sgd, .rmsprop:
            break
        }
    }

    /// Changes one range of the parameters; different ranges may be changed at the same time.
    package func update(_ range: Range<Int>, gradients: FloatBuffer) {
        let count = range.count
        let gradient = gradients.pointer + range.lowerBound
        let values = parameters.pointer + range.lowerBound
        let first = first.pointer + range.lowerBound
        let second = second.pointer + range.lowerBound
        switch optimizer {
        case .sgd(let rate, let momentum, let nesterov):
            var arguments = digits_sgd(
                learning_rate: rate, momentum: momentum, nesterov: nesterov ? 1 : 0)
            kernels.pointee.sgd(count, &arguments, gradient, first, values)
        case .adam, .adamW:
            withUnsafePointer(to: adam) { kernels.pointee.adam(count, $0, gradient, first, second, values) }
        case .rmsprop(let rate, let rho, let momentum, let epsilon):
            var arguments = digits_rmsprop(
                learning_rate: rate, rho: rho, momentum: momentum, epsilon: epsilon)
            kernels.pointee.rmsprop(count, &arguments, gradient, first, second, values)
        }
    }

    private func adamArguments(
        _ rate: Float, _ beta1: Float, _ beta2: Float, _ epsilon: Float, decay: Float
    ) -> digits_adam {
        // In Double: 1 - beta2ᵗ loses half its digits in Float at the first steps.
        let correction1 = 1 - power(Double(beta1), step)
        let correction2 = 1 - power(Double(beta2), step)
        return digits_adam(
            step_size: Float(Double(rate) * correction2.squareRoot() / correction1), beta1: beta1,
            beta2: beta2,
            epsilon: epsilon, decay: decay)
    }
}

/// `base` to a whole power, by repeated squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
    }
    return result
}
