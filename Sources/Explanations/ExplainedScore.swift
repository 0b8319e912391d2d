/// Which number of a class an explanation is about.
public enum ExplainedScore: String, Sendable, Hashable, CaseIterable {
    /// What the network gives the class before the softmax at its end; the default. It says what speaks for this class,
    /// whatever the others get, and it does not flatten out where the network is sure. Grad-CAM is defined on it. A network
    /// that does not end in softmax has its outputs for logits.
    case logit
    /// The probability of the class, as in `Prediction` but without a temperature. It also says what speaks against the others; its gradient is tiny
    /// where the network is sure. Code for Keras often takes it, because models there end in softmax.
    case probability
}
