import Imaging

extension Normalization {
    /// What it does to an image, in a sentence.
    var explanation: String {
        switch self {
        case .l2(let axis):
            "\(self) divides each \(axis == 1 || axis == -2 ? "column" : "row") by its Euclidean length "
                + "(Keras's normalize with axis=\(axis)): where there is almost no ink, faint noise becomes as strong."
        case .unitRange: "\(self) divides by 255: the same picture, in other units."
        case .standardized(let mean, let deviation):
            "\(self) divides by 255, subtracts \(mean) and divides by \(deviation): the same picture, in other units."
        case .none: "\(self) leaves the bytes as they are."
        }
    }
}
