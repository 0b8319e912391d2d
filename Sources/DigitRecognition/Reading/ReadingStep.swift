public import Imaging

/// One thing that was done to a picture before it was read, and what became of it.
public struct ReadingStep: Sendable, Hashable {
    /// What was done.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The picture as it was given.
        case picture
        /// Light and paper taken out: how much darker, or lighter, each pixel is than the paper around it.
        case withoutPaper = "without-paper"
        /// The paper's grain and the pen's strength taken out, too; what is left is ink.
        case ink
        /// Rules and boxes taken out.
        case withoutRules = "without-rules"
        /// The pieces that were taken, and nothing else: one image for each line, or one of a single digit, cut out of the step
        /// before, which may be turned.
        case pieces
        /// Each line straightened, as the network of numbers sees it: 32 rows.
        case strips
        /// Each digit as MNIST has it: 28×28. Those of lines are cut from the strips; a single one may be a small picture as it is.
        case digits
    }

    /// What was done.
    public let kind: Kind
    /// What became of it, 0 being nothing and 255 full ink, but for the picture, which is as it was given.
    public let images: [Image]
    /// For each image of pieces the one rectangle where it lies in the step before, for each strip one for each of its digits; of other
    /// kinds none.
    public let boxes: [[PixelBox]]
}
