import DigitRecognition
import Foundation
import NetworkTestSupport
import TestSupport
import Testing

/// L2 normalisation against Keras's `normalize`: see Utilities/ReferenceImplementations/README.md.
struct NormalizationGoldenTests {
    @Test(arguments: [1, 2])
    func l2IsThatOfKeras(axis: Int) throws {
        let golden = try GoldenFile("normalize", in: .module)
        let shape = try golden.shape(of: "input")
        let images = ImageCollection(
            height: shape[1], width: shape[2], bytes: try golden.bytes("input")[...])
        let expected = try golden.floats("axis\(axis).output")
        let actual = images.flatMap { Normalization.l2(axis: axis)($0) }
        #expect(images.count == 4 && actual.count == expected.count)
        // The quotient of two roundings to float32: at most three units in the last place.
        expectClose(actual, expected, within: { 3 * expected[$0].ulp }, "axis \(axis)")
    }
}
