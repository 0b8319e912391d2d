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

    /// Which optimiser it is, by the names of Keras.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Gradient descent, with or without momentum.
        case sgd
        /// Adam.
        case adam
        /// Adam with weight decay.
        case adamW = "adamw"
        /// RMSprop.
        case rmsprop
    }

    /// Which optimiser it is. Another one begins with its default numbers; Adam and AdamW keep those that both have.
    public var kind: Kind {
        get {
            switch self {
            case .sgd: .sgd
            case .adam: .adam
            case .adamW: .adamW
            case .rmsprop: .rmsprop
            }
        }
        set {
            switch (kind, newValue) {
            case (.adam, .adamW): weightDecay = Self.usual(.adamW).weightDecay
            case (.adamW, .adam): weightDecay = nil
            default: if newValue != kind { self = Self.usual(newValue) }
            }
        }
    }

    /// The name in Keras's vocabulary.
    public var name: String { kind.rawValue }

    /// The step size, positive.
    public var learningRate: Float {
        get {
            switch self {
            case .sgd(let rate, _, _), .adam(let rate, _, _, _), .adamW(let rate, _, _, _, _),
                .rmsprop(let rate, _, _, _):
                rate
            }
        }
        set { self["learningRate"] = newValue }
    }

    /// What is drawn from the weights at each step, as a share of them and of the learning rate; nil without decay. Adam with
    /// decay is AdamW; other optimisers have none, whatever it is set to.
    public var weightDecay: Float? {
        get { self["weightDecay"] }
        set {
            switch (self, newValue) {
            case (.adam(let rate, let beta1, let beta2, let epsilon), let decay?),
                (.adamW(let rate, _, let beta1, let beta2, let epsilon), let decay?):
                self = .adamW(
                    learningRate: rate, weightDecay: decay, beta1: beta1, beta2: beta2, epsilon: epsilon)
            case (.adamW(let rate, _, let beta1, let beta2, let epsilon), nil):
                self = .adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
            default:
                break
            }
        }
    }
}

extension Optimizer {
    /// An optimiser with its default numbers.
    private static func usual(_ kind: Kind) -> Optimizer {
        switch kind {
        case .sgd: .sgd()
        case .adam: .adam()
        case .adamW: .adamW()
        case .rmsprop: .rmsprop()
        }
    }

    /// The same optimiser with its default numbers.
    var usual: Optimizer { Self.usual(kind) }

    /// One of its numbers, by the name of its argument; nil where it has none of that name, and then it is not set. Truth is 1.
    package subscript(name: String) -> Float? {
        get { numbers.first { $0.name == name }?.value }
        set {
            guard let newValue, let place = numbers.firstIndex(where: { $0.name == name }) else { return }
            var values = numbers.map(\.value)
            values[place] = newValue
            self = with(values)
        }
    }

    /// Its numbers, in the order of its arguments.
    private var numbers: [(name: String, value: Float)] {
        switch self {
        case .sgd(let learningRate, let momentum, let nesterov):
            [("learningRate", learningRate), ("momentum", momentum), ("nesterov", nesterov ? 1 : 0)]
        case .adam(let learningRate, let beta1, let beta2, let epsilon):
            [("learningRate", learningRate), ("beta1", beta1), ("beta2", beta2), ("epsilon", epsilon)]
        case .adamW(let learningRate, let weightDecay, let beta1, let beta2, let epsilon):
            [
                ("learningRate", learningRate), ("weightDecay", weightDecay), ("beta1", beta1),
                ("beta2", beta2), ("epsilon", epsilon),
            ]
        case .rmsprop(let learningRate, let rho, let momentum, let epsilon):
            [("learningRate", learningRate), ("rho", rho), ("momentum", momentum), ("epsilon", epsilon)]
        }
    }

    /// The same optimiser with other numbers, in the order of its arguments.
    private func with(_ values: [Float]) -> Optimizer {
        switch self {
        case .sgd:
            .sgd(learningRate: values[0], momentum: values[1], nesterov: values[2] != 0)
        case .adam:
            .adam(learningRate: values[0], beta1: values[1], beta2: values[2], epsilon: values[3])
        case .adamW:
            .adamW(
                learningRate: values[0], weightDecay: values[1], beta1: values[2], beta2: values[3],
                epsilon: values[4])
        case .rmsprop:
            .rmsprop(learningRate: values[0], rho: values[1], momentum: values[2], epsilon: values[3])
        }
    }
}
