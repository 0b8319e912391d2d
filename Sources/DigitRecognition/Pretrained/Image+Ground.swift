import Imaging
import NeuralNetworks

extension Image {
    /// The least difference between ground and ink: an eighth of full ink.
    private static let leastContrast: UInt8 = 32

    /// Why a network that reads light ink on a dark ground finds nothing here, by the ground alone; nil where it may find something.
    /// - Parameter sample: The image's number, for the error.
    func fault(asSample sample: Int) -> InputError? {
        var (darkest, lightest) = (UInt8.max, UInt8.min)
        // A plain loop becomes vector instructions.
        pixels.withUnsafeBufferPointer { pixels in
            for pixel in pixels {
                darkest = min(darkest, pixel)
                lightest = max(lightest, pixel)
            }
        }
        guard lightest >= darkest, lightest - darkest >= Self.leastContrast else {
            return .blank(sample: sample)
        }
        let middle = darkest + (lightest - darkest) / 2
        return lightShareOfEdge(above: middle) > 0.5 ? .darkOnLight(sample: sample) : nil
    }

    /// The share of the bytes along the four edges that are lighter.
    private func lightShareOfEdge(above limit: UInt8) -> Double {
        let rowSize = width * channels
        var (light, count) = (0, 0)
        func add(_ range: Range<Int>) {
            for index in range where pixels[index] > limit { light += 1 }
            count += range.count
        }
        for row in 0..<height {
            let start = row * rowSize
            if row == 0 || row == height - 1 {
                add(start..<start + rowSize)
            } else {
                add(start..<start + channels)
                add(start + rowSize - channels..<start + rowSize)
            }
        }
        return Double(light) / Double(count)
    }
}
