import Compute
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

    /// Each number alone: at a bin's lower end, next to it on either side, and anywhere.
    @Test func aNumberLiesInTheBinThatItFallsInto() {
        var random = CounterBasedRandom(seed: 3, purpose: .synthesis)
        let ends = stride(from: Float(0), through: 1, by: 1 / 64).flatMap { [$0.nextDown, $0, $0.nextUp] }
        for value in ends + (0..<200).map({ _ in Float(random.nextUniform()) }) {
            let bin = min(max(Int(value * 2048), 0), 2047)
            #expect(Plane(height: 1, width: 1, filledWith: value).quantile(0.5) == Float(bin) / 2048)
        }
    }

    /// More numbers than are counted at a time, most of them the same.
    @Test(arguments: [1023, 1024, 1025, 2500])
    func everyNumberCounts(count: Int) {
        let values = (0..<count).map { $0 % 4 == 3 ? Float($0) / Float(count) : 0 }
        let plane = Plane(height: 1, width: count, values: values)
        for share in [0.5, 0.74, 0.8, 0.9, 0.99] {
            let exact = values.sorted()[Int(share * Double(count))]
            #expect(abs(plane.quantile(share) - exact) <= 1 / 2048)
        }
        #expect(plane.strokeStrength(above: 0.5) > 0.7 && plane.strokeStrength(above: 1) == 0)
    }
}
