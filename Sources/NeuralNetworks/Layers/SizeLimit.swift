import Compute

/// How large the parts of a network may be. Descriptions come from files as well: what is beyond all reason is refused
/// before any memory is taken, and no product of sizes within these limits overflows.
enum SizeLimit {
    /// Layers of a network.
    static let layers = 1000
    /// Rows and columns of a window, and its stride.
    static let window = 1 << 12
    /// Filters or units of a layer.
    static let channels = 1 << 16
    /// Elements of a maximum's window; kernels store the place within it in 16 bits.
    static let maximumWindow = 1 << 16
    /// Elements for one image of: the input; a convolution's padded input; all layers' outputs together.
    static let elements = 1 << 22
    /// Floats in a network's parameters: 1 GiB.
    static let parameters = 1 << 28

    /// Whether a shape has at most `elements` elements.
    static func holds(_ shape: Shape) -> Bool {
        var count = 1
        for axis in shape.axes {
            guard axis <= elements / max(count, 1) else { return false }
            count *= axis
        }
        return true
    }
}
