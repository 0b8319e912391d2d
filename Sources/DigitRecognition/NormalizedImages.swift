import Compute
import Datasets
import Imaging
import Training

/// Labelled pictures as a network's inputs: each is normalised when it is asked for.
struct NormalizedImages: BatchSource {
    let images: LabeledImages
    let normalization: Normalization

    var count: Int { images.count }

    var inputShape: Shape { Shape(images.images.shape) }

    func label(of sample: Int) -> Int { images.labels[sample] }

    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        destination.withUnsafeMutableBufferPointer { inputs in
            images.images.pixels(of: sample).withUnsafeBufferPointer {
                normalization.apply(
                    to: $0, shape: images.images.shape, into: inputs.baseAddress!)
            }
        }
    }
}
