import Imaging
import Testing

/// Files that would cost much time or memory, or be read in part, if they were believed.
@Suite struct DecodingHostileFileTests {
    private func error(_ bytes: [UInt8], largestPixelCount: Int = 100_000_000) -> ImageDecodingError? {
        do throws(ImageDecodingError) {
            _ = try ImageDecoder(largestPixelCount: largestPixelCount).decode(bytes)
            return nil
        } catch {
            return error
        }
    }

    // MARK: PNG

    /// 900 texts that take 7.9 MB each once inflated.
    @Test func textsOfAPNGAreNotInflated() throws {
        let picture = GoldenPicture.named("png-one-pixel")
        var bytes = picture.bytes
        let text = pngChunk("zTXt", Array("k\0\0".utf8) + deflated(count: 7_900_000))
        // Behind the header, which ends at byte 33.
        bytes.insert(contentsOf: (0..<900).flatMap { _ in text }, at: 33)
        let start = ContinuousClock.now
        let image = try ImageDecoder().decode(bytes).image
        let time = ContinuousClock.now - start
        #expect(image == picture.image)
        // It takes less than a second, and more than a minute where they are.
        #expect(time < .seconds(30))
    }

    /// A zlib stream of equal bytes: a literal and then matches of the largest length, with the fixed codes of RFC 1951.
    private func deflated(count: Int) -> [UInt8] {
        let matches = count / 258
        // Last block, fixed codes; the literal 97; matches of length 258 at distance 1; the end.
        var bits = [1, 1, 0] + [1, 0, 0, 1, 0, 0, 0, 1]
        for _ in 0..<matches { bits += [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0] }
        bits += [0, 0, 0, 0, 0, 0, 0]
        let data = stride(from: 0, to: bits.count, by: 8).map { start in
            (start..<min(start + 8, bits.count)).reduce(UInt8(0)) { $0 | UInt8(bits[$1]) << ($1 - start) }
        }
        let total = 1 + 258 * matches
        let (low, high) = ((1 + 97 * total) % 65_521, (total + 97 * (total * (total + 1) / 2)) % 65_521)
        return [0x78, 0xDA] + data
            + [UInt8(high >> 8), UInt8(high & 255), UInt8(low >> 8), UInt8(low & 255)]
    }

    // MARK: HEIC

