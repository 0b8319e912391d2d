public import Compute

/// Where training and evaluation get images from. Calls come from several threads.
public protocol BatchSource: Sendable {
    /// Number of samples.
    var count: Int { get }

    /// Shape of one input.
    var inputShape: Shape { get }

    /// The true class of a sample, `0..<number of outputs`. Not asked for where a network answers at many positions, nor of
    /// outliers.
    func label(of sample: Int) -> Int

    /// Whether a sample is of no class. With every cross-entropy its target is what is made small, in equal parts for all classes
    /// say, and it counts in no metric. No sample is unless the source says so.
    func isOutlier(_ sample: Int) -> Bool

    /// Writes a sample's input, normalised.
    /// - Parameter destination: `inputShape.count` floats, row-major.
    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>)

    /// Writes what an epoch of training sees of a sample; its input as it is unless the source distorts it.
    /// - Parameters:
    ///   - epoch: From 1.
    ///   - destination: `inputShape.count` floats, row-major.
    func copyTrainingInput(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>)

    /// Writes a sample's target for losses over values. Sources for networks that answer at many positions,
    /// `[rows, columns, K]`, write one of their own; a position of zeros alone counts nothing in cross-entropies and metrics.
    /// - Parameter destination: One float for each output, row-major.
    func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>)

    /// Writes the target of what an epoch of training sees of a sample, where a distortion moves what is to be answered; the sample's
    /// own target unless the source has another.
    /// - Parameters:
    ///   - epoch: From 1.
    ///   - destination: One float for each output, row-major.
    func copyTrainingTarget(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>)
}

extension BatchSource {
    /// No.
    public func isOutlier(_ sample: Int) -> Bool { false }

    /// The input as it is.
    public func copyTrainingInput(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
        copyInput(of: sample, into: &destination)
    }

    /// The sample's own target.
    public func copyTrainingTarget(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
        copyTarget(of: sample, into: &destination)
    }

    /// 1 at the true class, else 0.
    public func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
        destination.update(repeating: 0)
        destination[label(of: sample)] = 1
    }
}
