package import Compute

/// The first values of a parameter, as Keras has them. Fans are those of the layer: for a convolution
/// `fanIn = kernelHeight · kernelWidth · channelsIn` and `fanOut` likewise with channels out.
public enum Initializer: String, Sendable, Hashable, Codable, CaseIterable {
    /// All 0.
    case zeros
    /// All 1.
    case ones
    /// Uniform in ±√(6 / (fanIn + fanOut)). X. Glorot and Y. Bengio, "Understanding the difficulty of training deep
    /// feedforward neural networks", AISTATS 2010.
    case glorotUniform
    /// Normal with standard deviation √(2 / (fanIn + fanOut)), cut off at two deviations.
    case glorotNormal
    /// Uniform in ±√(6 / fanIn). K. He et al., "Delving Deep into Rectifiers", 2015, arXiv:1502.01852.
    case heUniform
    /// Normal with standard deviation √(2 / fanIn), cut off at two deviations.
    case heNormal

    /// Bound of the uniform and standard deviation (after cutting off) of the normal distributions; 0 for constants.
    package func scale(fans: (input: Int, output: Int)) -> Double {
        let input = Double(fans.input)
        let output = Double(fans.output)
        switch self {
        case .zeros, .ones: return 0
        case .glorotUniform: return (6 / (input + output)).squareRoot()
        case .glorotNormal: return (2 / (input + output)).squareRoot()
        case .heUniform: return (6 / input).squareRoot()
        case .heNormal: return (2 / input).squareRoot()
        }
    }

    /// Fills `values` with draws from `random`.
    package func fill(
        _ values: UnsafeMutableBufferPointer<Float>, fans: (input: Int, output: Int),
        random: inout CounterBasedRandom
    ) {
        let scale = Float(scale(fans: fans))
        switch self {
        case .zeros: values.update(repeating: 0)
        case .ones: values.update(repeating: 1)
        case .glorotUniform, .heUniform:
            for index in values.indices { values[index] = (2 * random.nextUniform() - 1) * scale }
        case .glorotNormal, .heNormal:
            // Standard deviation of a standard normal cut off at ±2; dividing by it restores the one asked for.
            let deviation = scale / 0.879_625_66
            for index in values.indices { values[index] = random.nextTruncatedNormal() * deviation }
        }
    }
}
