import Imaging
import PictureReading
import TestSupport
import Testing

@Suite struct PlaneResizingTests {
    private static let sizes = [1, 2, 3, 7, 16, 31, 64]

    @Test func aConstantStaysConstant() {
        for old in Self.sizes {
            for new in Self.sizes {
                let resized = Plane(height: old, width: 5, filledWith: 0.625).resized(
                    toHeight: new, width: old)
                #expect(resized.height == new && resized.width == old)
                expectClose(
                    resized.values, Array(repeating: 0.625, count: new * old), tolerance: 1e-6,
                    "\(old) to \(new)")
            }
        }
    }

    /// Each old number has its share in the new ones.
    @Test func meansStayWhereAPlaneIsReduced() {
        for old in Self.sizes {
            for new in Self.sizes where new <= old {
                let plane = Plane.random(height: old, width: 64, seed: 5)
                let resized = plane.resized(toHeight: new, width: new)
                expectClose(resized.average, plane.average, tolerance: 1e-6, "\(old)×64 to \(new)×\(new)")
            }
        }
    }

    @Test func wholeBlocksBecomeTheirMeans() {
        let plane = Plane.random(height: 12, width: 20, seed: 6)
        let resized = plane.resized(toHeight: 4, width: 5)
        let expected = (0..<20).map { place in
            (0..<12).reduce(0.0) { sum, inside in
                sum + Double(plane[place / 5 * 3 + inside / 4, place % 5 * 4 + inside % 4])
            } / 12
        }
        expectClose(resized.values, expected, tolerance: 1e-6, "Means of blocks of 3×4")
    }

    @Test func betweenOldNumbersNewOnesLieOnALine() {
        let ramp = Plane(height: 1, width: 8, values: (0..<8).map(Float.init))
        let resized = ramp.resized(toHeight: 3, width: 16)
        let row = (0..<16).map { min(max((Double($0) + 0.5) / 2 - 0.5, 0), 7) }
        expectClose(resized.values, row + row + row, tolerance: 1e-6, "A ramp, enlarged")
    }

    @Test func theSameSizeIsTheSamePlane() {
        let plane = Plane.random(height: 9, width: 13, seed: 7)
        #expect(plane.resized(toHeight: 9, width: 13) == plane)
        #expect(plane.resized(toHeight: 9, width: 30).resized(toHeight: 9, width: 30).height == 9)
    }

    @Test func anEmptyPlaneBecomesZeros() {
        #expect(Plane(height: 0, width: 3).resized(toHeight: 2, width: 2) == Plane(height: 2, width: 2))
        #expect(Plane.random(height: 3, width: 3, seed: 1).resized(toHeight: 0, width: 4).values.isEmpty)
    }

    @Test func blocksHaveTheirLargestNumber() {
        let plane = Plane.random(height: 10, width: 7, seed: 8)
        for side in [1, 2, 3, 4, 20] {
            let reduced = plane.blockMaximum(side: side)
            #expect(reduced.height == (10 + side - 1) / side && reduced.width == (7 + side - 1) / side)
            for row in 0..<reduced.height {
                for column in 0..<reduced.width {
                    let block = (row * side..<min(10, (row + 1) * side)).flatMap { y in
                        (column * side..<min(7, (column + 1) * side)).map { plane[y, $0] }
                    }
                    #expect(reduced[row, column] == block.max()!)
                }
            }
        }
    }

    @Test func channelsAreReadAndResizedAtOnce() {
        let image = Image(height: 11, width: 9, channels: 3, pixels: (0..<297).map { UInt8($0 * 37 % 256) })
        let channels = Plane.channels(of: image)
        #expect(channels.count == 3)
        for (number, channel) in channels.enumerated() {
            for row in 0..<11 {
                for column in 0..<9 {
                    #expect(channel[row, column] == Float(image[row, column, number]) / 255)
                }
            }
            for (height, width) in [(5, 4), (11, 20), (30, 9), (11, 9)] {
                #expect(
                    Plane(image, channel: number, height: height, width: width)
                        == channel.resized(toHeight: height, width: width))
            }
        }
    }
}
