/// The image of a file, as it is stored there, and what the file says about it.
public struct DecodedImage: Sendable, Hashable {
    /// The pixels, with 1 channel (grey) or 3 (red, green and blue); 0 is black, so that dark ink has small numbers. What was
    /// transparent lies on white. Rows and columns are the file's own, whatever its orientation.
    public let image: Image
    /// How the image is to be turned so that it stands upright. It is not applied: programs that turn pictures often leave an old
    /// one in the file.
    public let orientation: ImageOrientation
    /// The kind of file.
    public let format: ImageFormat
    /// How many pages the file has, at least 1. The frames of an animation are none.
    public let pageCount: Int
    /// Columns in the file; more than the image's where it was decoded at a smaller size.
    public let originalWidth: Int
    /// Rows in the file.
    public let originalHeight: Int

    package init(
        image: Image, orientation: ImageOrientation, format: ImageFormat, pageCount: Int, originalWidth: Int,
        originalHeight: Int
    ) {
        self.image = image
        self.orientation = orientation
        self.format = format
        self.pageCount = pageCount
        self.originalWidth = originalWidth
        self.originalHeight = originalHeight
    }

    /// The image turned as its file says. It is made anew with each access, unless the image is upright already.
    /// - Complexity: Linear in the pixels.
    public var upright: Image { orientation.applied(to: image) }
}
