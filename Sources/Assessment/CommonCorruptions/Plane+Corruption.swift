import Imaging
import PictureReading

extension Plane {
    /// The bytes of an image of `CommonCorruption.shape` as shares of full ink.
    init(digit pixels: UnsafeBufferPointer<UInt8>) {
        self.init(
            height: CommonCorruption.shape.height, width: CommonCorruption.shape.width,
            values: pixels.map { Float($0) / 255 })
    }

    /// Writes the plane as bytes, cut off at no and at full ink.
    func write(into destination: UnsafeMutableBufferPointer<UInt8>) {
        for index in values.indices {
            destination[index] = Self.byte(values[index])
        }
    }
}
