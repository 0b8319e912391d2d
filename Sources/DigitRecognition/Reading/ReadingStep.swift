public import Imaging

/// One thing that was done to a picture before it was read, and what became of it.
public struct ReadingStep: Sendable, Hashable {
    /// What was done.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The picture as it was given.
        case picture
        /// Light, paper and the pen's colour taken out; what is left is ink.
        case ink
        /// Rules and boxes taken out.
        case withoutRules = "without-rules"
        /// The pieces that were taken, and nothing else: one image for each line, or one of a single digit.
        case pieces
        /// Each line straightened, as the network of numbers sees it: 32 rows.
        case strips
        /// Each digit as MNIST has it: 28×28.
        case digits
    }

    /// What was done.
    public let kind: Kind
    /// What became of it, 0 being nothing and 255 full ink, but for the picture, which is as it was given.
    public let images: [Image]
}
