import Compute

/// What a model makes of one picture.
public struct Prediction: Sendable, Hashable {
    /// The probability of each class, in order. They sum to 1 if the network ends in softmax or was trained from
    /// logits, and if the model is calibrated; otherwise they are the network's outputs as they are.
    public let probabilities: [Float]
    /// What each class is called.
    public let classNames: [String]

    package init(probabilities: [Float], classNames: [String]) {
        self.probabilities = probabilities
        self.classNames = classNames
    }

    /// The most probable class (the first of equals).
    public var label: Int {
        probabilities.argmax
    }

    /// What the most probable class is called.
    public var className: String { classNames[label] }

    /// The probability of the most probable class, `0...1`.
    public var confidence: Float { probabilities[label] }

    /// All classes, the most probable first.
    public var ranked: [(label: Int, probability: Float)] {
        probabilities.enumerated().map { (label: $0.offset, probability: $0.element) }
            .sorted { $0.probability > $1.probability }
    }
}
