/// Makes images of the bytes of image files: PNG, JPEG, WebP, TIFF, BMP, GIF, PNM and HEIC, told apart by their contents.
///
///     let photo = try ImageDecoder().decode(bytes)
///     let image = photo.upright
///
/// PNG, JPEG, WebP, TIFF and HEIC are read by the system's libraries, each loaded when the first file of its format is met; BMP,
/// GIF and PNM need none.
///
/// A file that is cut off, or whose data make no sense, is refused, never read in part. Only PNG has checksums, so that there all
/// damage is seen. In BMP, PNM and TIFF without compression other bytes are only other pixels, and now and then in JPEG, WebP and
/// GIF; in TIFF by LZW or deflate damage near a strip's end is not seen, and in HEIC hardly any: its decoder goes on without a word,
/// and not always with the same pixels.
///
/// A header is checked before anything is allocated: decoding takes at most about a dozen bytes for each pixel. For HEIC only the
/// outer header can be checked; how large the picture inside is shows after it was decoded.
///
/// It may be used from several threads at once. Each file gets handles of its own; what the libraries share is only read, but for
/// libtiff's handlers of messages, which are set once when it is loaded and keep what they hear apart by thread.
public struct ImageDecoder: Sendable, Hashable {
    /// The most pixels (width times height) that an image may have, of which 2³¹ − 1 is the most that counts; larger ones are
    /// refused before they are decoded.
    public var largestPixelCount: Int

    /// Makes a decoder.
    public init(largestPixelCount: Int = 100_000_000) {
        self.largestPixelCount = largestPixelCount
    }

    /// The most bytes that a file with so many pixels needs, 16 bits in four channels, with room for what else it may tell.
    package var largestByteCount: Int { 8 * min(largestPixelCount, Int(Int32.max)) + 16_000_000 }

    /// The image of a file.
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - page: Which page of a TIFF file, from 0. All other files have one.
    ///   - asGrey: Whether colours become their luminance (0.299 red + 0.587 green + 0.114 blue): one channel, and less work for
    ///     JPEG files.
    ///   - minimumShorterSide: Where given, a JPEG file may be decoded at a half, a fourth or an eighth of its size, which is
    ///     faster, as long as both sides keep so many pixels.
    /// - Throws: `ImageDecodingError`.
    public func decode(
        _ bytes: Span<UInt8>, page: Int = 0, asGrey: Bool = false, minimumShorterSide: Int? = nil
    ) throws(ImageDecodingError) -> DecodedImage {
        let request = DecodingRequest(
            page: page, asGrey: asGrey, minimumShorterSide: minimumShorterSide,
            largestPixelCount: largestPixelCount)
        return try bytes.withUnsafeBufferPointer { (bytes) throws(ImageDecodingError) in
            try request.decode(ByteView(bytes: bytes))
        }
    }

    /// The image of a file; see the function of the same name that takes a span.
    /// - Throws: `ImageDecodingError`.
    public func decode(
        _ bytes: [UInt8], page: Int = 0, asGrey: Bool = false, minimumShorterSide: Int? = nil
    ) throws(ImageDecodingError) -> DecodedImage {
        try decode(bytes.span, page: page, asGrey: asGrey, minimumShorterSide: minimumShorterSide)
    }
}

/// What is asked of the decoder of one format.
struct DecodingRequest {
    let page: Int
    let asGrey: Bool
    let minimumShorterSide: Int?
    let largestPixelCount: Int

    func decode(_ file: ByteView) throws(ImageDecodingError) -> DecodedImage {
        guard file.count > 0 else { throw .empty }
        guard let format = ImageFormat(file) else {
            throw .unknownFormat(resemblance: ImageFormat.resemblance(of: file))
        }
        if format != .tiff { try check(pageCount: 1) }
        return switch format {
        case .png: try PNGFile.decode(file, self)
        case .jpeg: try JPEGFile.decode(file, self)
        case .webP: try WebPFile.decode(file, self)
        case .tiff: try TIFFFile.decode(file, self)
        case .bmp: try BMPFile.decode(file, self)
        case .gif: try GIFFile.decode(file, self)
        case .pnm: try PNMFile.decode(file, self)
        case .heic: try HEICFile.decode(file, self)
        }
    }

    /// Refuses pages that do not exist.
    func check(pageCount: Int) throws(ImageDecodingError) {
        guard page >= 0, page < pageCount else { throw .noSuchPage(page: page, pageCount: pageCount) }
    }

    /// Refuses images without pixels, and those with too many. To be called before anything of that size is allocated.
    func check(_ format: ImageFormat, width: Int, height: Int) throws(ImageDecodingError) {
        guard width > 0, height > 0 else {
            throw .damaged(format, reason: "it says that it has \(width)×\(height) pixels")
        }
        let (count, overflows) = width.multipliedReportingOverflow(by: height)
        // Beyond this the libraries' own numbers overflow.
        let largestCount = min(largestPixelCount, Int(Int32.max))
        guard !overflows, count <= largestCount else {
            throw .tooLarge(width: width, height: height, largestPixelCount: largestCount)
        }
    }

    /// The result, of pixels as the file has them.
    func result(
        _ format: ImageFormat, _ pixels: StoredPixels, orientation: ImageOrientation = .up,
        pageCount: Int = 1,
        originalWidth: Int? = nil, originalHeight: Int? = nil
    ) -> DecodedImage {
        DecodedImage(
            image: pixels.image(asGrey: asGrey), orientation: orientation, format: format,
            pageCount: pageCount, originalWidth: originalWidth ?? pixels.width,
            originalHeight: originalHeight ?? pixels.height)
    }
}
