/// How parameters follow their gradients. Forms and defaults are Keras's; g is the gradient, t the step from 1.
///
/// Learning rates and epsilons are positive; momenta, betas, rho and weight decay are in `0..<1`.
public enum Optimizer: Sendable, Hashable, Codable {
    /// `w -= learningRate · g`, or with momentum `v = momentum · v - learningRate · g; w += v` (Nesterov:
    /// `w += momentum · v - learningRate · g`).
    case sgd(learningRate: Float = 0.01, momentum: Float = 0, nesterov: Bool = false)
    /// `m += (g - m)(1 - beta1); v += (g² - v)(1 - beta2)`,
    /// `w -= learningRate · √(1 - beta2ᵗ) / (1 - beta1ᵗ) · m / (√v + epsilon)`.
    ///
    /// D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2014, arXiv:1412.6980.
    case adam(learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7)
    /// Adam after `w -= learningRate · weightDecay · w`, which only weights get: biases and batch normalisation's gamma and
    /// beta are not drawn to 0. (In Keras: `exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])`.)
    ///
    /// I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 2017, arXiv:1711.05101.
    case adamW(
        learningRate: Float = 1e-3, weightDecay: Float = 0.004, beta1: Float = 0.9, beta2: Float = 0.999,
        epsilon: Float = 1e-7)
    /// `s = rho · s + (1 - rho) g²; w -= learningRate · g / √(s + epsilon)`, with momentum over the last term.
    ///
    /// T. Tieleman and G. Hinton, lecture 6.5, "Neural Networks for Machine Learning", 2012.
    case rmsprop(learningRate: Float = 1e-3, rho: Float = 0.9, momentum: Float = 0, epsilon: Float = 1e-7)

    /// The step size, positive.
    public var learningRate: Float {
        switch self {
        case .sgd(let rate, _, _), .adam(let rate, _, _, _), .adamW(let rate, _, _, _, _),
            .rmsprop(let rate, _, _, _):
            rate
        }
    }

    /// What is drawn from the weights at each step, as a share of them and of the learning rate; nil without decay.
    public var weightDecay: Float? {
        if case .adamW(_, let weightDecay, _, _, _) = self { weightDecay } else { nil }
    }

    /// The first setting that is out of its range.
    var fault: (name: String, value: Float, expected: String)? {
        var checks: [(name: String, value: Float, isGood: Bool, expected: String)] = [
            ("learning rate", learningRate, learningRate > 0 && learningRate.isFinite, "a positive number")
        ]
        func share(_ name: String, _ value: Float) {
            checks.append((name, value, value >= 0 && value < 1, "at least 0 and below 1"))
        }
        func positive(_ name: String, _ value: Float) {
            checks.append((name, value, value > 0 && value.isFinite, "a positive number"))
        }
        switch self {
        case .sgd(_, let momentum, _):
            share("momentum", momentum)
        case .adam(_, let beta1, let beta2, let epsilon):
            share("beta1", beta1)
            share("beta2", beta2)
            positive("epsilon", epsilon)
        case .adamW(_, let weightDecay, let beta1, let beta2, let epsilon):
            share("weight decay", weightDecay)
            share("beta1", beta1)
            share("beta2", beta2)
            positive("epsilon", epsilon)
        case .rmsprop(_, let rho, let momentum, let epsilon):
            share("rho", rho)
            share("momentum", momentum)
            positive("epsilon", epsilon)
        }
        return checks.first { !$0.isGood }.map { ($0.name, $0.value, $0.expected) }
    }

    /// The name in Keras's vocabulary.
    public var name: String {
        switch self {
        case .sgd: "sgd"
        case .adam: "adam"
        case .adamW: "adamw"
        case .rmsprop: "rmsprop"
        }
    }
}
