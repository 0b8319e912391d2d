public import Files

/// Why a figure could not be written.
public enum FigureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name ends in none of the known extensions.
    case unknownExtension(path: String)
    /// The system's Cairo, which draws PNG and PDF, cannot be used; `reason` says why and what to do.
    case cairoUnusable(reason: String)
    /// A picture of this many pixels cannot be drawn.
    case tooLarge(width: Int, height: Int)
    /// Cairo gave up; `reason` is its own word.
    case drawingFailed(reason: String)
    /// The file could not be written.
    case file(FileError)

    /// One sentence: what happened, and what to do.
    public var description: String {
        switch self {
        case .unknownExtension(let path):
            "Cannot tell the format of '\(path)': its name must end in .png, .svg or .pdf."
        case .cairoUnusable(let reason):
            "PNG and PDF cannot be drawn, but SVG can. \(reason)"
        case .tooLarge(let width, let height):
            "A picture of \(width)×\(height) pixels is too large: the most is \(CairoRenderer.largestExtent) "
                + "a side. Draw less at once, or write SVG or PDF."
        case .drawingFailed(let reason):
            "The figure could not be drawn: \(reason)."
        case .file(let error):
            error.description
        }
    }
}
