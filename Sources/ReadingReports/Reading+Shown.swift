public import DigitRecognition
public import Imaging

extension Reading {
    /// How likely right a digit is at least that is shown without a mark of doubt, where nobody asks for more or less.
    public static let sureConfidence = 0.9

    /// The image that was read; nil unless the reading has steps. A file's image may have been reduced or turned before.
    public var picture: Image? { steps.first { $0.kind == .picture }?.images.first }

    /// Whether the picture was read as one digit; known where the reading has steps.
    var isSingle: Bool { !steps.contains { $0.kind == .strips } }
}
