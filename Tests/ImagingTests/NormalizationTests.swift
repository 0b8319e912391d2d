import Foundation
import Imaging
import Testing

@Suite struct NormalizationTests {
    /// Columns of length 5, 0 and 13, rows of length sqrt(3² + 5²), sqrt(4² + 12²) and 0.
    private let image = Image(height: 3, width: 3, pixels: [3, 0, 5, 4, 0, 12, 0, 0, 0])

    @Test func l2OverAxis1DividesColumnsByTheirLength() {
        let expected: [Float] = [0.6, 0, 5.0 / 13, 0.8, 0, 12.0 / 13, 0, 0, 0]
        #expect(Normalization.l2(axis: 1)(image) == expected)
    }

    @Test func l2OverAxis2DividesRowsByTheirLength() {
        let (first, second) = (Float(34).squareRoot(), Float(160).squareRoot())
        let expected: [Float] = [3 / first, 0, 5 / first, 4 / second, 0, 12 / second, 0, 0, 0]
        #expect(Normalization.l2(axis: 2)(image) == expected)
    }

    @Test func negativeAxesCountFromTheEnd() {
        #expect(Normalization.l2(axis: -1)(image) == Normalization.l2(axis: 2)(image))
        #expect(Normalization.l2(axis: -2)(image) == Normalization.l2(axis: 1)(image))
    }

    @Test func imagesNeedNotBeSquare() {
        let wide = Image(height: 1, width: 4, pixels: [2, 0, 0, 255])
        #expect(Normalization.l2(axis: 1)(wide) == [1, 0, 0, 1])
        let tall = Image(height: 4, width: 1, pixels: [2, 0, 0, 255])
        #expect(Normalization.l2(axis: 2)(tall) == [1, 0, 0, 1])
    }

    @Test func unitRangeDividesBy255() {
        let pixels = Image(height: 1, width: 3, pixels: [0, 51, 255])
        #expect(Normalization.unitRange(pixels) == [0, 0.2, 1])
    }

    @Test func standardizedSubtractsAndDivides() {
        let pixels = Image(height: 1, width: 3, pixels: [0, 51, 255])
        let expected: [Float] = [-2, (0.2 - 0.5) / 0.25, 2]
        #expect(Normalization.standardized(mean: 0.5, standardDeviation: 0.25)(pixels) == expected)
        #expect(Normalization.standardized(pixels)[0] == Float(-0.1307) / Float(0.3081))
    }

    @Test func noneKeepsTheBytes() {
        #expect(Normalization.none(image) == [3, 0, 5, 4, 0, 12, 0, 0, 0])
    }

    /// Figures of `Utilities/ReferenceImplementations/normalization.py`.
    @Test(arguments: KerasNormalization.cases)
    func figuresAreThoseOfKeras(golden: KerasNormalization) {
        let pixels: [UInt8] = (0..<golden.height * golden.width).map { index in
            index % 5 == 0 ? UInt8(0) : UInt8(truncatingIfNeeded: index * 37 + 11)
        }
        let image = Image(height: golden.height, width: golden.width, pixels: pixels)
        let figures = Normalization.l2(axis: golden.axis)(image)
        for (index, expected) in golden.figures {
            // Keras divides in double precision and rounds once; here the length is rounded before it divides.
            #expect(abs(figures[index] - expected) <= expected.ulp, "element \(index)")
        }
    }

    // MARK: Text and JSON

    @Test(arguments: [
        ("l2", Normalization.l2(axis: 1)), ("l2(axis:2)", .l2(axis: 2)), ("l2(axis:-1)", .l2(axis: -1)),
        ("unit-range", .unitRange), ("standardized", .standardized), ("none", .none),
        ("standardized(mean:0.5,standardDeviation:0.25)", .standardized(mean: 0.5, standardDeviation: 0.25)),
    ])
    func textIsReadAndWritten(text: String, normalization: Normalization) {
        #expect(Normalization(text) == normalization)
        #expect(normalization.description == text)
    }

