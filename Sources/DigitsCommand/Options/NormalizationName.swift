import ArgumentParser
import DigitDatasets

/// A normalisation as the user names it.
enum NormalizationName: String, CaseIterable, ExpressibleByArgument {
    case l2
    case unitRange = "unit-range"
    case standardized
    case none

    /// What it stands for.
    var normalization: Normalization {
        switch self {
        case .l2: .l2(axis: 1)
        case .unitRange: .unitRange
        case .standardized: .standardized
        case .none: .none
        }
    }

    /// What it does to a picture, in a sentence.
    var explanation: String {
        switch self {
        case .l2:
            "l2 divides each column by its Euclidean length (Keras's normalize with axis=1): "
                + "in an almost empty column faint noise becomes as strong as ink."
        case .unitRange: "unit-range divides by 255: the same picture, in other units."
        case .standardized:
            "standardized subtracts MNIST's mean and divides by its standard deviation: "
                + "the same picture, in other units."
        case .none: "none leaves the bytes as they are."
        }
    }
}
