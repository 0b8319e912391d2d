import Imaging
import Testing

@Suite struct ImageOrientationTests {
    private static let image = Image(height: 2, width: 3, pixels: [1, 2, 3, 4, 5, 6])

    @Test(arguments: [
        (ImageOrientation.up, 2, [1, 2, 3, 4, 5, 6]), (.upMirrored, 2, [3, 2, 1, 6, 5, 4]),
        (.down, 2, [6, 5, 4, 3, 2, 1]), (.downMirrored, 2, [4, 5, 6, 1, 2, 3]),
        (.leftMirrored, 3, [1, 4, 2, 5, 3, 6]), (.right, 3, [4, 1, 5, 2, 6, 3]),
        (.rightMirrored, 3, [6, 3, 5, 2, 4, 1]), (.left, 3, [3, 6, 2, 5, 1, 4]),
    ])
    func rowsAndColumnsGoWhereTheyBelong(orientation: ImageOrientation, height: Int, pixels: [UInt8]) {
        #expect(
            orientation.applied(to: Self.image) == Image(height: height, width: 6 / height, pixels: pixels))
    }

    /// Larger than the tiles in which it is done, with three channels.
    @Test(arguments: ImageOrientation.allCases)
    func fourTimesIsNothing(orientation: ImageOrientation) {
        let shape = ImageShape(height: 45, width: 70, channels: 3)
        let image = Image(shape: shape, pixels: (0..<shape.count).map { UInt8($0 * 31 % 251) })
        #expect((0..<4).reduce(image) { turned, _ in orientation.applied(to: turned) } == image)
    }

    @Test(arguments: [(0, 5), (5, 0), (1, 1)])
    func smallImagesAreTurned(height: Int, width: Int) {
        let image = Image(height: height, width: width, pixels: Array(repeating: 7, count: height * width))
        #expect(ImageOrientation.right.applied(to: image).shape == ImageShape(height: width, width: height))
    }
}
