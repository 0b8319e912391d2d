/// The portable anymaps of Netpbm: PBM, PGM and PPM, in plain text and raw, and PAM (https://netpbm.sourceforge.net/doc). Of files of
/// several images the first is read.
enum PNMFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        let header = try Header(file)
        try request.check(.pnm, width: header.width, height: header.height)
        guard file.part(from: header.place, count: header.leastByteCount) != nil else { throw cutOff }
        let layout: StoredPixels.Layout =
            switch header.channels {
            case 1: .grey
            case 2: .greyAlpha
            case 3: .rgb
            default: .rgba
            }
        let pixels = try StoredPixels(width: header.width, height: header.height, layout) {
            (buffer) throws(ImageDecodingError) in
            switch header.coding {
            case .text: try readText(file, header, into: buffer)
            case .bits: try readBits(file, header, into: buffer)
            case .bytes: try readBytes(file, header, into: buffer)
            }
        }
        return request.result(.pnm, pixels)
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static let cutOff = ImageDecodingError.damaged(.pnm, reason: "it ends too early")

    private struct Header {
        enum Coding { case text, bits, bytes }

        let coding: Coding
        private(set) var width = 0
        private(set) var height = 0
        private(set) var channels = 1
        /// The number of white. Text of bits has 1 for black, which is no number.
        private(set) var largest = 1
        let isBitText: Bool
        /// Where the pixels begin.
        private(set) var place = 2

        init(_ file: ByteView) throws(ImageDecodingError) {
            // "P" and a digit, which the format was told by.
            let kind = Int(file[1] ?? 0) - 0x30
            coding = kind <= 3 ? .text : kind == 4 ? .bits : .bytes
            isBitText = kind == 1
            if kind == 7 {
                try readLines(file)
            } else {
                channels = kind == 3 || kind == 6 ? 3 : 1
                width = try PNMFile.number(file, &place)
                height = try PNMFile.number(file, &place)
                if kind != 1, kind != 4 { largest = try PNMFile.number(file, &place) }
                // Exactly one space before the pixels.
                place += 1
            }
            guard (1...65_535).contains(largest), (1...4).contains(channels) else {
                throw .unsupported(.pnm, feature: "\(channels) channels with numbers up to \(largest)")
            }
        }

        /// The header of PAM: lines of a word and its value.
        private mutating func readLines(_ file: ByteView) throws(ImageDecodingError) {
            while true {
                PNMFile.skipSpaces(file, &place)
                let word = PNMFile.word(file, &place)
                switch word {
                case "WIDTH": width = try PNMFile.number(file, &place)
                case "HEIGHT": height = try PNMFile.number(file, &place)
                case "DEPTH": channels = try PNMFile.number(file, &place)
                case "MAXVAL": largest = try PNMFile.number(file, &place)
                case "TUPLTYPE":
                    // The depth says enough.
                    while let byte = file[place], byte != 0x0A { place += 1 }
                case "ENDHDR":
                    place += 1
                    return
                case "": throw cutOff
                default: throw .damaged(.pnm, reason: "its header has an unknown word")
                }
            }
        }

        /// How many bytes the pixels take, or in text at least take.
        var leastByteCount: Int {
            switch coding {
            case .text: width * height * channels
            case .bits: (width + 7) / 8 * height
            case .bytes: width * height * channels * (largest < 256 ? 1 : 2)
            }
        }

        /// A number of the file as a byte.
        func byte(_ number: Int) -> UInt8 {
            UInt8((min(number, largest) * 255 + largest / 2) / largest)
        }
    }

    /// Goes past spaces and comments.
    private static func skipSpaces(_ file: ByteView, _ place: inout Int) {
        while let byte = file[place] {
            if byte == 0x23 {
                while let byte = file[place], byte != 0x0A { place += 1 }
            } else if isSpace(byte) {
                place += 1
            } else {
                return
            }
        }
    }

    private static func word(_ file: ByteView, _ place: inout Int) -> String {
        var bytes: [UInt8] = []
        while let byte = file[place], !isSpace(byte), bytes.count < 16 {
            bytes.append(byte)
            place += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The next number in decimal digits, of no more than nine.
    private static func number(_ file: ByteView, _ place: inout Int) throws(ImageDecodingError) -> Int {
        skipSpaces(file, &place)
        var number = 0
        let start = place
        while let byte = file[place], (0x30...0x39).contains(byte), place - start < 9 {
            number = number * 10 + Int(byte - 0x30)
            place += 1
        }
        guard place > start else {
            throw place < file.count ? .damaged(.pnm, reason: "it has a letter in place of a number") : cutOff
        }
        return number
    }

    private static func readText(
        _ file: ByteView, _ header: Header, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) throws(ImageDecodingError) {
        var place = header.place
        for index in buffer.indices {
            guard header.isBitText else {
                buffer[index] = header.byte(try number(file, &place))
                continue
            }
            // Bits need no spaces between them, and 1 is black.
            skipSpaces(file, &place)
            guard let byte = file[place] else { throw cutOff }
            guard byte == 0x30 || byte == 0x31 else {
                throw .damaged(.pnm, reason: "it has something else in place of a bit")
            }
            buffer[index] = byte == 0x31 ? 0 : 255
            place += 1
        }
    }

    /// Rows of bits, the first in the highest, each from a new byte on; 1 is black.
    private static func readBits(
        _ file: ByteView, _ header: Header, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) throws(ImageDecodingError) {
        let stride = (header.width + 7) / 8
        guard let data = file.part(from: header.place, count: header.leastByteCount) else { throw cutOff }
        for row in 0..<header.height {
            for column in 0..<header.width {
                let bit = data.bytes[row * stride + column >> 3] >> (7 - column & 7) & 1
                buffer[row * header.width + column] = bit == 1 ? 0 : 255
            }
        }
    }

    /// A byte for each number, or two, the higher one first.
    private static func readBytes(
        _ file: ByteView, _ header: Header, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) throws(ImageDecodingError) {
        let size = header.largest < 256 ? 1 : 2
        guard let data = file.part(from: header.place, count: header.leastByteCount) else { throw cutOff }
        if header.largest == 255 {
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(data.bytes))
            return
        }
        for index in buffer.indices {
            let first = Int(data.bytes[index * size])
            buffer[index] = header.byte(size == 1 ? first : first << 8 | Int(data.bytes[2 * index + 1]))
        }
    }
}
