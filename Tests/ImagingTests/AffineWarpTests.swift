import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct AffineWarpTests {
    /// A case of scipy's: see Utilities/ReferenceImplementations/golden_warps.py.
    struct Case: Decodable, CustomTestStringConvertible {
        let height: Int
        let width: Int
        let rotation: Double?
        let horizontalScale: Double?
        let verticalScale: Double?
        let shear: Double?
        let shiftRight: Double?
        let shiftDown: Double?
        let pixels: [UInt8]
        /// Before rounding.
        let result: [Double]

        var warp: AffineWarp {
            AffineWarp(
                rotation: rotation ?? 0, horizontalScale: horizontalScale ?? 1,
                verticalScale: verticalScale ?? 1, shear: shear ?? 0, shiftRight: shiftRight ?? 0,
                shiftDown: shiftDown ?? 0)
        }

        var testDescription: String { "\(height)×\(width) \(warp)" }

        static let all: [Case] = Golden.values("warps.json", in: .module)
    }

    @Test(arguments: Case.all) func pixelsAreThoseOfScipy(golden: Case) {
        let image = Image(height: golden.height, width: golden.width, pixels: golden.pixels)
        let pixels = golden.warp.applied(to: image).pixels
        #expect(pixels.count == golden.result.count)
        for (index, (pixel, expected)) in zip(pixels, golden.result).enumerated() {
            // A byte is half a unit off. Places are computed in Float: their last bits at 10 pixels are 1e-6, and a
            // step between neighbours may be 255.
            #expect(abs(Double(pixel) - expected) <= 0.502, "pixel \(index): \(pixel), expected \(expected)")
        }
    }

    @Test func goldenCasesAreThere() {
        #expect(Case.all.count == 60)
        #expect(Set(Case.all.map(\.warp)).count == 15)
    }

    @Test func nothingChangesWithoutSettings() {
        let image = Image(height: 28, width: 28, pixels: (0..<28 * 28).map { UInt8($0 % 256) })
        #expect(AffineWarp().applied(to: image) == image)
    }

    @Test func aQuarterTurnIsCounterClockwise() {
        let image = Image(
            height: 3, width: 3,
            pixels: [
                1, 2, 3,
                4, 5, 6,
                7, 8, 9,
            ])
        #expect(
            AffineWarp(rotation: 90).applied(to: image).pixels == [
                3, 6, 9,
                2, 5, 8,
                1, 4, 7,
            ])
    }

    @Test func whatIsShiftedOutIsGoneAndWhatComesInIsBlank() {
        let image = Image(height: 2, width: 2, pixels: [10, 20, 30, 40])
        #expect(AffineWarp(shiftRight: 1).applied(to: image).pixels == [0, 10, 0, 30])
        #expect(AffineWarp(shiftDown: -1).applied(to: image).pixels == [30, 40, 0, 0])
        #expect(AffineWarp(shiftRight: 0.5).applied(to: image).pixels == [5, 15, 15, 35])
    }

    @Test func uprightStrokesLeanToTheRight() {
        let upright = Image(
            height: 3, width: 5,
            pixels: [
                0, 0, 9, 0, 0,
                0, 0, 9, 0, 0,
                0, 0, 9, 0, 0,
            ])
        #expect(
            AffineWarp(shear: 45).applied(to: upright).pixels == [
                0, 0, 0, 9, 0,
                0, 0, 9, 0, 0,
                0, 9, 0, 0, 0,
            ])
    }

    /// Numbers beyond Float's range must not become places outside of the image.
    @Test(arguments: [
        AffineWarp(shiftRight: 1e300), AffineWarp(rotation: 1e17, shiftDown: -1e300),
        AffineWarp(horizontalScale: 1e-300), AffineWarp(verticalScale: 1e300),
        AffineWarp(shear: 89.999_999_999),
        AffineWarp(rotation: 45, shear: -89.999_999_999, shiftRight: 1e300),
    ])
    func enormousSettingsStayInsideOfTheImage(warp: AffineWarp) {
        for (height, width) in [(5, 5), (4, 6)] {
            let image = Image(
                height: height, width: width, pixels: Array(repeating: 200, count: height * width))
            #expect(warp.applied(to: image).pixels.allSatisfy { $0 <= 200 })
        }
    }

    @Test func anImageWithoutPixelsStaysSo() {
        #expect(AffineWarp(rotation: 7).applied(to: Image(height: 0, width: 0, pixels: [])).pixels == [])
    }

    @Test(.enabled(if: AllocationCount.works, AllocationCount.skipped))
    func aDigitIsWarpedWithoutAnAllocation() {
        let source = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 784)
        let result = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 784)
        defer {
            source.deallocate()
            result.deallocate()
        }
        source.initialize(repeating: 100)
        let warp = AffineWarp(rotation: 10, shear: 5)
        let shape = ImageShape(height: 28, width: 28)
        let allocations = AllocationCount.during {
            warp.apply(to: UnsafeBufferPointer(source), shape: shape, into: result)
        }
        #expect(allocations == 0)
        #expect(result[14 * 28 + 14] == 100)
    }

    @Test func impossibleSettingsAreAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = AffineWarp(horizontalScale: 0) }
        await #expect(processExitsWith: .failure) { _ = AffineWarp(verticalScale: -1) }
        await #expect(processExitsWith: .failure) { _ = AffineWarp(rotation: .nan) }
        await #expect(processExitsWith: .failure) { _ = AffineWarp(shear: 90) }
        await #expect(processExitsWith: .failure) {
            [UInt8](repeating: 0, count: 3).withUnsafeBufferPointer { pixels in
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3) {
                    AffineWarp().apply(to: pixels, shape: ImageShape(height: 2, width: 2), into: $0)
                }
            }
        }
    }
}
