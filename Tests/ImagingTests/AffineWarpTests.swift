import AllocationCounter
import Foundation
import Imaging
import Testing

@Suite struct AffineWarpTests {
    /// A case of scipy's: see Utilities/ReferenceImplementations/golden_warps.py.
    struct Golden: Decodable, CustomTestStringConvertible {
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

        static let all: [Golden] = {
            do {
                let url = try #require(
                    Bundle.module.url(forResource: "warps", withExtension: "json", subdirectory: "Golden"))
                let decoder = JSONDecoder()
                decoder.keyDecodingStrategy = .convertFromSnakeCase
                return try decoder.decode([Golden].self, from: Data(contentsOf: url))
            } catch {
                fatalError("The golden values cannot be read: \(error)")
            }
        }()
    }

    @Test(arguments: Golden.all) func pixelsAreThoseOfScipy(golden: Golden) {
        let pixels = golden.warp.applied(to: golden.pixels, height: golden.height, width: golden.width)
        #expect(pixels.count == golden.result.count)
        for (index, (pixel, expected)) in zip(pixels, golden.result).enumerated() {
            // A byte is half a unit off. Places are computed in Float: their last bits at 10 pixels are 1e-6, and a
            // step between neighbours may be 255.
            #expect(abs(Double(pixel) - expected) <= 0.502, "pixel \(index): \(pixel), expected \(expected)")
        }
    }

    @Test func goldenCasesAreThere() {
        #expect(Golden.all.count == 60)
        #expect(Set(Golden.all.map(\.warp)).count == 15)
    }

    @Test func nothingChangesWithoutSettings() {
        let pixels = (0..<28 * 28).map { UInt8($0 % 256) }
        #expect(AffineWarp().applied(to: pixels, height: 28, width: 28) == pixels)
    }

    @Test func aQuarterTurnIsCounterClockwise() {
        let pixels: [UInt8] = [
            1, 2, 3,
            4, 5, 6,
            7, 8, 9,
        ]
        #expect(
            AffineWarp(rotation: 90).applied(to: pixels, height: 3, width: 3) == [
                3, 6, 9,
                2, 5, 8,
                1, 4, 7,
            ])
    }

    @Test func whatIsShiftedOutIsGoneAndWhatComesInIsBlank() {
        let pixels: [UInt8] = [10, 20, 30, 40]
        #expect(AffineWarp(shiftRight: 1).applied(to: pixels, height: 2, width: 2) == [0, 10, 0, 30])
        #expect(AffineWarp(shiftDown: -1).applied(to: pixels, height: 2, width: 2) == [30, 40, 0, 0])
        #expect(AffineWarp(shiftRight: 0.5).applied(to: pixels, height: 2, width: 2) == [5, 15, 15, 35])
    }

    @Test func uprightStrokesLeanToTheRight() {
        let upright: [UInt8] = [
            0, 0, 9, 0, 0,
            0, 0, 9, 0, 0,
            0, 0, 9, 0, 0,
        ]
        #expect(
            AffineWarp(shear: 45).applied(to: upright, height: 3, width: 5) == [
                0, 0, 0, 9, 0,
                0, 0, 9, 0, 0,
                0, 9, 0, 0, 0,
            ])
    }

    /// Numbers beyond Float's range must not become places outside of the picture.
    @Test(arguments: [
        AffineWarp(shiftRight: 1e300), AffineWarp(rotation: 1e17, shiftDown: -1e300),
        AffineWarp(horizontalScale: 1e-300), AffineWarp(verticalScale: 1e300),
        AffineWarp(shear: 89.999_999_999),
        AffineWarp(rotation: 45, shear: -89.999_999_999, shiftRight: 1e300),
    ])
    func enormousSettingsStayInsideOfThePicture(warp: AffineWarp) {
        for (height, width) in [(5, 5), (4, 6)] {
            let pixels = [UInt8](repeating: 200, count: height * width)
            let result = warp.applied(to: pixels, height: height, width: width)
            #expect(result.allSatisfy { $0 <= 200 })
        }
    }

    @Test func aPictureWithoutPixelsStaysSo() {
        #expect(AffineWarp(rotation: 7).applied(to: [], height: 0, width: 0) == [])
    }

    @Test(.enabled(if: allocation_counter_works(), "The C library's allocator cannot be counted here."))
    func aDigitIsWarpedWithoutAnAllocation() {
        let source = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 784)
        let result = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 784)
        defer {
            source.deallocate()
            result.deallocate()
        }
        source.initialize(repeating: 100)
        let warp = AffineWarp(rotation: 10, shear: 5)
        var allocations = 0
        withUnsafeMutablePointer(to: &allocations) { counter in
            allocation_counter_set(counter)
            warp.apply(to: UnsafeBufferPointer(source), height: 28, width: 28, into: result)
            allocation_counter_set(nil)
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
            _ = AffineWarp().applied(to: [1, 2, 3], height: 2, width: 2)
        }
    }
}
