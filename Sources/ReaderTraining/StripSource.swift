package import Compute
import PictureReading
import Training

/// Strips as inputs of one width, with the class of each column that the network answers at: a digit's where the middle of one is, else
/// `NumberDecoder.blank`. In training each is distorted anew in each epoch.
package struct StripSource: BatchSource {
    /// Columns of an input.
    package static let width = 128
    private let strips: [TrainingStrip]
    private let seed: UInt64
    /// The last epoch whose strips are distorted.
    private let lastDistortedEpoch: Int

    package init(_ strips: [TrainingStrip], seed: UInt64, lastDistortedEpoch: Int = 0) {
        self.strips = strips
        self.seed = seed
        self.lastDistortedEpoch = lastDistortedEpoch
    }

    package var count: Int { strips.count }

    package var inputShape: Shape { [LineStrip.height, Self.width, 1] }

    package func label(of sample: Int) -> Int { preconditionFailure("A strip has no class.") }

    package func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        StripView(strips[sample], random: nil).write(strips[sample], into: &destination)
    }

    package func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
        StripView(strips[sample], random: nil).writeTarget(of: strips[sample], into: &destination)
    }

    package func copyTrainingInput(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
        view(of: sample, epoch: epoch).write(strips[sample], into: &destination)
    }

    package func copyTrainingTarget(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
        view(of: sample, epoch: epoch).writeTarget(of: strips[sample], into: &destination)
    }

    private func view(of sample: Int, epoch: Int) -> StripView {
        StripView(
            strips[sample],
            random: CounterBasedRandom(seed: seed, purpose: .augmentation, epoch, sample),
            isDistorted: epoch <= lastDistortedEpoch)
    }
}
