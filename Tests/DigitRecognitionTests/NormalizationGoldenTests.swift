import DigitRecognition
import Foundation
import Testing

/// L2 normalisation against Keras's `normalize`: see Utilities/ReferenceImplementations/README.md.
struct NormalizationGoldenTests {
    @Test(arguments: [1, 2])
    func l2IsThatOfKeras(axis: Int) throws {
        let url = try #require(
            Bundle.module.url(forResource: "normalize", withExtension: "safetensors", subdirectory: "Golden"))
        let golden = try SafetensorsFile(contentsOf: url.path)
        let shape = try golden.tensor("input").shape
        let images = ImageCollection(
            height: shape[1], width: shape[2], bytes: try golden.bytes(of: "input")[...])
        let expected = try golden.floats(of: "axis\(axis).output")
        let actual = images.flatMap { Normalization.l2(axis: axis)($0) }
        #expect(images.count == 4 && actual.count == expected.count)
        for (index, (a, b)) in zip(actual, expected).enumerated() {
            // The quotient of two roundings to float32: at most three units in the last place.
            #expect(abs(a - b) <= 3 * b.ulp, "[\(index)] is \(a), expected \(b)")
        }
    }
}
