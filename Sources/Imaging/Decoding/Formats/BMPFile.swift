/// Bitmaps of Windows and OS/2 ("BITMAPINFOHEADER" and its relatives in Microsoft's documentation): 1 to 32 bits, palettes, masks,
/// and run lengths.
enum BMPFile {
    /// The sizes of headers that are known, from OS/2's of 12 bytes to the fifth version.
    static let headerSizes: Set<Int> = [12, 16, 40, 52, 56, 64, 108, 124]

    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        let header = try Header(file)
        try request.check(.bmp, width: header.width, height: header.height)
        // Of run lengths a few bytes can be many rows.
        if header.compression != .runLengths {
            guard file.part(from: header.pixelPlace, count: header.rowSize * header.height) != nil else {
                throw cutOff
            }
        }
        var pixels: StoredPixels
        switch header.compression {
        case .none where header.bitsPerPixel <= 8:
            let colors = try Palette(file, header)
            pixels = try palettePixels(header, colors) { (row, indices) throws(ImageDecodingError) in
                try readIndices(file, header, row: row, into: indices)
            }
        case .runLengths:
            let colors = try Palette(file, header)
            let indices = try RunLengths.indices(file, header)
            pixels = try palettePixels(header, colors) { (row, line) throws(ImageDecodingError) in
                for column in 0..<header.width { line[column] = indices[row * header.width + column] }
            }
        case .none, .masks:
            pixels = try maskedPixels(file, header)
        }
        return request.result(.bmp, pixels)
    }

    /// Looks up the palette's colours; `read` gives the indices of a row, counted as in the file.
    private static func palettePixels(
        _ header: Header, _ colors: Palette,
        read: (Int, UnsafeMutableBufferPointer<UInt8>) throws(ImageDecodingError) -> Void
    ) throws(ImageDecodingError) -> StoredPixels {
        var indices = [UInt8](repeating: 0, count: header.width)
        return try StoredPixels(
            width: header.width, height: header.height, colors.isGrey ? .grey : .rgb
        ) { (buffer) throws(ImageDecodingError) in
            var target = 0
            for row in 0..<header.height {
                try indices.withUnsafeMutableBufferPointer { (indices) throws(ImageDecodingError) in
                    try read(header.storedRow(row), indices)
                }
                for index in indices {
                    let color = colors.entries[Int(index)]
                    buffer[target] = color.red
                    if !colors.isGrey {
                        buffer[target + 1] = color.green
                        buffer[target + 2] = color.blue
                    }
                    target += colors.isGrey ? 1 : 3
                }
            }
        }
    }

    /// Unpacks a row of indices of 1, 2, 4 or 8 bits, the first in the highest bits.
    private static func readIndices(
        _ file: ByteView, _ header: Header, row: Int, into indices: UnsafeMutableBufferPointer<UInt8>
    ) throws(ImageDecodingError) {
        let bytes = try header.row(row, of: file)
        let bits = header.bitsPerPixel
        for column in 0..<header.width {
            let bit = column * bits
            indices[column] = (bytes[bit >> 3] >> (8 - bits - bit & 7)) & UInt8(1 << bits - 1)
        }
    }

    /// Pixels of 16, 24 or 32 bits, whose colours are where the masks say.
    private static func maskedPixels(
        _ file: ByteView, _ header: Header
    ) throws(ImageDecodingError) -> StoredPixels {
        let channels = header.masks.map(Channel.init)
        let size = header.bitsPerPixel / 8
        // Many programs write a mask for transparency, and only zeros there.
        var hasAlpha = false
        if channels.count == 4 { hasAlpha = try hasAnyBit(of: channels[3].mask, file, header) }
        let count = hasAlpha ? 4 : 3
        return try StoredPixels(width: header.width, height: header.height, hasAlpha ? .rgba : .rgb) {
            (buffer) throws(ImageDecodingError) in
            var target = 0
            for row in 0..<header.height {
                let bytes = try header.row(header.storedRow(row), of: file)
                for column in 0..<header.width {
                    let pixel = number(bytes, at: column * size, size)
                    for channel in 0..<count { buffer[target + channel] = channels[channel].value(in: pixel) }
                    target += count
                }
            }
        }
    }

    private static func hasAnyBit(
        of mask: UInt32, _ file: ByteView, _ header: Header
    ) throws(ImageDecodingError) -> Bool {
        let size = header.bitsPerPixel / 8
        for row in 0..<header.height {
            let bytes = try header.row(row, of: file)
            for column in 0..<header.width where number(bytes, at: column * size, size) & mask != 0 {
                return true
            }
        }
        return false
    }

    /// A number of a row that is long enough.
    private static func number(_ row: UnsafeBufferPointer<UInt8>, at place: Int, _ size: Int) -> UInt32 {
        var number: UInt32 = 0
        for byte in 0..<size { number |= UInt32(row[place + byte]) << (8 * byte) }
        return number
    }

    /// Which bits of a pixel are a colour.
    private struct Channel {
        let mask: UInt32
        private let shift: UInt32
        private let largest: UInt32

        init(mask: UInt32) {
            self.mask = mask
            shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
            largest = mask >> shift
        }

        /// 0…255.
        func value(in pixel: UInt32) -> UInt8 {
            if largest == 255 { return UInt8(truncatingIfNeeded: pixel >> shift) }
            if largest == 0 { return 0 }
            let value = UInt64((pixel & mask) >> shift)
            return UInt8(truncatingIfNeeded: (value * 255 + UInt64(largest) / 2) / UInt64(largest))
        }
    }

    /// 256 colours, of which those that the file does not have are black.
    private struct Palette {
        private(set) var entries = [(red: UInt8, green: UInt8, blue: UInt8)](repeating: (0, 0, 0), count: 256)
        let isGrey: Bool

        init(_ file: ByteView, _ header: Header) throws(ImageDecodingError) {
            let entrySize = header.size == 12 ? 3 : 4
            // It ends where the pixels begin, unless that place is wrong.
            let space = (header.pixelPlace - header.palettePlace) / entrySize
            let count = min(1 << header.bitsPerPixel, space > 0 ? space : 256)
            for entry in 0..<count {
                let place = header.palettePlace + entrySize * entry
                guard let blue = file[place], let green = file[place + 1], let red = file[place + 2] else {
                    throw cutOff
                }
                entries[entry] = (red, green, blue)
            }
            isGrey = entries.allSatisfy { $0.red == $0.green && $0.green == $0.blue }
        }
    }

    private static let cutOff = ImageDecodingError.damaged(.bmp, reason: "it ends too early")

    private struct Header {
        enum Compression { case none, runLengths, masks }

        let size: Int
        let width: Int
        let height: Int
        /// Whether the first row in the file is the top one.
        let isTopDown: Bool
        let bitsPerPixel: Int
        let compression: Compression
        /// Of red, green and blue, and of transparency where there is some.
        let masks: [UInt32]
        let palettePlace: Int
        let pixelPlace: Int

        init(_ file: ByteView) throws(ImageDecodingError) {
            func number(_ place: Int, _ width: Int) throws(ImageDecodingError) -> Int {
                guard let number = file.number(at: place, bytes: width, .little) else { throw cutOff }
                return number
            }
            pixelPlace = try number(10, 4)
            size = try number(14, 4)
            guard size != 12 else {
                (width, height, isTopDown) = (try number(18, 2), try number(20, 2), false)
                bitsPerPixel = try number(24, 2)
                compression = .none
                palettePlace = 26
                masks = bitsPerPixel == 16 ? Self.masks16 : Self.masks24
                try checkBits()
                return
            }
            width = try number(18, 4)
            let signedHeight = Int(Int32(truncatingIfNeeded: try number(22, 4)))
            (height, isTopDown) = (abs(signedHeight), signedHeight < 0)
            bitsPerPixel = try number(28, 2)
            let method = size < 40 ? 0 : try number(30, 4)
            switch (method, bitsPerPixel) {
            case (0, _): compression = .none
            case (1, 8), (2, 4): compression = .runLengths
            // OS/2 has other methods of these numbers.
            case (3, 16), (3, 32), (6, 16), (6, 32):
                guard size != 64 else { fallthrough }
                compression = .masks
            default:
                throw .unsupported(
                    .bmp, feature: "the compression \(method) with \(bitsPerPixel) bits for a pixel")
            }
            // Masks are part of newer headers; behind the older one they come in front of the palette.
            let hasMasksBehind = compression == .masks && size == 40
            let maskCount = size >= 56 && size != 64 || method == 6 ? 4 : 3
            palettePlace = 14 + size + (hasMasksBehind ? 4 * maskCount : 0)
            if compression == .masks {
                var masks: [UInt32] = []
                for index in 0..<maskCount { masks.append(UInt32(try number(54 + 4 * index, 4))) }
                self.masks = masks
            } else {
                masks = bitsPerPixel == 16 ? Self.masks16 : Self.masks24
            }
            try checkBits()
        }

        private static let masks16: [UInt32] = [0x7C00, 0x03E0, 0x001F]
        private static let masks24: [UInt32] = [0xFF0000, 0x00FF00, 0x0000FF]

        private func checkBits() throws(ImageDecodingError) {
            guard [1, 2, 4, 8, 16, 24, 32].contains(bitsPerPixel) else {
                throw .unsupported(.bmp, feature: "\(bitsPerPixel) bits for a pixel")
            }
        }

        /// Where a row of the image, from the top, is in the file.
        func storedRow(_ row: Int) -> Int { isTopDown ? row : height - 1 - row }

        /// The bytes that a row takes in the file: they end at a multiple of four.
        var rowSize: Int { (width * bitsPerPixel + 31) / 32 * 4 }

        /// The bytes of a row in the file; `width * bitsPerPixel` bits are there.
        func row(_ row: Int, of file: ByteView) throws(ImageDecodingError) -> UnsafeBufferPointer<UInt8> {
            guard let part = file.part(from: pixelPlace + row * rowSize, count: rowSize) else { throw cutOff }
            return part.bytes
        }
    }

    /// Indices of 4 or 8 bits as run lengths.
    private enum RunLengths {
        /// `[height][width]`, rows as in the file; what is skipped has the index 0.
        static func indices(_ file: ByteView, _ header: Header) throws(ImageDecodingError) -> [UInt8] {
            let (width, height) = (header.width, header.height)
            var indices = [UInt8](repeating: 0, count: width * height)
            let isOfFourBits = header.bitsPerPixel == 4
            var (place, row, column) = (header.pixelPlace, 0, 0)
            while row < height {
                guard let count = file[place], let value = file[place + 1] else { throw cutOff }
                place += 2
                if count > 0 {
                    for index in 0..<Int(count) where column < width {
                        // Of four bits two indices take turns.
                        let nibble = index % 2 == 0 ? value >> 4 : value & 15
                        indices[row * width + column] = isOfFourBits ? nibble : value
                        column += 1
                    }
                    continue
                }
                switch value {
                case 0: (row, column) = (row + 1, 0)
                case 1: return indices
                case 2:
                    guard let right = file[place], let up = file[place + 1] else { throw cutOff }
                    place += 2
                    (row, column) = (row + Int(up), column + Int(right))
                default:
                    let size = isOfFourBits ? (Int(value) + 1) / 2 : Int(value)
                    guard let literals = file.part(from: place, count: size) else { throw cutOff }
                    for index in 0..<Int(value) where column < width {
                        let byte = literals.bytes[isOfFourBits ? index / 2 : index]
                        let nibble = index % 2 == 0 ? byte >> 4 : byte & 15
                        indices[row * width + column] = isOfFourBits ? nibble : byte
                        column += 1
                    }
                    // They end at a multiple of two bytes.
                    place += size + size % 2
                }
            }
            return indices
        }
    }
}
