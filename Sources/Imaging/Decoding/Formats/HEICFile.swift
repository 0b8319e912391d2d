internal import CImageCodecs

/// HEIC (ISO/IEC 23008-12) by the system's libheif, which turns the image as the file says.
enum HEICFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        var reason: UnsafePointer<CChar>?
        guard let heif = digits_heif_load(&reason)?.pointee else {
            throw .libraryMissing(.heic, reason: String(cString: reason!))
        }
        guard let context = heif.context_alloc() else {
            throw .outOfMemory(.heic)
        }
        defer { heif.context_free(context) }
        try check(
            heif.context_read_from_memory_without_copy(context, file.bytes.baseAddress, file.count, nil))
        var handle: UnsafeMutableRawPointer?
        try check(heif.context_get_primary_image_handle(context, &handle))
        defer { heif.image_handle_release(handle) }
        let (turnedWidth, turnedHeight) = (
            Int(heif.image_handle_get_width(handle)), Int(heif.image_handle_get_height(handle))
        )
        try request.check(.heic, width: turnedWidth, height: turnedHeight)
        // The header's sizes are bound by this. What HEVC's own data say (their sequence parameter sets) is not: the decoder
        // behind libheif goes by that, and the size of what it made is checked only then.
        heif.context_set_maximum_image_size_limit(context, Int32(max(turnedWidth, turnedHeight)))

        let hasAlpha = heif.image_handle_has_alpha_channel(handle) != 0
        let isPremultiplied = heif.image_handle_is_premultiplied_alpha(handle) != 0
        let chroma = hasAlpha ? DIGITS_HEIF_CHROMA_INTERLEAVED_RGBA : DIGITS_HEIF_CHROMA_INTERLEAVED_RGB
        var image: UnsafeMutableRawPointer?
        try check(heif.decode_image(handle, &image, Int32(DIGITS_HEIF_COLORSPACE_RGB), Int32(chroma), nil))
        defer { heif.image_release(image) }
        let channel = Int32(DIGITS_HEIF_CHANNEL_INTERLEAVED)
        let (width, height) = (
            Int(heif.image_get_width(image, channel)), Int(heif.image_get_height(image, channel))
        )
        try request.check(.heic, width: width, height: height)
        var stride: Int32 = 0
        guard let plane = heif.image_get_plane_readonly(image, channel, &stride) else {
            throw .damaged(.heic, reason: "it has no pixels")
        }
        let layout: StoredPixels.Layout =
            hasAlpha ? (isPremultiplied ? .premultipliedRGBA : .rgba) : .rgb
        let pixels = try StoredPixels(width: width, height: height, layout) {
            (buffer) throws(ImageDecodingError) in
            let rowSize = width * layout.channels
            for row in 0..<height {
                UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[(row * rowSize)...]
                )
                .copyMemory(
                    from: UnsafeRawBufferPointer(start: plane + row * Int(stride), count: rowSize))
            }
        }
        return request.result(.heic, pixels)
    }

    private static func check(_ error: digits_heif_error) throws(ImageDecodingError) {
        guard error.code != 0 else { return }
        let message = text(error.message)
        if error.subcode == Int32(DIGITS_HEIF_SUBERROR_UNSUPPORTED_CODEC) {
            throw .libraryMissing(
                .heic,
                reason: "libheif has no decoder for them (\(message)); of Debian and Ubuntu: "
                    + "apt install libheif-plugin-libde265.")
        }
        switch Int(error.code) {
        case Int(DIGITS_HEIF_ERROR_MEMORY_ALLOCATION)
        where error.subcode != Int32(DIGITS_HEIF_SUBERROR_SECURITY_LIMIT_EXCEEDED):
            throw .outOfMemory(.heic)
        case Int(DIGITS_HEIF_ERROR_UNSUPPORTED_FILETYPE), Int(DIGITS_HEIF_ERROR_UNSUPPORTED_FEATURE):
            throw .unsupported(.heic, feature: "a rare kind of content (\(message))")
        default:
            throw .damaged(.heic, reason: message)
        }
    }
}