    @Test func everyFormThatIsOfferedIsRead() {
        for form in Normalization.textForms { #expect(Normalization(form)?.description == form) }
        #expect(Normalization("l2(axis: 1)") == .l2(axis: 1))
    }

    @Test(arguments: [
        "", "L3", "l2(axis:0)", "l2(axis:3)", "l2(axis:)", "l2(axis:99999999999999999999)", "unit",
        "l2 or none",
        "standardized(mean:a,standardDeviation:1)", "standardized(mean:0,standardDeviation:0)",
        "standardized(mean:0,standardDeviation:-1)", "standardized(mean:nan,standardDeviation:1)",
        "standardized(mean:0,standardDeviation:inf)",
    ])
    func otherTextIsRefused(text: String) {
        #expect(Normalization(text) == nil)
    }

    @Test(arguments: [
        (Normalization.l2(axis: 1), #""l2""#), (.l2(axis: 2), #""l2(axis:2)""#),
        (.unitRange, #""unit-range""#),
        (.standardized(mean: 0.1, standardDeviation: 3), #""standardized(mean:0.1,standardDeviation:3.0)""#),
    ])
    func jsonIsItsText(normalization: Normalization, json: String) throws {
        #expect(String(decoding: try JSONEncoder().encode(normalization), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(Normalization.self, from: Data(json.utf8)) == normalization)
    }

    @Test(arguments: ["{}", "2", #""l3""#, #""l2(axis:0)""#, #""standardized(mean:0,standardDeviation:0)""#])
    func otherJSONIsRefused(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Normalization.self, from: Data(json.utf8))
        }
    }

    /// Images that are no bytes any more are normalised as bytes are.
    @Test(arguments: [
        Normalization.l2(axis: 1), .l2(axis: 2), .l2(axis: -1), .unitRange, .standardized, .none,
    ])
    func floatsInPlaceBecomeWhatBytesBecome(normalization: Normalization) {
        let image = Image(
            height: 5, width: 4, pixels: (0..<20).map { $0 % 4 == 2 ? 0 : UInt8($0 * 13 % 256) })
        var floats = image.pixels.map(Float.init)
        floats.withUnsafeMutableBufferPointer {
            normalization.applyInPlace(to: $0.baseAddress!, shape: image.shape)
        }
        for (value, expected) in zip(floats, normalization(image)) {
            #expect(abs(value - expected) <= 1e-6 * max(1, abs(expected)))
        }
        let affine = normalization.affine
        #expect((affine == nil) == "\(normalization)".hasPrefix("l2"))
    }

    /// Ink fainter than a byte's is not made as strong as ink.
    @Test func faintInkBetweenBytesStaysFaint() {
        var floats: [Float] = [0.25, 0]
        floats.withUnsafeMutableBufferPointer {
            Normalization.l2(axis: 1).applyInPlace(
                to: $0.baseAddress!, shape: ImageShape(height: 2, width: 1))
        }
        #expect(floats == [0.25, 0])
    }
}

@Suite struct FloatNormalizationTests {
    private static func normalized(
        _ floats: [Float], _ shape: ImageShape, by normalization: Normalization
    ) -> [Float] {
        var result = [Float](repeating: .nan, count: shape.count)
        var destination = result.mutableSpan
        normalization.normalize(floats.span, shape: shape, into: &destination)
        return result
    }

    @Test(
        arguments: [
            Normalization.l2(axis: 1), .l2(axis: 2), .unitRange, .standardized, .none,
        ])
    func wholeNumbersGiveTheBitsOfTheirBytes(_ normalization: Normalization) {
        let shape = ImageShape(height: 28, width: 28, channels: 2)
        // Column 3 stays empty.
        let pixels = (0..<shape.count).map { (place: Int) -> UInt8 in
            let column = place % 56 / 2
            return column == 3 ? 0 : UInt8(place * 7919 % 256)
        }
        let expected = normalization(Image(shape: shape, pixels: pixels))
        #expect(Self.normalized(pixels.map { Float($0) }, shape, by: normalization) == expected)
    }
}
