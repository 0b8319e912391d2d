/// GIF (version 89a, CompuServe 1990). Of an animation the first frame is read, at its place on the file's screen.
///
/// Its compression is small enough to stand here, where every read is checked; libgif would keep all frames in memory.
enum GIFFile {
    static func decode(
        _ file: ByteView, _ request: DecodingRequest
    ) throws(ImageDecodingError) -> DecodedImage {
        guard let screenWidth = file.number(at: 6, bytes: 2, .little),
            let screenHeight = file.number(at: 8, bytes: 2, .little), let flags = file[10]
        else { throw cutOff }
        var place = 13
        let globalColors = try colorTable(flags, file, &place)
        var transparentIndex: Int?
        var frame: Frame?
        while let kind = file[place] {
            place += 1
            switch kind {
            case 0x21:
                // Graphic control: four bytes, of which the first has the flags and the last an index.
                if file[place] == 0xF9, file[place + 1] == 4, frame == nil, let flags = file[place + 2],
                    let index = file[place + 5]
                {
                    transparentIndex = flags & 1 != 0 ? Int(index) : nil
                }
                place += 1
                try skipBlocks(file, &place)
            case 0x2C:
                let next = try Frame(file, &place, globalColors, transparentIndex)
                if frame == nil { frame = next }
            case 0x3B:
                guard let frame else { throw .damaged(.gif, reason: "it has no frame") }
                return try frame.decode(request, screenWidth: screenWidth, screenHeight: screenHeight)
            default:
                throw .damaged(.gif, reason: "one of its blocks is of no known kind")
            }
        }
        throw cutOff
    }

    private static let cutOff = ImageDecodingError.damaged(.gif, reason: "it ends too early")

    /// The colour table that the flags announce, three bytes a colour, and goes past it; nil where there is none.
    private static func colorTable(
        _ flags: UInt8, _ file: ByteView, _ place: inout Int
    ) throws(ImageDecodingError) -> ByteView? {
        guard flags & 0x80 != 0 else { return nil }
        let size = 3 << (Int(flags & 7) + 1)
        guard let table = file.part(from: place, count: size) else { throw cutOff }
        place += size
        return table
    }

    /// Goes past blocks with their lengths in front, the last of length 0.
    private static func skipBlocks(_ file: ByteView, _ place: inout Int) throws(ImageDecodingError) {
        while let length = file[place] {
            place += 1 + Int(length)
            if length == 0 { return }
        }
        throw cutOff
    }

    /// A frame's description and where its data are.
    private struct Frame {
        let left: Int
        let top: Int
        let width: Int
        let height: Int
        let isInterlaced: Bool
        let colors: ByteView?
        let transparentIndex: Int?
        /// From the size of the first codes on.
        let data: ByteView

        /// Reads it from behind its mark on, and goes past it.
        init(
            _ file: ByteView, _ place: inout Int, _ globalColors: ByteView?, _ transparentIndex: Int?
        ) throws(ImageDecodingError) {
            let numbers = (0..<4).compactMap { file.number(at: place + 2 * $0, bytes: 2, .little) }
            guard numbers.count == 4, let flags = file[place + 8] else { throw cutOff }
            (left, top, width, height) = (numbers[0], numbers[1], numbers[2], numbers[3])
            place += 9
            isInterlaced = flags & 0x40 != 0
            colors = try colorTable(flags, file, &place) ?? globalColors
            self.transparentIndex = transparentIndex
            let start = place
            place += 1
            try skipBlocks(file, &place)
            guard let data = file.part(from: start, count: place - start) else { throw cutOff }
            self.data = data
        }

