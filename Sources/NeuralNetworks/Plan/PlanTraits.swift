import Compute

/// What a kind of plan asks of its blocks and steps, beyond the outputs.
struct PlanTraits: Sendable {
    /// Where parameters have gradients; batch statistics and dropout are on then.
    var training: TrainingMemory?
    /// Whether the input has a gradient.
    var differentiatesInput = false
    /// Whether every layer has an output and a gradient of its own, and nothing is cut away.
    var keepsLayersApart = false
    /// Whether a softmax at the network's end is left out.
    var leavesOutSoftmax = false

    /// Whether the values between layers have gradients.
    var hasGradients: Bool { training != nil || keepsLayersApart }
}

/// What steps write and read in training, besides the values between them.
struct TrainingMemory: Sendable {
    /// The values that are trained.
    let parameters: FloatBuffer
    /// Their gradients, laid out like them.
    let gradients: FloatBuffer
    /// What random choices are keyed by.
    let identity: BatchIdentity

    init(_ parameters: FloatBuffer) {
        self.parameters = parameters
        gradients = FloatBuffer(count: parameters.count)
        identity = BatchIdentity()
    }
}

/// Which samples a training batch holds; random choices are keyed by it.
// Sendable: room is made before the first run, seed and epoch change between runs, and each place is written by the thread that
// loads its image.
final class BatchIdentity: @unchecked Sendable {
    var seed: UInt64 = 0
    var epoch = 0
    /// The number of the sample in each place of the batch.
    private(set) var samples = Workspace<Int>(count: 0, zero: 0)

    /// Makes room for the most images in a batch, when it is known that the steps can take them.
    func makeRoom(for capacity: Int) {
        samples = Workspace(count: capacity, zero: 0)
    }

    /// A batch begins; its places are filled when its images are loaded.
    func begin(_ batch: some TrainingBatch) {
        seed = batch.seed
        epoch = batch.epoch
    }

    /// Notes one image's sample.
    func load(_ place: Int, of batch: some TrainingBatch) {
        samples.pointer[place] = batch.sample(of: place)
    }
}
