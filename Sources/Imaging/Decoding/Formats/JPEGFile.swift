internal import CImageCodecs

/// JPEG (ITU-T T.81) by the system's libjpeg-turbo.
enum JPEGFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        try decode(file, request, isTidy: false)
    }

    private static func decode(
        _ file: ByteView, _ request: DecodingRequest, isTidy: Bool
    ) throws(ImageDecodingError) -> DecodedImage {
        var reason: UnsafePointer<CChar>?
        guard let jpeg = digits_turbojpeg_load(&reason)?.pointee else {
            throw .libraryMissing(.jpeg, reason: String(cString: reason!))
        }
        guard let handle = jpeg.InitDecompress() else {
            throw .outOfMemory(.jpeg)
        }
        defer { _ = jpeg.Destroy(handle) }
        let metadata = Metadata(file)
        let count = UInt(file.count)
        var (width, height, subsampling, colorspace): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let status = jpeg.DecompressHeader3(
            handle, file.bytes.baseAddress, count, &width, &height, &subsampling, &colorspace)
        if status != 0, width == 0 { throw fault(text(jpeg.GetErrorStr2(handle)!)) }
        if status != 0, !isTidy, let tidyFile = metadata.tidyFile {
            // A warning about the header would hide those about the pixels: the first one is told alone.
            return try tidyFile.withUnsafeBufferPointer { (bytes) throws(ImageDecodingError) in
                try decode(ByteView(bytes: bytes), request, isTidy: true)
            }
        }
        try request.check(.jpeg, width: Int(width), height: Int(height))
        guard metadata.scanCount > 0 else { throw .damaged(.jpeg, reason: "it has no pixels") }
        if metadata.scanCount > largestScanCount {
            throw .unsupported(.jpeg, feature: "more than \(largestScanCount) scans")
        }

        let layout: StoredPixels.Layout
        let pixelFormat: Int
        switch Int(colorspace) {
        case Int(DIGITS_TURBOJPEG_COLORSPACE_CMYK), Int(DIGITS_TURBOJPEG_COLORSPACE_YCCK):
            (layout, pixelFormat) = (.cmyk, Int(DIGITS_TURBOJPEG_CMYK))
        case Int(DIGITS_TURBOJPEG_COLORSPACE_GRAY):
            (layout, pixelFormat) = (.grey, Int(DIGITS_TURBOJPEG_GRAY))
        default:
            (layout, pixelFormat) =
                request.asGrey ? (.grey, Int(DIGITS_TURBOJPEG_GRAY)) : (.rgb, Int(DIGITS_TURBOJPEG_RGB))
        }
        let divisor = divisor(shorterSide: Int(min(width, height)), keeping: request.minimumShorterSide)
        let (newWidth, newHeight) = (
            (Int(width) + divisor - 1) / divisor, (Int(height) + divisor - 1) / divisor
        )
        let pixels = try StoredPixels(width: newWidth, height: newHeight, layout) {
            (buffer) throws(ImageDecodingError) in
            let status = jpeg.Decompress2(
                handle, file.bytes.baseAddress, count, buffer.baseAddress, Int32(newWidth), 0,
                Int32(newHeight),
                Int32(pixelFormat), 0)
            if status != 0 {
                let message = text(jpeg.GetErrorStr2(handle)!)
                if !isHarmless(message) { throw fault(message) }
            }
            // Adobe's programs write how much ink is missing, and everybody who writes their mark does so, too.
            if layout == .cmyk, metadata.hasAdobeMark {
                for place in buffer.indices { buffer[place] = 255 - buffer[place] }
            }
        }
        return request.result(
            .jpeg, pixels, orientation: metadata.orientation, originalWidth: Int(width),
            originalHeight: Int(height))
    }

    /// Each scan of a progressive file goes over all pixels and can be of a few bytes. Programs write about ten.
    private static let largestScanCount = 64

    /// The largest of 1, 2, 4 and 8 that leaves the shorter side enough pixels.
    private static func divisor(shorterSide: Int, keeping minimum: Int?) -> Int {
        guard let minimum else { return 1 }
        return [8, 4, 2].first { (shorterSide + $0 - 1) / $0 >= minimum } ?? 1
    }

    /// libjpeg goes on after bad data and fills in grey; TurboJPEG tells its first warning. Bytes between the last data and the
    /// end's mark, which some cameras write, harm nothing, and when they are the first that is warned of all pixels were read.
    private static func isHarmless(_ warning: String) -> Bool {
        warning.hasPrefix("Corrupt JPEG data: ") && warning.hasSuffix("extraneous bytes before marker 0xd9")
    }

    private static func fault(_ message: String) -> ImageDecodingError {
        if message.hasPrefix("Insufficient memory") { return .outOfMemory(.jpeg) }
        let isUnsupported = message.contains("nsupported") || message.contains("not implemented")
        return isUnsupported
            ? .unsupported(.jpeg, feature: "a rare kind of compression (\(message))")
            : .damaged(.jpeg, reason: message)
    }

    /// What is in the segments (B.1.1.4), which the library does not tell.
    private struct Metadata {
        private(set) var orientation = ImageOrientation.up
        private(set) var hasAdobeMark = false
        /// The file without the bytes between its segments that belong to none; nil where it has no pixels.
        var tidyFile: [UInt8]? {
            guard let scan else { return nil }
            return [0xFF, 0xD8] + segments.flatMap { Array($0.bytes) } + Array(scan.bytes)
        }

        /// How often the image begins to tell its pixels. Behind its end there may be anything, such as the film of a moving photo.
        private(set) var scanCount = 0

        /// Those before the first scan.
        private var segments: [ByteView] = []
        /// From the start of the first scan on.
        private var scan: ByteView?

        init(_ file: ByteView) {
            var hasExif = false
            var place = 2
            // Each turn goes on by at least one byte.
            while let byte = file[place], let marker = file[place + 1] {
                // Before a marker there may be fill bytes, a scan's data and, in damaged files, others. Marks without a segment
                // (restarts) are passed over like those.
                guard byte == 0xFF, marker >= 0xC0, marker != 0xFF, !(0xD0...0xD8).contains(marker) else {
                    place += 1
                    continue
                }
                if marker == 0xD9 { return }
                if marker == 0xDA {
                    scanCount += 1
                    if scan == nil { scan = file.part(from: place) }
                }
                guard let length = file.number(at: place + 2, bytes: 2, .big) else { return }
                // The length's own two bytes belong to it; where it says less, libjpeg goes on behind them.
                guard length >= 2 else {
                    place += 4
                    continue
                }
                guard let segment = file.part(from: place, count: length + 2),
                    let content = segment.part(from: 4)
                else { return }
                place += segment.count
                guard scan == nil else { continue }
                segments.append(segment)
                if marker == 0xE1, !hasExif, content.has("Exif\0\0", at: 0) {
                    hasExif = true
                    orientation = ImageOrientation(exif: content)
                } else if marker == 0xEE, content.has("Adobe", at: 0) {
                    hasAdobeMark = true
                }
            }
        }
    }
}
