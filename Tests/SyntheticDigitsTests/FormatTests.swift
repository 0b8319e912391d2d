import SyntheticDigits
import Testing

/// The rules by which the pictures of MNIST were made, and how much ink they hold.
@Suite struct FormatTests {
    private let count = 3000
    private let pixels = DigitGenerator(seed: 3).digits(count: 3000, threads: 2).pixels

    @Test func theInkFillsABoxOfTwentyPixels() {
        for index in 0..<count {
            let inked = inkedPixels(index)
            let height = extent(inked.map { $0 / 28 })
            let width = extent(inked.map { $0 % 28 })
            #expect(max(height, width) == 20, "Picture \(index) is \(height)×\(width).")
            // So much that no proportions are lost: the thinnest pen alone is wider than a pixel.
            #expect(min(height, width) >= 2, "Picture \(index) is \(height)×\(width).")
        }
    }

    @Test func theCentreOfMassIsInTheMiddle() {
        var moved = 0
        for index in 0..<count {
            let inked = inkedPixels(index)
            for places in [inked.map { ($0 / 28, $0) }, inked.map { ($0 % 28, $0) }] {
                var mass = 0.0
                var moment = 0.0
                for (place, pixel) in places {
                    let ink = Double(pixels[index * 784 + pixel])
                    mass += ink
                    moment += ink * Double(place)
                }
                let center = moment / mass
                // Half a pixel, by rounding; more where the box would leave the picture.
                if abs(center - 14) > 0.5001 { moved += 1 }
                #expect(abs(center - 14) < 2, "Picture \(index) has its centre of mass at \(center).")
            }
        }
        #expect(moved < count / 100, "\(moved) pictures are not centred.")
    }

    @Test func paperIsBlankAndInkIsDark() {
        let bytes = Double(pixels.count)
        let blank = Double(pixels.count { $0 == 0 }) / bytes
        let dark = Double(pixels.count { $0 >= 250 }) / bytes
        let mean = pixels.reduce(0.0) { $0 + Double($1) } / bytes
        // MNIST: 80.9 %, 7.4 % and 33.3.
        #expect(0.77...0.84 ~= blank, "\(blank) of the pixels are blank.")
        #expect(0.055...0.095 ~= dark, "\(dark) of the pixels are dark.")
        #expect(29...38 ~= mean, "The mean byte is \(mean).")
    }

    @Test func everyImageHasInk() {
        for index in 0..<count {
            #expect(pixels[index * 784..<(index + 1) * 784].max()! >= 150)
        }
    }

    private func inkedPixels(_ index: Int) -> [Int] {
        (0..<784).filter { pixels[index * 784 + $0] > 0 }
    }

    private func extent(_ places: [Int]) -> Int { places.max()! - places.min()! + 1 }
}