        func decode(
            _ request: DecodingRequest, screenWidth: Int, screenHeight: Int
        ) throws(ImageDecodingError) -> DecodedImage {
            // Some programs write screens that are too small.
            let (screenWidth, screenHeight) = (
                max(screenWidth, left + width), max(screenHeight, top + height)
            )
            try request.check(.gif, width: width, height: height)
            try request.check(.gif, width: screenWidth, height: screenHeight)
            guard let colors else { throw .damaged(.gif, reason: "it has no colours") }
            var indices = LZWDecoder(data)
            let pixels = try StoredPixels(width: screenWidth, height: screenHeight, .rgba) {
                (screen) throws(ImageDecodingError) in
                var line = [UInt8](repeating: 0, count: width)
                for row in rows {
                    guard indices.fill(&line) else {
                        throw .damaged(.gif, reason: "its data end before its last pixel")
                    }
                    var target = ((top + row) * screenWidth + left) * 4
                    for index in line {
                        if Int(index) != transparentIndex {
                            // Indices beyond the table are black.
                            for channel in 0..<3 {
                                screen[target + channel] = colors[3 * Int(index) + channel] ?? 0
                            }
                            screen[target + 3] = 255
                        }
                        target += 4
                    }
                }
            }
            return request.result(.gif, pixels)
        }

        /// The rows in the order in which they are stored.
        private var rows: [Int] {
            guard isInterlaced else { return Array(0..<height) }
            return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap { first, step in
                Array(stride(from: first, to: height, by: step))
            }
        }
    }

    /// The variable-length-code compression of appendix F.
    private struct LZWDecoder {
        private let data: ByteView
        private var place = 1
        /// Bytes that are left of the current block.
        private var blockLength = 0
        private var bits = 0
        private var bitCount = 0

        private let clearCode: Int
        private let firstCodeSize: Int
        private var codeSize: Int
        private var codeCount: Int
        private var previous: Int?
        /// Of each code the code that it lengthens, and its last byte.
        private var prefixes = [Int](repeating: 0, count: 4096)
        private var suffixes = [UInt8](repeating: 0, count: 4096)
        /// Bytes that are decoded and wait to be taken, the last one first.
        private var waiting: [UInt8] = []

        init(_ data: ByteView) {
            self.data = data
            // With more than 8 bits, which is not allowed, codes stand for nothing.
            let colorSize = min(Int(data[0] ?? 0), 11)
            clearCode = 1 << colorSize
            firstCodeSize = colorSize + 1
            codeSize = firstCodeSize
            codeCount = clearCode + 2
            for code in 0..<min(clearCode, 256) { suffixes[code] = UInt8(code) }
        }

        /// Fills a line with the next bytes; false where there are too few.
        mutating func fill(_ line: inout [UInt8]) -> Bool {
            for place in line.indices {
                while waiting.isEmpty {
                    guard decodeNext() else { return false }
                }
                line[place] = waiting.removeLast()
            }
            return true
        }

        /// Decodes a code; false at the end, and where the data are damaged.
        private mutating func decodeNext() -> Bool {
            guard let code = nextCode() else { return false }
            if code == clearCode {
                codeSize = firstCodeSize
                codeCount = clearCode + 2
                previous = nil
                return true
            }
            if code == clearCode + 1 { return false }
            guard let previous else {
                guard code < clearCode else { return false }
                waiting.append(suffixes[code])
                self.previous = code
                return true
            }
            guard code <= codeCount else { return false }
            // A code that is only about to be defined is the previous one with its own first byte at its end.
            if code == codeCount { waiting.append(0) }
            var part = code == codeCount ? previous : code
            while part > clearCode {
                waiting.append(suffixes[part])
                part = prefixes[part]
            }
            let first = suffixes[part]
            waiting.append(first)
            if code == codeCount { waiting[0] = first }
            if codeCount < 4096 {
                prefixes[codeCount] = previous
                suffixes[codeCount] = first
                codeCount += 1
                if codeCount == 1 << codeSize, codeSize < 12 { codeSize += 1 }
            }
            self.previous = code
            return true
        }

        private mutating func nextCode() -> Int? {
            while bitCount < codeSize {
                if blockLength == 0 {
                    guard let length = data[place], length > 0 else { return nil }
                    blockLength = Int(length)
                    place += 1
                }
                guard let byte = data[place] else { return nil }
                place += 1
                blockLength -= 1
                bits |= Int(byte) << bitCount
                bitCount += 8
            }
            let code = bits & (1 << codeSize - 1)
            bits >>= codeSize
            bitCount -= codeSize
            return code
        }
    }
}
