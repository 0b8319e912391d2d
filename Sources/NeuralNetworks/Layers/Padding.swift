/// What a window does at the picture's edge.
public enum Padding: String, Sendable, Hashable, Codable {
    /// Windows lie inside: `outputSize = (inputSize - windowSize) / stride + 1`, rounded down.
    case valid
    /// `outputSize = inputSize / stride`, rounded up. Where the missing rows are odd in number, the last side gets
    /// one more, as in TensorFlow.
    case same

    /// Output size along one axis; 0 or less where the window does not fit.
    package func outputSize(input: Int, window: Int, stride: Int) -> Int {
        switch self {
        case .valid: input < window ? 0 : (input - window) / stride + 1
        case .same: (input + stride - 1) / stride
        }
    }

    /// Rows (or columns) put before the first one.
    package func before(input: Int, window: Int, stride: Int) -> Int {
        guard self == .same else { return 0 }
        let output = outputSize(input: input, window: window, stride: stride)
        return max(0, (output - 1) * stride + window - input) / 2
    }
}
