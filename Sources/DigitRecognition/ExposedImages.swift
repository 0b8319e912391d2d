import Compute
import Training

/// Images of which the last ones are outliers: all classes in equal parts are their target, as much of it as outliers weigh.
struct ExposedImages: BatchSource {
    let all: any BatchSource
    let firstOutlier: Int
    let weight: Float
    let classCount: Int

    var count: Int { all.count }

    var inputShape: Shape { all.inputShape }

    func isOutlier(_ sample: Int) -> Bool { sample >= firstOutlier }

    func label(of sample: Int) -> Int {
        precondition(!isOutlier(sample), "Sample \(sample) is an outlier and has no class.")
        return all.label(of: sample)
    }

    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        all.copyInput(of: sample, into: &destination)
    }

    func copyTrainingInput(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
        all.copyTrainingInput(of: sample, epoch: epoch, into: &destination)
    }

    func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
        if isOutlier(sample) {
            destination.update(repeating: weight / Float(classCount))
        } else {
            all.copyTarget(of: sample, into: &destination)
        }
    }
}
