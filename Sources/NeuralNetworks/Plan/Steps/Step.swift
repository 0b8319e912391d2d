import Tensors

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

    /// The ranges of the flat parameter buffer that one piece covers.
    func parameterRanges(ofPiece piece: Int) -> [Range<Int>]

    /// Computes one piece of the parameters' gradients over the batch's first `images` images.
    func gradient(piece: Int, images: Int, worker: Int)

    /// Lets the batch's statistics flow into the running ones. Called once for each batch that trains the network.
    func updateStatistics()

    /// Brings what is derived from one piece's parameters (packed weights) up to date.
    func parametersChanged(piece: Int)
}

extension Step {
    var gradientPieces: Int { 0 }
    func parameterRanges(ofPiece piece: Int) -> [Range<Int>] { [] }
    func gradient(piece: Int, images: Int, worker: Int) {}
    func updateStatistics() {}
    func parametersChanged(piece: Int) {}
}

/// A step that needs something of the whole batch before each direction: batch statistics.
protocol BatchReducingStep: Step {
    /// Number of independent pieces of a reduction; a function of the layer alone.
    var reductionPieces: Int { get }
    func reduceForward(piece: Int, images: Int)
    func reduceBackward(piece: Int, images: Int)
}
