import Imaging
import Testing

/// What other programs read from image files of all kinds, or wrote into them.
@Suite struct DecodingGoldenTests {
    private let decoder = ImageDecoder()

    @Test(arguments: GoldenPicture.all)
    func pixelsAreThoseOfAnotherProgram(picture: GoldenPicture) throws {
        let decoded = try decoder.decode(picture.bytes, page: picture.page ?? 0)
        #expect(decoded.image.isClose(to: picture.image, within: picture.tolerance))
        #expect(decoded.orientation.rawValue == picture.orientation ?? 1)
        #expect(decoded.pageCount == picture.pageCount ?? 1)
        #expect((decoded.originalWidth, decoded.originalHeight) == (picture.width, picture.height))
        #expect(
            picture.name.split(separator: "-")[0].lowercased()
                == decoded.format.rawValue.lowercased())
    }

    @Test(arguments: GoldenPicture.all.filter { $0.uprightImage != nil })
    func orientationMakesUpright(picture: GoldenPicture) throws {
        let upright = try #require(picture.uprightImage)
        let decoded = try decoder.decode(picture.bytes)
        #expect(decoded.upright.isClose(to: upright, within: picture.tolerance))
    }

    @Test(arguments: GoldenPicture.all)
    func greyIsTheLuminance(picture: GoldenPicture) throws {
        let grey = try decoder.decode(picture.bytes, page: picture.page ?? 0, asGrey: true).image
        var expected = picture.image
        if expected.channels == 3 {
            expected = Image(
                height: picture.height, width: picture.width,
                pixels: stride(from: 0, to: expected.pixels.count, by: 3).map { place in
                    let weights = [0.299, 0.587, 0.114]
                    let sum = (0..<3).reduce(0.0) { $0 + weights[$1] * Double(expected.pixels[place + $1]) }
                    return UInt8(min(255, sum.rounded()))
                })
        }
        // JPEG's colours are rounded and cut off, the luminance in the file is not.
        let tolerance = picture.name.hasPrefix("jpeg") ? 10 : picture.tolerance + 1
        #expect(grey.isClose(to: expected, within: tolerance))
    }

    @Test func aSpanIsDecodedLikeAnArray() throws {
        let bytes = GoldenPicture.named("png-rgb").bytes
        #expect(try decoder.decode(bytes.span) == decoder.decode(bytes))
    }

    @Test func manyThreadsDecodeAtOnce() async {
        let pictures = GoldenPicture.all
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                for picture in pictures {
                    group.addTask {
                        let image = try? ImageDecoder().decode(picture.bytes, page: picture.page ?? 0).image
                        return image?.isClose(to: picture.image, within: picture.tolerance) ?? false
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}

@Suite struct DecodingReducedTests {
    private let bytes = GoldenPicture.named("jpeg-rgb").bytes

    /// The file has 13×18 pixels.
    @Test(arguments: [
        (1, 2, 3), (2, 2, 3), (3, 4, 5), (4, 4, 5), (5, 7, 9), (7, 7, 9), (8, 13, 18), (13, 13, 18),
        (1000, 13, 18),
    ])
    func aJPEGIsReducedAsFarAsIsAllowed(side: Int, height: Int, width: Int) throws {
        let decoded = try ImageDecoder().decode(bytes, minimumShorterSide: side)
        #expect((decoded.image.height, decoded.image.width) == (height, width))
        #expect((decoded.originalHeight, decoded.originalWidth) == (13, 18))
    }

    @Test func theReducedImageIsTheMeanOfItsParts() throws {
        let full = try ImageDecoder().decode(bytes, asGrey: true).image
        let half = try ImageDecoder().decode(bytes, asGrey: true, minimumShorterSide: 7).image
        // The last row has no second one below, hence twelve of thirteen.
        for row in 0..<6 {
            for column in 0..<9 {
                let sum = [(0, 0), (0, 1), (1, 0), (1, 1)].reduce(0) {
                    $0 + Int(full[2 * row + $1.0, 2 * column + $1.1])
                }
                #expect(abs(Int(half[row, column]) - sum / 4) <= 12)
            }
        }
    }

    @Test func otherFormatsKeepTheirSize() throws {
        let picture = GoldenPicture.named("png-rgb")
        #expect(try ImageDecoder().decode(picture.bytes, minimumShorterSide: 1).image == picture.image)
    }
}
