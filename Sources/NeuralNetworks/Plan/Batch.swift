/// Images that a plan takes together. The plan asks for each of them once, from any thread.
package protocol ImageBatch: Sendable {
    /// Number of images, at least 1.
    var count: Int { get }

    /// Writes one image, normalised.
    /// - Parameter destination: `[height][width][channels]`
    func copyInput(of place: Int, into destination: inout MutableSpan<Float>)
}

/// Images with what is true of them. Which of the two a plan asks for depends on its loss.
package protocol LabeledBatch: ImageBatch {
    /// The true class of an image, from 0; not asked for of outliers.
    func label(of place: Int) -> Int

    /// Whether an image is of no class, so that its target is asked for whatever the loss.
    func isOutlier(_ place: Int) -> Bool

    /// Writes what an image's outputs should be.
    /// - Parameter destination: One float for each output, `[rows][columns][K]`.
    func copyTarget(of place: Int, into destination: inout MutableSpan<Float>)
}

extension LabeledBatch {
    /// No.
    package func isOutlier(_ place: Int) -> Bool { false }
}

/// Images to train on. Random choices, such as what dropout drops, are keyed by (seed, epoch, sample).
package protocol TrainingBatch: LabeledBatch {
    /// Equal seeds give equal choices.
    var seed: UInt64 { get }
    /// Number of the epoch.
    var epoch: Int { get }

    /// The image's number in its data set.
    func sample(of place: Int) -> Int
}
