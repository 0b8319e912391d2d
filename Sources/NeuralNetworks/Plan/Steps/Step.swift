import Compute

/// What a plan does at one place in the network. All memory is allocated when the step is made.
///
/// `forward` and `backward` work on some images of the batch, and are called for different images at the same time.
/// `gradientPieces` pieces of the parameters' gradients, each over all images, are independent of each other as well.
protocol Step: AnyObject, Sendable {
    /// Computes the output of these images.
    /// - Parameter worker: Number of the calling thread; each has workspaces of its own.
    func forward(_ images: Range<Int>, worker: Int)

    /// Computes the input's gradient of these images from the output's. Not called in inference.
    func backward(_ images: Range<Int>, worker: Int)

    /// Number of pieces into which the parameters' gradients are cut; a function of the layer alone.
    var gradientPieces: Int { get }

    /// Computes one piece of the parameters' gradients over the batch's first `images` images.
    /// - Parameter isFinal: Called for each of the piece's ranges of the flat parameter buffer, when it is computed.
    func gradient(piece: Int, images: Int, worker: Int, isFinal: (Range<Int>) -> Void)

    /// Lets the batch's statistics flow into the running ones. Called once for each batch that trains the network.
    /// - Parameter kept: Share of the running ones that is kept; nil for the layer's momentum.
    func updateStatistics(kept: Float?)

    /// Brings what is derived from one piece's parameters (packed weights) up to date.
    func parametersChanged(piece: Int)
}

extension Step {
    var gradientPieces: Int { 0 }
    func gradient(piece: Int, images: Int, worker: Int, isFinal: (Range<Int>) -> Void) {}
    func updateStatistics(kept: Float?) {}
    func parametersChanged(piece: Int) {}
}

/// A step that needs something of the whole batch before each direction: batch statistics.
///
/// Each group of images is summed up as soon as what comes before is done with it. When all are, one thread merges the
/// sums; there are few.
protocol BatchReducingStep: Step {
    /// Sums up the input of these images: one of the plan's groups.
    func summarizeForward(_ images: Range<Int>)

    /// Sums up the output's gradient of these images: one of the plan's groups.
    func summarizeBackward(_ images: Range<Int>)

    /// Makes of the groups' sums what `forward` needs.
    func mergeForward(images: Int)

    /// Makes of the groups' sums what `backward` needs.
    func mergeBackward(images: Int)
}
