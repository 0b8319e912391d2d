/// How bytes 0…255 become the floats that a network sees. It is part of a model: a network trained under one
/// normalisation reads nonsense under another.
public enum Normalization: Sendable, Hashable {
    /// Keras's `normalize(x, axis:)` on `[N, H, W]`: each vector along the axis is divided by its Euclidean length.
    ///
    /// Axis 1 runs down the rows, so each column of an image gets length 1; axis 2 runs along a row. A vector of
    /// zeros stays zero. In an almost empty column faint noise becomes as strong as ink.
    case l2(axis: Int)
    /// `byte / 255`, in 0…1.
    case unitRange
    /// `(byte / 255 - mean) / standardDeviation`.
    case standardized(mean: Float, standardDeviation: Float)
    /// The byte's value as it is, 0…255.
    case none

    /// `standardized` with the mean 0.1307 and the deviation 0.3081 of MNIST's 60,000 training images.
    public static let standardized = Normalization.standardized(
        mean: 0.1307, standardDeviation: 0.3081)
}
