import CDigitKernels
package import Compute
package import NeuralNetworks

/// What an optimiser remembers between steps: up to two numbers a parameter, and the count of steps.
// Sendable: `beginStep` comes while nobody updates, and each update has a range of the buffers for itself.
package final class OptimizerState: @unchecked Sendable {
    package let optimizer: Optimizer
    /// Velocity (SGD), first moment (Adam) or mean square (RMSprop); laid out like the parameters.
    package let first: FloatBuffer
    /// Second moment (Adam) or velocity (RMSprop).
    package let second: FloatBuffer
    /// Steps begun.
    package internal(set) var step = 0
    /// The present step's learning rate.
    package private(set) var learningRate: Float

    private let parameters: FloatBuffer
    private let kernels: Kernels
    private var adam = digits_adam()
    /// Where the weights lie, which weight decay is for; none without it.
    private let decayed: [Range<Int>]

    package init(_ optimizer: Optimizer, network: Network, kernels: Kernels = .best) {
        self.optimizer = optimizer
        self.kernels = kernels
        learningRate = optimizer.learningRate
        parameters = network.parameters
        decayed =
            if case .adamW = optimizer {
                network.layout.slots.filter(\.description.isWeight).map(\.range)
            } else {
                []
            }
        first = FloatBuffer(count: network.layout.trainableCount)
        second = FloatBuffer(count: network.layout.trainableCount)
    }

    /// Counts a step; its `update` calls follow.
    /// - Parameter learningRate: The step's; nil for the optimiser's own.
    package func beginStep(learningRate rate: Float? = nil) {
        step += 1
        learningRate = rate ?? optimizer.learningRate
        switch optimizer {
        case .adam(_, let beta1, let beta2, let epsilon):
            adam = adamArguments(beta1, beta2, epsilon, decay: 0)
        case .adamW(_, let weightDecay, let beta1, let beta2, let epsilon):
            adam = adamArguments(beta1, beta2, epsilon, decay: learningRate * weightDecay)
        case .sgd, .rmsprop:
            break
        }
    }

    /// Changes one range of the parameters, which lies within one parameter; different ranges may be changed at the same
    /// time.
    package func update(_ range: Range<Int>, gradients: FloatBuffer) {
        let count = range.count
        let gradient = gradients.pointer + range.lowerBound
        let values = parameters.pointer + range.lowerBound
        let first = first.pointer + range.lowerBound
        let second = second.pointer + range.lowerBound
        switch optimizer {
        case .sgd(_, let momentum, let nesterov):
            var arguments = digits_sgd(
                learning_rate: learningRate, momentum: momentum, nesterov: nesterov ? 1 : 0)
            kernels.functions.pointee.sgd(count, &arguments, gradient, first, values)
        case .adam, .adamW:
            var arguments = adam
            if !decayed.contains(where: { $0.contains(range.lowerBound) }) { arguments.decay = 0 }
            kernels.functions.pointee.adam(count, &arguments, gradient, first, second, values)
        case .rmsprop(_, let rho, let momentum, let epsilon):
            var arguments = digits_rmsprop(
                learning_rate: learningRate, rho: rho, momentum: momentum, epsilon: epsilon)
            kernels.functions.pointee.rmsprop(count, &arguments, gradient, first, second, values)
        }
    }

    private func adamArguments(
        _ beta1: Float, _ beta2: Float, _ epsilon: Float, decay: Float
    ) -> digits_adam {
        // In Double: 1 - beta2ᵗ loses half its digits in Float at the first steps.
        let correction1 = 1 - power(Double(beta1), step)
        let correction2 = 1 - power(Double(beta2), step)
        return digits_adam(
            step_size: Float(Double(learningRate) * correction2.squareRoot() / correction1), beta1: beta1,
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
