import NeuralNetworks

/// Samples of a source that a plan takes together.
struct SampleBatch: TrainingBatch {
    let source: any BatchSource
    /// Their numbers in the source, in the order of their places in the batch.
    let samples: ArraySlice<Int>
    /// Whether inputs and targets are as the epoch of training sees them.
    var isDistorted = false
    var seed: UInt64 = 0
    var epoch = 0

    var count: Int { samples.count }

    func sample(of place: Int) -> Int { samples[samples.startIndex + place] }

    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        if isDistorted {
            source.copyTrainingInput(of: sample(of: place), epoch: epoch, into: &destination)
        } else {
            source.copyInput(of: sample(of: place), into: &destination)
        }
    }

    func label(of place: Int) -> Int { source.label(of: sample(of: place)) }

    func isOutlier(_ place: Int) -> Bool { source.isOutlier(sample(of: place)) }

    func copyTarget(of place: Int, into destination: inout MutableSpan<Float>) {
        if isDistorted {
            source.copyTrainingTarget(of: sample(of: place), epoch: epoch, into: &destination)
        } else {
            source.copyTarget(of: sample(of: place), into: &destination)
        }
    }
}
