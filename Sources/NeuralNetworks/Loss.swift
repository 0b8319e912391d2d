/// What training makes small. Each is the mean over a batch of a quantity per image.
///
/// A network may end in a vector, `[K]`, or in positions of a picture with a vector each, `[rows, columns, K]`. There the
/// categorical cross-entropy is the mean over the positions, as in Keras. A target of zeros alone, smoothed or not, counts
/// nothing; the mean is over all positions all the same.
public enum Loss: String, Sendable, Hashable, Codable {
    /// `-log(probability of the true class)`. The network ends in softmax (then logarithm and softmax are one stable
    /// operation) or gives probabilities, which are cut off to 10⁻⁷ … 1 - 10⁻⁷ and then scaled to sum 1, as in Keras.
    case sparseCategoricalCrossentropy
    /// The same for a network that ends without softmax.
    case sparseCategoricalCrossentropyFromLogits
    /// `-Σ over c of target[c] · log(probability[c])`, for targets that are distributions. As the sparse loss for
    /// softmax; other outputs are scaled to sum 1 and then cut off, as in Keras.
    case categoricalCrossentropy
    /// The same for a network that ends without softmax.
    case categoricalCrossentropyFromLogits
    /// `mean over c of (output[c] - target[c])²`
    case meanSquaredError

    /// Whether a network's outputs are unscaled log-probabilities under this loss.
    public var isFromLogits: Bool {
        self == .sparseCategoricalCrossentropyFromLogits || self == .categoricalCrossentropyFromLogits
    }

    /// Whether an image's truth is one class, so that the outputs have to be a vector.
    package var usesClasses: Bool {
        self == .sparseCategoricalCrossentropy || self == .sparseCategoricalCrossentropyFromLogits
    }

    /// Whether a network's outputs have to be probabilities under this loss. A softmax at its end then becomes part of the loss:
    /// softmax and cross-entropy are one operation, exact where the two in turn would lose everything.
    package var needsProbabilities: Bool { self != .meanSquaredError && !isFromLogits }
}
