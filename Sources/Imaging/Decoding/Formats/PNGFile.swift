internal import CImageCodecs

/// PNG (ISO/IEC 15948) by the system's libpng. Numbers are taken as they are: what a file says about its colours' meaning (gamma,
/// profiles) is left out, as most programs do.
enum PNGFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        let orientation = try orientation(in: file)
        if let reason = digits_png_load() { throw .libraryMissing(.png, reason: String(cString: reason)) }
        var header = digits_png_header()
        try read(file, &header, into: nil)
        let (width, height) = (Int(header.width), Int(header.height))
        try request.check(.png, width: width, height: height)
        let layouts: [StoredPixels.Layout] = [.grey, .greyAlpha, .rgb, .rgba]
        let pixels = try StoredPixels(width: width, height: height, layouts[Int(header.channels) - 1]) {
            (buffer) throws(ImageDecodingError) in
            try read(file, &header, into: buffer.baseAddress)
        }
        return request.result(.png, pixels, orientation: orientation)
    }

    private static func read(
        _ file: ByteView, _ header: inout digits_png_header, into pixels: UnsafeMutablePointer<UInt8>?
    ) throws(ImageDecodingError) {
        var message = [CChar](repeating: 0, count: Int(DIGITS_PNG_MESSAGE_SIZE))
        guard digits_png_read(file.bytes.baseAddress, file.count, &header, pixels, &message) else {
            let reason = text(message)
            throw reason == DIGITS_PNG_OUT_OF_MEMORY ? .outOfMemory(.png) : .damaged(.png, reason: reason)
        }
    }

    /// Goes from chunk to chunk to the last one. (libpng does not tell EXIF data that are behind the pixels before these are read.)
    private static func orientation(in file: ByteView) throws(ImageDecodingError) -> ImageOrientation {
        var orientation = ImageOrientation.up
        var place = 8
        while let length = file.number(at: place, bytes: 4, .big),
            let chunk = file.part(from: place + 4, count: length + 8)
        {
            if chunk.has("IEND", at: 0) { return orientation }
            if chunk.has("eXIf", at: 0), let data = chunk.part(from: 4, count: length) {
                orientation = ImageOrientation(exif: data)
            }
            place += length + 12
        }
        throw .damaged(.png, reason: "it ends too early")
    }
}
