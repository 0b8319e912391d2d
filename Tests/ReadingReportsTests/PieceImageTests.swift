import DigitRecognition
import Imaging
import ReadingReports
import Testing

/// Pieces in colours over the ink that they were taken from.
@Suite struct PieceImageTests {
    private static let white: [UInt8] = [255, 255, 255]
    /// What belongs to no piece.
    private static let pale: [UInt8] = [200, 200, 200]

    private func piece(height: Int, width: Int) -> Image {
        Image(height: height, width: width, pixels: Array(repeating: 255, count: height * width))
    }

    /// The colour of each pixel, row by row.
    private func colors(_ image: Image) -> [[UInt8]] {
        stride(from: 0, to: image.pixels.count, by: 3).map { Array(image.pixels[$0..<$0 + 3]) }
    }

    @Test func eachPieceHasItsColourWhereItLies() {
        // Ink in the first three columns of four.
        let ink = Image(height: 2, width: 4, pixels: [255, 255, 255, 0, 255, 255, 255, 0])
        let boxes = [
            PixelBox(left: 0, top: 0, width: 1, height: 2), PixelBox(left: 1, top: 1, width: 1, height: 1),
        ]
        let image = Image(
            pieces: [piece(height: 2, width: 1), piece(height: 1, width: 1)], at: boxes, in: ink)
        let colors = colors(image)
        #expect(image.height == 2 && image.width == 4 && image.channels == 3)
        let (first, second) = (colors[0], colors[5])
        #expect(
            colors == [
                first, Self.pale, Self.pale, Self.white, first, second, Self.pale, Self.white,
            ])
        #expect(Set([first, second, Self.pale, Self.white]).count == 4)
    }

    @Test func whatLiesOutsideIsLeftOut() {
        let ink = Image(height: 2, width: 2, pixels: [0, 0, 0, 0])
        let all = piece(height: 2, width: 2)
        func corners(left: Int, top: Int) -> [Bool] {
            let box = PixelBox(left: left, top: top, width: 2, height: 2)
            return colors(Image(pieces: [all], at: [box], in: ink)).map { $0 != Self.white }
        }
        #expect(corners(left: -1, top: -1) == [true, false, false, false])
        #expect(corners(left: 1, top: 1) == [false, false, false, true])
        for place in [-5, 5] {
            #expect(corners(left: place, top: 0) == [false, false, false, false])
            #expect(corners(left: 0, top: place) == [false, false, false, false])
        }
    }
}
