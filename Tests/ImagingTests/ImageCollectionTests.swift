import Imaging
import Testing

@Suite struct ImageCollectionTests {
    private let images = ImageCollection(height: 2, width: 3, bytes: [UInt8](0..<60)[...])

    @Test func imagesAreCutRowByRow() {
        #expect(images.count == 10)
        #expect(images[1] == Image(height: 2, width: 3, pixels: [6, 7, 8, 9, 10, 11]))
        #expect(images[1][1, 2] == 11)
        #expect(Array(images.pixels(of: 9)) == [54, 55, 56, 57, 58, 59])
    }

    @Test func channelsRunFastest() {
        let images = ImageCollection(height: 2, width: 2, channels: 3, bytes: [UInt8](0..<24)[...])
        #expect(images.count == 2)
        #expect(images.shape == ImageShape(height: 2, width: 2, channels: 3))
        #expect(images[1].shape == images.shape)
        #expect(images[1][1, 0] == 18)
        #expect(images[1][1, 0, 2] == 20)
        #expect("\(images.shape)" == "2×2×3")
    }

    @Test func subsetIsRenumberedFromZero() {
        let subset = images.subset(3..<5).subset(1..<2)
        #expect(subset.count == 1)
        #expect(subset[0] == images[4])
        #expect(images.subset(10..<10).isEmpty)
    }

    @Test func bytesFromOutsideAreImagesOrAnError() throws {
        #expect(
            try Image(validating: [1, 2, 3, 4, 5, 6], height: 2, width: 3)
                == Image(height: 2, width: 3, pixels: [1, 2, 3, 4, 5, 6]))
        let bytes = [UInt8](0..<24)[...]
        #expect(
            try ImageCollection(validating: bytes, height: 2, width: 2, channels: 3)
                == ImageCollection(height: 2, width: 2, channels: 3, bytes: bytes))
        #expect(try ImageCollection(validating: [], height: 2, width: 2).isEmpty)

        let error = #expect(throws: ImageSizeError.self) {
            try Image(validating: [UInt8](repeating: 0, count: 785), height: 28, width: 28)
        }
        #expect(
            error?.description
                == "785 bytes are no images of 28×28×1; give one byte for each channel of each pixel, row by row."
        )
        #expect(throws: ImageSizeError.self) { try Image(validating: [], height: 2, width: 2) }
        #expect(throws: ImageSizeError.self) { try Image(validating: Array(bytes), height: 2, width: 2) }
        for (height, width) in [(0, 4), (-2, -2), (Int.max, Int.max), (Int.max, 2)] {
            #expect(throws: ImageSizeError.self) {
                try ImageCollection(validating: bytes.prefix(4), height: height, width: width)
            }
        }
    }

    @Test func whatIsNoWholeNumberOfImagesIsAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) {
            _ = ImageCollection(height: 2, width: 2, channels: 3, bytes: [UInt8](0..<16)[...])
        }
        await #expect(processExitsWith: .failure) { _ = Image(height: 2, width: 2, pixels: [1, 2, 3]) }
    }
}
