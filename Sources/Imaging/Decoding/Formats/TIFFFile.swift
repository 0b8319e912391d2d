internal import CImageCodecs

/// TIFF 6.0 by the system's libtiff, which makes eight bits of a channel of whatever the file has.
enum TIFFFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        var reason: UnsafePointer<CChar>?
        guard let library = digits_tiff_load(&reason) else {
            throw .libraryMissing(.tiff, reason: String(cString: reason!))
        }
        let pageCount = try pageCount(of: file)
        try request.check(pageCount: pageCount)
        var source = Source(file)
        return try withUnsafeMutablePointer(to: &source) { (source) throws(ImageDecodingError) in
            guard let tiff = Source.open(source, library.pointee) else {
                throw .damaged(.tiff, reason: "its header makes no sense")
            }
            defer { library.pointee.Close(tiff) }
            return try decode(Page(library: library, tiff: tiff), pageCount: pageCount, request)
        }
    }

    /// Goes from directory to directory, of which each page has one: the library takes one that is beyond the file's end for the
    /// end of the list.
    static func pageCount(of file: ByteView) throws(ImageDecodingError) -> Int {
        let order: ByteView.Order = file.has("I", at: 0) ? .little : .big
        // Offsets of 64 bits have a header of their own.
        let isBig = file.number(at: 2, bytes: 2, order) == 43
        let (offsetSize, countSize, entrySize) = isBig ? (8, 8, 20) : (4, 2, 12)
        var places: Set<Int> = []
        var next = file.number(at: isBig ? 8 : 4, bytes: offsetSize, order)
        while let place = next, place != 0 {
            guard places.count < largestPageCount else {
                throw .unsupported(.tiff, feature: "more than \(largestPageCount) pages")
            }
            guard places.insert(place).inserted else {
                throw .damaged(.tiff, reason: "its pages follow each other in a circle")
            }
            guard let entries = file.number(at: place, bytes: countSize, order),
                (0..<file.count).contains(entries)
            else { throw cutOff }
            next = file.number(at: place + countSize + entries * entrySize, bytes: offsetSize, order)
        }
        if next == nil { throw cutOff }
        return places.count
    }

    /// As many as libtiff can count in all its versions.
    private static let largestPageCount = 65_535

    private static let cutOff = ImageDecodingError.damaged(.tiff, reason: "it ends too early")

    private static func decode(
        _ page: Page, pageCount: Int, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        let tiff = page.library.pointee
        guard tiff.SetDirectory(page.tiff, UInt32(request.page)) != 0 else {
            throw .damaged(.tiff, reason: "the page cannot be found")
        }
        guard let width: UInt32 = page.field(DIGITS_TIFF_IMAGE_WIDTH),
            let height: UInt32 = page.field(DIGITS_TIFF_IMAGE_LENGTH)
        else { throw .damaged(.tiff, reason: "the page has no size") }
        try request.check(.tiff, width: Int(width), height: Int(height))
        try page.checkCanBeRead()
        try page.checkParts(pixelCount: UInt64(width) * UInt64(height))

        let orientation = page.orientation
        let photometric: UInt16? = page.field(DIGITS_TIFF_PHOTOMETRIC)
        let isGrey =
            photometric == UInt16(DIGITS_TIFF_MIN_IS_WHITE) || photometric == UInt16(DIGITS_TIFF_MIN_IS_BLACK)
        // The library multiplies colours with their alpha, but not greys.
        let isMultiplied = !isGrey || page.extraSample != Int32(DIGITS_TIFF_UNASSOCIATED_ALPHA)
        var pixels = try StoredPixels(
            width: Int(width), height: Int(height), isMultiplied ? .premultipliedRGBA : .rgba
        ) {
            (buffer) throws(ImageDecodingError) in
            digits_tiff_forget_faults()
            let status = buffer.withMemoryRebound(to: UInt32.self) { raster in
                // Asked for the orientation that it has, the library leaves the image as it is.
                tiff.ReadRGBAImageOriented(
                    page.tiff, width, height, raster.baseAddress, Int32(orientation.rawValue), 1)
            }
            guard status != 0, !digits_tiff_has_fault() else {
                throw .damaged(.tiff, reason: "the page's pixels cannot be decoded")
            }
        }
        pixels.isGrey = isGrey
        return request.result(.tiff, pixels, orientation: orientation, pageCount: pageCount)
    }

    /// The page that an open file is at.
    private struct Page {
        let library: UnsafePointer<digits_tiff>
        let tiff: UnsafeMutableRawPointer

        /// A field, as a number of the width that the field has; nil where the page does not have it.
        func field<Value: FixedWidthInteger>(_ tag: some BinaryInteger) -> Value? {
            var value = Value.zero
            return digits_tiff_get_field(library, tiff, UInt32(tag), &value) != 0 ? value : nil
        }

        var orientation: ImageOrientation {
            let number: UInt16? = field(DIGITS_TIFF_ORIENTATION)
            return number.flatMap { ImageOrientation(rawValue: Int($0)) } ?? .up
        }

        var extraSample: Int32 { digits_tiff_extra_sample(library, tiff) }

        func checkCanBeRead() throws(ImageDecodingError) {
            var message = [CChar](repeating: 0, count: 1024)
            guard library.pointee.RGBAImageOK(tiff, &message) == 0 else { return }
            throw .unsupported(.tiff, feature: "a rare kind of pixels (\(text(message)))")
        }

        /// Refuses strips or tiles that are much larger than the image, each or all together: the data of all may be the same few
        /// bytes.
        func checkParts(pixelCount: UInt64) throws(ImageDecodingError) {
            let (functions, isTiled) = (library.pointee, library.pointee.IsTiled(tiff) != 0)
            let size = isTiled ? functions.TileSize64(tiff) : functions.StripSize64(tiff)
            let count = UInt64(isTiled ? functions.NumberOfTiles(tiff) : functions.NumberOfStrips(tiff))
            // A pixel takes eight bytes at most, but tiles go beyond the image's edges. One part is decoded at a time.
            let (total, overflows) = size.multipliedReportingOverflow(by: count)
            guard size <= 8 * max(pixelCount, 1 << 22), !overflows, total <= 8 * (pixelCount + 1 << 25) else {
                throw .damaged(.tiff, reason: "its parts are larger than the image")
            }
        }
    }

    /// A file in memory, for libtiff's callbacks.
    private struct Source {
        let file: ByteView
        var place = 0

        init(_ file: ByteView) { self.file = file }

        /// Opens the file; nil where it is none. The source must stay where it is as long as the file is open.
        static func open(
            _ source: UnsafeMutablePointer<Source>, _ tiff: digits_tiff
        ) -> UnsafeMutableRawPointer? {
            // Of the header alone (h): a first page that is damaged must not stand before the others.
            tiff.ClientOpen(
                "memory", "rh", source,
                { context, bytes, count in
                    let source = context!.assumingMemoryBound(to: Source.self)
                    let rest = source.pointee.file.part(from: source.pointee.place)
                    guard let rest, count > 0, let start = rest.bytes.baseAddress else { return 0 }
                    let read = min(count, rest.count)
                    bytes!.copyMemory(from: start, byteCount: read)
                    source.pointee.place += read
                    return read
                },
                { _, _, _ in 0 },
                { context, offset, whence in
                    let source = context!.assumingMemoryBound(to: Source.self)
                    // SEEK_SET, SEEK_CUR, SEEK_END.
                    let bases = [0, source.pointee.place, source.pointee.file.count]
                    let base = bases.indices.contains(Int(whence)) ? bases[Int(whence)] : 0
                    let (place, overflows) = base.addingReportingOverflow(Int(truncatingIfNeeded: offset))
                    guard !overflows, place >= 0 else { return UInt64.max }
                    source.pointee.place = place
                    return UInt64(place)
                },
                { _ in 0 },
                { context in UInt64(context!.assumingMemoryBound(to: Source.self).pointee.file.count) },
                { context, base, size in
                    let file = context!.assumingMemoryBound(to: Source.self).pointee.file
                    // libtiff never writes into what is mapped of a file that is opened for reading.
                    base!.pointee = UnsafeMutableRawPointer(mutating: file.bytes.baseAddress)
                    size!.pointee = UInt64(file.count)
                    return 1
                },
                { _, _, _ in })
        }
    }
}
