package import Compute

/// A network made ready to run on batches: a list of steps with all memory allocated. What it computes besides outputs is
/// a matter of its kind.
///
/// One thread at a time may use a plan.
package protocol Plan: AnyObject {
    /// The most images in a batch.
    var capacity: Int { get }

    /// The output of one image of the last batch: probabilities if the network ends in softmax, but logits where the plan
    /// leaves that out.
    func outputs(_ image: Int) -> UnsafeBufferPointer<Float>
}

/// A plan that compares a batch's outputs with what is true. Where the loss takes in a softmax at the network's end,
/// outputs are logits.
package protocol LossPlan: Plan {
    /// The shape of one output: `[K]`, or `[rows, columns, K]`.
    var outputShape: Shape { get }

    /// What the outputs of one image of the last batch should have been, laid out like them.
    func target(_ image: Int) -> UnsafeBufferPointer<Float>

    /// The loss of one image of the last batch.
    func loss(_ image: Int) -> Float
}
