internal import CImageCodecs

/// PNG (ISO/IEC 15948) by the system's libpng.
enum PNGFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        let orientation = try orientation(in: file)
        var reason: UnsafePointer<CChar>?
        guard let png = digits_png_load(&reason)?.pointee else {
            throw .libraryMissing(.png, reason: String(cString: reason!))
        }
        var image = digits_png_image()
        image.version = UInt32(DIGITS_PNG_IMAGE_VERSION)
        defer { png.image_free(&image) }
        guard png.image_begin_read_from_memory(&image, file.bytes.baseAddress, file.count) != 0 else {
            throw damaged(image)
        }
        try request.check(.png, width: Int(image.width), height: Int(image.height))

        // Eight bits for each of the channels that the file has; palettes are looked up.
        let hasColors = image.format & UInt32(DIGITS_PNG_FORMAT_FLAG_COLOR) != 0
        let hasAlpha = image.format & UInt32(DIGITS_PNG_FORMAT_FLAG_ALPHA) != 0
        image.format &= UInt32(DIGITS_PNG_FORMAT_FLAG_COLOR | DIGITS_PNG_FORMAT_FLAG_ALPHA)
        image.flags |= UInt32(DIGITS_PNG_IMAGE_FLAG_16BIT_SRGB)
        let layout: StoredPixels.Layout =
            hasColors ? (hasAlpha ? .rgba : .rgb) : (hasAlpha ? .greyAlpha : .grey)
        let pixels = try StoredPixels(width: Int(image.width), height: Int(image.height), layout) {
            (buffer) throws(ImageDecodingError) in
            // A row stride of 0 stands for rows without gaps.
            guard png.image_finish_read(&image, nil, buffer.baseAddress, 0, nil) != 0 else {
                throw damaged(image)
            }
        }
        return request.result(.png, pixels, orientation: orientation)
    }

    /// Goes from chunk to chunk to the last one: libpng stops where it has all pixels, and does not tell EXIF data.
    private static func orientation(in file: ByteView) throws(ImageDecodingError) -> ImageOrientation {
        var orientation = ImageOrientation.up
        var place = 8
        while let length = file.number(at: place, bytes: 4, .big),
            let data = file.part(from: place + 8, count: length),
            file.part(from: place, count: length + 12) != nil
        {
            if file.has("IEND", at: place + 4) { return orientation }
            if file.has("eXIf", at: place + 4) { orientation = ImageOrientation(exif: data) }
            place += length + 12
        }
        throw .damaged(.png, reason: "its last part is missing")
    }

    private static func damaged(_ image: digits_png_image) -> ImageDecodingError {
        var message = image.message
        return withUnsafeBytes(of: &message) { bytes in
            .damaged(.png, reason: String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
        }
    }
}
