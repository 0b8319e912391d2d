/// A share of images, outliers left out, reported beside the loss. Where a network answers at many positions, `[rows, columns, K]`, it is the share
/// of the positions that have a target, and the true class is that of the largest target.
public enum Metric: Sendable, Hashable, Codable {
    /// The true class has the largest output (the first of equals).
    case accuracy
    /// The true class is among the k largest outputs.
    case topKAccuracy(k: Int = 5)

    /// The name that histories use: `accuracy`, `top_5_accuracy`.
    public var name: String {
        switch self {
        case .accuracy: "accuracy"
        case .topKAccuracy(let k): "top_\(k)_accuracy"
        }
    }

    /// The metric of a name; nil for any other.
    public init?(name: String) {
        if name == Self.accuracy.name {
            self = .accuracy
        } else if let match = name.wholeMatch(of: /top_(\d+)_accuracy/), let k = Int(match.1) {
            self = .topKAccuracy(k: k)
        } else {
            return nil
        }
    }

    /// Whether one image counts. A NaN is passed over, as predictions do, and is never right.
    /// - Parameters:
    ///   - outputs: Logits or probabilities, one for each class.
    ///   - label: The true class.
    func counts(_ outputs: UnsafeBufferPointer<Float>, label: Int) -> Bool {
        let truth = outputs[label]
        guard truth == truth else { return false }
        var before = 0
        for (index, output) in outputs.enumerated()
        where output > truth || (output == truth && index < label) {
            before += 1
        }
        switch self {
        case .accuracy: return before == 0
        case .topKAccuracy(let k): return before < k
        }
    }
}
