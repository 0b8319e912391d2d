import Imaging
import Testing

@Suite struct ReducedImageTests {
    @Test func reducingKeepsTheMean() {
        // 28 → 14 averages blocks of 2×2.
        let pixels = (0..<28 * 28).map { UInt8($0 % 2 == 0 ? 200 : 100) }
        let reduced = Image(height: 28, width: 28, pixels: pixels).reduced(toWidth: 14)
        #expect(reduced.height == 14)
        #expect(Set(reduced.pixels) == [150])
    }

    @Test func reducingByAFractionWeighsPartsOfPixels() {
        // Three pixels on two: each new one covers one and a half.
        let image = Image(height: 1, width: 3, pixels: [0, 90, 240])
        #expect(image.reduced(toWidth: 2).pixels == [30, 190])
    }

    @Test func reducingToALargerWidthChangesNothing() {
        let full = Image(height: 4, width: 9, pixels: Array(repeating: 255, count: 36))
        #expect(full.reduced(toWidth: 9) == full)
        #expect(full.reduced(toWidth: 20) == full)
    }
}
