import Imaging
import TestSupport
import Testing

/// Files that are refused, and with which words.
@Suite struct DecodingRefusalTests {
    private let decoder = ImageDecoder()

    private func error(_ bytes: [UInt8], page: Int = 0) -> ImageDecodingError? {
        do throws(ImageDecodingError) {
            _ = try decoder.decode(bytes, page: page)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: GoldenPicture.all)
    func aFileThatIsCutOffIsRefused(picture: GoldenPicture) {
        let bytes = picture.bytes
        for percent in 0..<100 {
            let part = Array(bytes.prefix(bytes.count * percent / 100))
            #expect(throws: ImageDecodingError.self, "\(percent) % of \(picture.name)") {
                // Of several pages the first ones can be there; the last one is not.
                let pageCount = try decoder.decode(part).pageCount
                _ = try decoder.decode(part, page: pageCount - 1)
            }
        }
    }

    @Test func noBytesAreNoFile() {
        #expect(error([]) == .empty)
        #expect(
            "\(ImageDecodingError.empty)"
                == "The file is empty; give a picture as PNG, JPEG, WebP, TIFF, BMP, GIF, PNM or HEIC.")
    }

    @Test(arguments: [
        ("%PDF-1.7\n%\u{1}", "a PDF document"), ("\n<!DOCTYPE html><html>", "an HTML page"),
        ("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "an SVG drawing"),
        ("<?xml version=\"1.0\"?><note/>", "an XML document"), ("seven, four, two\n", "text"),
        ("PK\u{3}\u{4}rest", "a ZIP archive or an office document"),
        ("\0\0\0\u{1C}ftypavif\0\0\0\0avifmif1miaf", "an AVIF image"),
        ("\0\0\0\u{18}ftypisom\0\0\0\0isommp41", "a film or another HEIF file"),
        ("\0\0\0\u{0C}jP  \r\n", "a JPEG 2000 image"), ("BMW", "text"), ("P6x", "text"),
    ])
    func whatAFileLooksLikeIsSaid(text: String, resemblance: String) {
        #expect(error(Array(text.utf8)) == .unknownFormat(resemblance: resemblance))
    }

    @Test func bytesOfNoKindAreRefused() {
        #expect(error([0x80, 0x02, 0x63, 0xFF]) == .unknownFormat(resemblance: nil))
        #expect(error([0]) == .unknownFormat(resemblance: nil))
        #expect(
            "\(ImageDecodingError.unknownFormat(resemblance: "text"))"
                == "The file looks like text and not like a picture that can be read; save the picture as "
                + "PNG, JPEG, WebP, TIFF, BMP, GIF, PNM or HEIC.")
    }

    @Test func pagesThatDoNotExistAreRefused() {
        let pages = GoldenPicture.named("tiff-page-0").bytes
        #expect(error(pages, page: 3) == .noSuchPage(page: 3, pageCount: 3))
        #expect(error(pages, page: -1) == .noSuchPage(page: -1, pageCount: 3))
        #expect(
            error(GoldenPicture.named("png-rgb").bytes, page: 1) == .noSuchPage(page: 1, pageCount: 1))
    }

    /// The first page has neither width nor height any more.
    @Test func aDamagedPageLeavesTheOthers() throws {
        let whole = GoldenPicture.named("tiff-page-0").bytes
        var bytes = whole
        let directory = Int(bytes[4]) | Int(bytes[5]) << 8
        // Tags 256 and 257 are those of the first entries.
        for place in [directory + 2, directory + 14] { bytes[place] = 0xFF }
        guard case .damaged(.tiff, _) = error(bytes) else {
            Issue.record("The first page is read: \(String(describing: error(bytes)))")
            return
        }
        #expect(decoder.pageCount(of: bytes) == 3)
        #expect(try decoder.decode(bytes, page: 2) == decoder.decode(whole, page: 2))
        #expect(decoder.pageCount(of: GoldenPicture.named("png-rgb").bytes) == 1)
        #expect(decoder.pageCount(of: []) == 1)
    }

    @Test func pagesInACircleAreRefused() throws {
        var bytes = GoldenPicture.named("tiff-grey-raw").bytes
        let directory = Int(bytes[4]) | Int(bytes[5]) << 8
        let count = Int(bytes[directory])
        // The place of the next directory becomes that of the first.
        let next = directory + 2 + 12 * count
        bytes.replaceSubrange(next..<next + 4, with: bytes[4..<8])
        #expect(error(bytes) == .damaged(.tiff, reason: "its pages follow each other in a circle"))
    }

    /// A file of each format that says it has 30,000×30,000 pixels, or as many as the format can say.
    @Test(arguments: [
        ("png-rgb", 16, [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30], 30_000, 30_000),
        ("gif", 6, [0x30, 0x75, 0x30, 0x75], 30_000, 30_000),
        ("bmp-rgb", 18, [0x30, 0x75, 0, 0, 0x30, 0x75, 0, 0], 30_000, 30_000),
        ("bmp-run-lengths-8", 18, [0x30, 0x75, 0, 0, 0x30, 0x75, 0, 0], 30_000, 30_000),
    ])
    func aHeaderThatSaysTooMuchIsRefusedBeforeDecoding(
        name: String, place: Int, numbers: [UInt8], width: Int, height: Int
    ) {
        var bytes = GoldenPicture.named(name).bytes
        bytes.replaceSubrange(place..<place + numbers.count, with: numbers)
        if name == "png-rgb" { bytes.replaceSubrange(29..<33, with: crc32(bytes[12..<29])) }
        #expect(
            error(bytes) == .tooLarge(width: width, height: height, largestPixelCount: 100_000_000))
    }

    @Test func aJPEGHeaderThatSaysTooMuchIsRefused() throws {
        var bytes = GoldenPicture.named("jpeg-progressive").bytes
        // Start of frame of a progressive file: precision, height, width.
        let frame = try #require(
            bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC2 })
        bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
        #expect(
            error(bytes) == .tooLarge(width: 65_500, height: 65_500, largestPixelCount: 100_000_000))
    }

    @Test func aJPEGWithTooManyScansIsRefusedBeforeDecoding() throws {
        var bytes = GoldenPicture.named("jpeg-progressive").bytes
        let last = try #require(bytes.indices.dropLast().last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
        let scan = bytes[last..<bytes.count - 2]
        for _ in 0..<64 { bytes.insert(contentsOf: scan, at: bytes.count - 2) }
        #expect(error(bytes) == .unsupported(.jpeg, feature: "more than 64 scans"))
    }

    @Test func theLimitCanBeChanged() throws {
        let bytes = GoldenPicture.named("png-rgb").bytes
        #expect(throws: ImageDecodingError.tooLarge(width: 18, height: 13, largestPixelCount: 233)) {
            try ImageDecoder(largestPixelCount: 233).decode(bytes)
        }
        #expect(try ImageDecoder(largestPixelCount: 234).decode(bytes).originalWidth == 18)
        #expect(
            "\(ImageDecodingError.tooLarge(width: 30_000, height: 30_000, largestPixelCount: 100_000_000))"
                == "The picture has 30000×30000 pixels, but at most 100000000 pixels are allowed; "
                + "make it smaller or raise the limit.")
    }

    @Test(arguments: GoldenPicture.all)
    func everyFormatMindsTheLimit(picture: GoldenPicture) {
        let limit = picture.width * picture.height - 1
        #expect(
            throws: ImageDecodingError.tooLarge(
                width: picture.width, height: picture.height, largestPixelCount: limit)
        ) {
            try ImageDecoder(largestPixelCount: limit).decode(picture.bytes, page: picture.page ?? 0)
        }
    }

    @Test func damagedDataAreNotReadInPart() throws {
        let picture = GoldenPicture.named("jpeg-rgb-444")
        var bytes = picture.bytes
        // An end in the middle of the pixels: libjpeg would fill in grey.
        let middle = bytes.count - 60
        bytes.replaceSubrange(middle..<middle + 2, with: [0xFF, 0xD9])
        #expect(throws: ImageDecodingError.self) { try decoder.decode(bytes) }
        // Bytes between data and end, as some cameras write them, harm nothing.
        bytes = picture.bytes
        bytes.insert(contentsOf: [0, 0, 0, 0], at: bytes.count - 2)
        #expect(try decoder.decode(bytes).image == decoder.decode(picture.bytes).image)
        // Nor do bytes between the header's parts, but what is wrong behind them is still seen.
        bytes = picture.bytes
        bytes.insert(contentsOf: [1, 2, 3], at: 20)
        #expect(try decoder.decode(bytes).image == decoder.decode(picture.bytes).image)
        bytes.replaceSubrange(middle + 3..<middle + 5, with: [0xFF, 0xD9])
        #expect(throws: ImageDecodingError.self) { try decoder.decode(bytes) }
    }

    @Test(arguments: GoldenPicture.all)
    func otherBytesNeverTrap(picture: GoldenPicture) {
        let bytes = picture.bytes
        for number in 0..<100 {
            var changed = bytes
            let place = number * 7919 % bytes.count
            changed[place] = changed[place] &+ UInt8(1 + number * 31 % 255)
            _ = try? ImageDecoder(largestPixelCount: 1_000_000).decode(changed)
        }
    }
}
