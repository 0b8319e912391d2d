internal import CImageCodecs

/// WebP (RFC 9649) by the system's libwebp. Of an animation the first frame is read, as it is stored.
enum WebPFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        let container = try Container(file)
        var reason: UnsafePointer<CChar>?
        guard let webP = digits_webp_load(&reason)?.pointee else {
            throw .libraryMissing(.webP, reason: String(cString: reason!))
        }
        let pixels: StoredPixels
        if let frame = container.firstFrame {
            pixels = try frame.withUnsafeBufferPointer { (frame) throws(ImageDecodingError) in
                try Self.pixels(ByteView(bytes: frame), request, webP)
            }
        } else {
            pixels = try Self.pixels(file, request, webP)
        }
        return request.result(.webP, pixels, orientation: container.orientation)
    }

    private static func pixels(
        _ file: ByteView, _ request: DecodingRequest, _ webP: digits_webp
    ) throws(ImageDecodingError) -> StoredPixels {
        var features = digits_webp_features()
        guard
            webP.GetFeaturesInternal(
                file.bytes.baseAddress, file.count, &features, Int32(DIGITS_WEBP_DECODER_ABI_VERSION)) == 0
        else { throw .damaged(.webP, reason: "its header makes no sense") }
        let (width, height) = (Int(features.width), Int(features.height))
        try request.check(.webP, width: width, height: height)
        let hasAlpha = features.has_alpha != 0
        return try StoredPixels(width: width, height: height, hasAlpha ? .rgba : .rgb) {
            (buffer) throws(ImageDecodingError) in
            let result =
                hasAlpha
                ? webP.DecodeRGBAInto(
                    file.bytes.baseAddress, file.count, buffer.baseAddress, buffer.count, Int32(width * 4))
                : webP.DecodeRGBInto(
                    file.bytes.baseAddress, file.count, buffer.baseAddress, buffer.count, Int32(width * 3))
            if result == nil { throw .damaged(.webP, reason: "its pixels cannot be decoded") }
        }
    }

    /// The chunks of the file, which the library does not go through.
    private struct Container {
        private(set) var orientation = ImageOrientation.up
        /// An animation's first frame, as a file of its own.
        private(set) var firstFrame: [UInt8]?

        init(_ file: ByteView) throws(ImageDecodingError) {
            guard let size = file.number(at: 4, bytes: 4, .little),
                let file = file.part(from: 0, count: size + 8)
            else { throw .damaged(.webP, reason: "it ends too early") }
            var place = 12
            while let length = file.number(at: place + 4, bytes: 4, .little) {
                guard let data = file.part(from: place + 8, count: length) else {
                    throw .damaged(.webP, reason: "it ends too early")
                }
                if file.has("EXIF", at: place) { orientation = ImageOrientation(exif: data) }
                if file.has("ANMF", at: place), firstFrame == nil { firstFrame = Self.file(frame: data) }
                place += 8 + length + length % 2
            }
        }

        /// A file of a frame's chunks (2.7.1.1), its transparency and its pixels, with a header in front.
        private static func file(frame: ByteView) -> [UInt8] {
            // 16 bytes of frame's header: place, then width and height, duration, flags.
            let size = (6..<12).map { frame[$0] ?? 0 }
            let chunks = frame.part(from: 16).map { Array($0.bytes) } ?? []
            // VP8X: flags, of which only transparency is set, three bytes unused, width and height less 1.
            let header = Array("VP8X".utf8) + [10, 0, 0, 0] + [0x10, 0, 0, 0] + size
            let content = Array("WEBP".utf8) + header + chunks
            let length = UInt32(content.count)
            return Array("RIFF".utf8) + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
                + content
        }
    }
}
