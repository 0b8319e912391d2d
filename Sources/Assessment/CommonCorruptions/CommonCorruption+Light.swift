import Compute
import Imaging
import PictureReading

extension CommonCorruption {
    /// Adds half of full ink.
    static func brighten(
        _ pixels: UnsafeBufferPointer<UInt8>, into destination: UnsafeMutableBufferPointer<UInt8>
    ) {
        // 127.5, rounded up.
        for index in pixels.indices { destination[index] = UInt8(min(Int(pixels[index]) + 128, 255)) }
    }

    /// Inverts the columns 0 to 6 and 21 to 27.
    static func stripe(
        _ pixels: UnsafeBufferPointer<UInt8>, into destination: UnsafeMutableBufferPointer<UInt8>
    ) {
        let (width, quarter) = (shape.width, shape.width / 4)
        for index in pixels.indices {
            let isInside = (quarter..<width - quarter).contains(index % width)
            destination[index] = isInside ? pixels[index] : 255 - pixels[index]
        }
    }

    /// Adds a cloud of three times full ink, and scales the sum so that the maximum would stay as it is.
    static func fogged(_ ink: Plane, _ random: CounterBasedRandom) -> Plane {
        let density: Float = 3
        let cloud = PlasmaFractal(random)
        let largest = ink.values.max() ?? 0
        let scale = largest / (largest + density)
        var result = ink
        for row in 0..<ink.height {
            for column in 0..<ink.width {
                result[row, column] = (ink[row, column] + density * cloud[row, column]) * scale
            }
        }
        return result
    }
}
