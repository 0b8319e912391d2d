import Compute
import Datasets
import Imaging
import Training

/// Labelled pictures that are distorted anew in each epoch of training, and normalised in the same pass. In the epochs that close
/// the training they are damaged and no more; what is not training sees them as they are.
struct AugmentedImages: BatchSource {
    private let images: LabeledImages
    private let plain: NormalizedImages
    private let augmenter: Augmenter
    /// For the epochs that close the training; nil where nothing is left to do.
    private let closing: Augmenter?
    private let lastAugmentedEpoch: Int

    /// - Parameter lastAugmentedEpoch: The one before those that close the training, counted from 1.
    init(
        _ images: LabeledImages, normalization: Normalization, augmentation: Augmentation,
        lastAugmentedEpoch: Int, seed: UInt64, kernels: Kernels
    ) {
        self.images = images
        plain = NormalizedImages(images: images, normalization: normalization)
        func augmenter(_ augmentation: Augmentation) -> Augmenter {
            Augmenter(augmentation, shape: images.images.shape, seed: seed, kernels: kernels)
        }
        self.augmenter = augmenter(augmentation)
        closing = augmentation.damage > 0 ? augmenter(augmentation.closing) : nil
        self.lastAugmentedEpoch = lastAugmentedEpoch
    }

    var count: Int { plain.count }

    var inputShape: Shape { plain.inputShape }

    func label(of sample: Int) -> Int { plain.label(of: sample) }

    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        plain.copyInput(of: sample, into: &destination)
    }

    func copyTrainingInput(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
        guard let augmenter = epoch <= lastAugmentedEpoch ? augmenter : closing else {
            return copyInput(of: sample, into: &destination)
        }
        let (scale, shift) = plain.normalization.affine ?? (1, 0)
        destination.withUnsafeMutableBufferPointer { inputs in
            images.images.pixels(of: sample).withUnsafeBufferPointer {
                augmenter.write(
                    $0, sample: sample, epoch: epoch, scale: scale, shift: shift, into: inputs.baseAddress!)
            }
            if plain.normalization.affine == nil {
                plain.normalization.applyInPlace(
                    to: inputs.baseAddress!, shape: images.images.shape)
            }
        }
    }
}
