import Compute
import Datasets
import Training

/// Labelled pictures as a network's inputs: each is normalised when it is asked for.
struct NormalizedImages: BatchSource {
    let images: LabeledImages
    let normalization: Normalization

    var count: Int { images.count }

    var inputShape: Shape { [images.images.height, images.images.width, 1] }

    func label(of sample: Int) -> Int { Int(images.labels[sample]) }

    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        destination.withUnsafeMutableBufferPointer { inputs in
            images.images.pixels(of: sample).withUnsafeBufferPointer {
                normalization.apply(
                    to: $0, height: images.images.height, width: images.images.width,
                    into: inputs.baseAddress!)
            }
        }
    }
}