    /// libheif ends such messages with a full stop and the end of a line.
    @Test(.enabled(if: GoldenPicture.all.contains { $0.name == "heic" }))
    func aLibrarysMessageBecomesPartOfASentence() throws {
        let start = [UInt8](arrayLiteral: 0, 0, 0, 28) + Array("ftypheic\0\0\0\0mif999999999".utf8)
        let sentence = try #require(error(start + [UInt8](repeating: 0, count: 100))).description
        #expect(
            sentence == """
                The HEIC file has a rare kind of content (Unsupported file-type: Unspecified: File does not include any supported \
                brands), which cannot be read; save the picture in the usual way or as PNG.
                """)
    }

    // MARK: JPEG

    @Test(arguments: [UInt8(0), 1])
    func aSegmentWithoutLengthHidesNoScans(length: UInt8) throws {
        let picture = GoldenPicture.named("jpeg-progressive")
        var bytes = picture.bytes
        bytes.insert(contentsOf: [0xFF, 0xFE, 0, length], at: 2)
        #expect(try ImageDecoder().decode(bytes).image.isClose(to: picture.image, within: picture.tolerance))
        let last = try #require(bytes.indices.dropLast().last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
        let scan = bytes[last..<bytes.count - 2]
        bytes.insert(contentsOf: (0..<2000).flatMap { _ in scan }, at: bytes.count - 2)
        #expect(error(bytes) == .unsupported(.jpeg, feature: "more than 64 scans"))
    }

    @Test func whatIsBehindTheEndOfAJPEGIsNoScan() throws {
        let picture = GoldenPicture.named("jpeg-progressive")
        let bytes = picture.bytes + (0..<5000).flatMap { _ in [0xFF, 0xDA] as [UInt8] }
        #expect(try ImageDecoder().decode(bytes).image == ImageDecoder().decode(picture.bytes).image)
    }

    // MARK: TIFF

    /// One column of 100,000 pixels in tiles of 2,000,000×16, which share their data.
    @Test func tilesMuchLargerThanTheImageAreRefused() {
        let (height, tileHeight) = (100_000, 16)
        let count = UInt32((height + tileHeight - 1) / tileHeight)
        let directorySize = UInt32(2 + 12 * 10 + 4)
        let (offsets, sizes) = (8 + directorySize, 8 + directorySize + 4 * count)
        let data = sizes + 4 * count
        let entries: [(tag: UInt16, type: UInt16, count: UInt32, value: UInt32)] = [
            (256, 4, 1, 1), (257, 4, 1, UInt32(height)), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1),
            (277, 3, 1, 1), (322, 4, 1, 2_000_000), (323, 4, 1, UInt32(tileHeight)),
            (324, 4, count, offsets), (325, 4, count, sizes),
        ]
        var bytes: [UInt8] = [0x49, 0x49, 0x2A, 0] + little(UInt32(8)) + little(UInt16(entries.count))
        for entry in entries {
            bytes += little(entry.tag) + little(entry.type) + little(entry.count) + little(entry.value)
        }
        bytes += little(UInt32(0))
        bytes += (0..<count).flatMap { _ in little(data) }
        bytes += (0..<count).flatMap { _ in little(UInt32(100)) }
        bytes += [UInt8](repeating: 0, count: 100)
        #expect(error(bytes) == .damaged(.tiff, reason: "its parts are larger than the image"))
    }

    @Test func aTIFFOfTooManyPagesIsRefused() {
        // Directories without entries, each followed by the place of the next.
        var bytes: [UInt8] = [0x49, 0x49, 0x2A, 0] + little(UInt32(8))
        for page in 1...65_536 { bytes += [0, 0] + little(page == 65_536 ? 0 : UInt32(8 + 6 * page)) }
        #expect(error(bytes) == .unsupported(.tiff, feature: "more than 65535 pages"))
    }

    /// The decoders of JPEG and fax fill in something after bad data, and only warn.
    @Test(arguments: ["tiff-jpeg", "tiff-bits-group4"])
    func aDamagedStripIsNotReadInPart(name: String) throws {
        let picture = GoldenPicture.named(name)
        let bytes = picture.bytes
        let (start, count) = try #require(strip(of: bytes))
        var refusals = 0
        for place in start + count / 2..<start + count - 2 {
            var changed = bytes
            for place in place..<start + count { changed[place] = 0 }
            if let image = try? ImageDecoder().decode(changed).image {
                // Zeros may be what was there, or what no pixel needs.
                #expect(image.isClose(to: picture.image, within: picture.tolerance), "from \(place) on")
            } else {
                refusals += 1
            }
        }
        #expect(refusals > count / 4)
    }

    /// Place and size of the only strip of a file of little-endian numbers.
    private func strip(of bytes: [UInt8]) -> (start: Int, count: Int)? {
        func number(_ place: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
        }
        let directory = number(4, 4)
        func value(_ tag: Int) -> Int? {
            (0..<number(directory, 2)).map { directory + 2 + 12 * $0 }.first { number($0, 2) == tag }
                .map { number($0 + 8, number($0 + 2, 2) == 3 ? 2 : 4) }
        }
        guard let start = value(273), let count = value(279) else { return nil }
        return (start, count)
    }

    // MARK: Sizes

    @Test func withoutALimitHeadersAreStillNotBelieved() {
        func bitmap(width: UInt32, height: UInt32) -> [UInt8] {
            var bytes = GoldenPicture.named("bmp-rgb").bytes
            bytes.replaceSubrange(18..<26, with: little(width) + little(height))
            return bytes
        }
        let largest = Int(Int32.max)
        #expect(
            error(bitmap(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF), largestPixelCount: .max)
                == .tooLarge(width: largest, height: largest, largestPixelCount: largest))
        #expect(
            error(bitmap(width: 46_000, height: 46_000), largestPixelCount: .max)
                == .damaged(.bmp, reason: "it ends too early"))
        for kind in 1...6 {
            let number = kind == 1 || kind == 4 ? "" : "255\n"
            #expect(
                error(Array("P\(kind)\n46000 46000\n\(number)0 0".utf8), largestPixelCount: .max)
                    == .damaged(.pnm, reason: "it ends too early"))
            #expect(
                error(Array("P\(kind)\n999999999 999999999\n\(number)0 0".utf8), largestPixelCount: .max)
                    == .tooLarge(width: 999_999_999, height: 999_999_999, largestPixelCount: largest))
        }
    }

    @Test func anImageKeepsNoRoomThatItDoesNotNeed() throws {
        let picture = GoldenPicture.named("gif-noise")
        let pixels = try ImageDecoder().decode(picture.bytes, asGrey: true).image.pixels
        #expect(pixels.count == 9000)
        #expect(pixels.capacity < 18_000)
    }

    private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
