/// Whether digits that people corrected are kept, and how many.
public struct CorrectionSettings: Sendable, Hashable {
    /// The folder that they are kept in, as `LABEL/ID.png`; nil if none are. It is made when the first one comes.
    public var folder: String?
    /// The most that are kept, at least 0, with those that are there already.
    public var largestCount = 100_000
    /// The most bytes that they take together, at least 0.
    public var largestByteCount = 100_000_000

    /// No corrections are kept unless a folder is given.
    public init(folder: String? = nil) { self.folder = folder }
}
