import Imaging
import PictureReading
import Testing

@Suite struct PlaneTests {
    @Test func transposingExchangesRowsAndColumns() {
        for (height, width) in [(1, 1), (1, 40), (17, 16), (33, 50)] {
            let plane = Plane.random(height: height, width: width, seed: 1)
            let transposed = plane.transposed
            #expect(transposed.height == width && transposed.width == height)
            #expect(
                (0..<height * width).allSatisfy {
                    plane[$0 / width, $0 % width] == transposed[$0 % width, $0 / width]
                })
        }
    }

    @Test func beyondTheEdgeThereIsNothing() {
        let plane = Plane.random(height: 5, width: 6, seed: 2)
        let boxes = [
            PixelBox(top: -3, left: -2, bottom: 9, right: 11), PixelBox(top: 1, left: 2, bottom: 4, right: 3),
            PixelBox(top: 7, left: 0, bottom: 9, right: 4),
            PixelBox(top: -4, left: -9, bottom: -1, right: -2),
            PixelBox(top: 2, left: 2, bottom: 2, right: 2),
        ]
        for box in boxes {
            let cropped = plane.cropped(to: box)
            #expect(cropped.height == box.height && cropped.width == box.width)
            for row in 0..<box.height {
                for column in 0..<box.width {
                    let (y, x) = (row + box.top, column + box.left)
                    let expected = 0..<5 ~= y && 0..<6 ~= x ? plane[y, x] : 0
                    #expect(cropped[row, column] == expected)
                }
            }
        }
    }

    @Test func aShareOfTheNumbersLiesBelowAQuantile() {
        let plane = Plane(height: 1, width: 1000, values: (0..<1000).map { Float($0) / 1000 })
        for share in [0, 0.1, 0.5, 0.9] { #expect(abs(Double(plane.quantile(share)) - share) < 0.002) }
        #expect(plane.quantile(1) > 0.99)
        #expect(Plane(height: 0, width: 0).quantile(0.5) == 0)
        // What is outside of 0…1 counts for the nearest.
        #expect(Plane(height: 1, width: 2, values: [-3, 7]).quantile(0) == 0)
    }
}
