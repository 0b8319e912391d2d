package import Datasets
import Imaging

/// Pictures that are easily told apart: class `c` has a square of ink at a place of its own, on faint noise.
package func drawnDigits(_ count: Int, size: Int = 28, seed: UInt64 = 1) throws -> LabeledImages {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func noise(below limit: UInt64) -> UInt8 {
        // George Marsaglia, "Xorshift RNGs", 2003.
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt8(state % limit)
    }
    var bytes: [UInt8] = []
    let labels = (0..<count).map { $0 % 10 }
    for label in labels {
        let top = label / 4 * size / 4 + 2
        let left = label % 4 * size / 4 + 1
        for pixel in 0..<size * size {
            let isInk =
                (top..<top + size / 5).contains(pixel / size)
                && (left..<left + size / 5).contains(pixel % size)
            bytes.append(isInk ? 255 - noise(below: 100) : noise(below: 30))
        }
    }
    return try LabeledImages(
        images: ImageCollection(height: size, width: size, bytes: bytes[...]), labels: labels)
}
