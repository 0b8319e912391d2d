import Assessment
import DataTestSupport
import DigitRecognition
import Foundation
import TestSupport
import Testing

/// Corrupted images, against numpy, scipy and scikit-image.
struct CommonCorruptionTests {
    /// See Utilities/ReferenceImplementations/golden_corruptions.py.
    struct Golden: Decodable {
        struct Case: Decodable {
            let place: Int
            let pixels: String
            let results: [String: String]

            var image: Image { Image(shape: CommonCorruption.shape, pixels: bytes(pixels)) }
        }

        let images: [Case]

        static let all: Golden = TestSupport.Golden.values("corruptions.json", in: .module)
    }

    @Test(arguments: CommonCorruption.allCases) func pixelsAreThoseOfScipy(corruption: CommonCorruption)
        throws
    {
        #expect(Golden.all.images.count == 4)
        for golden in Golden.all.images {
            let pixels = corruption.applied(to: golden.image, place: golden.place).pixels
            let expected = bytes(try #require(golden.results[corruption.rawValue]))
            let differences = zip(pixels, expected).filter { $0 != $1 }
            // Float rounds another way than float64 where a pixel is half way between two bytes.
            #expect(
                differences.count <= 2,
                "\(corruption) of \(golden.place): \(differences)")
            #expect(
                differences.allSatisfy { abs(Int($0) - Int($1)) <= 1 }, "\(corruption) of \(golden.place)")
        }
    }

    @Test func namesAreThoseOfThePublishedSet() {
        #expect(
            CommonCorruption.allCases.map(\.rawValue) == [
                "shot_noise", "impulse_noise", "glass_blur", "motion_blur", "shear", "scale", "rotate",
                "brightness", "translate", "stripe", "fog", "spatter", "dotted_line", "zigzag", "canny_edges",
            ])
        #expect(CommonCorruption.glassBlur.name == "Glass blur")
        #expect(CommonCorruption.cannyEdges.name == "Canny edges")
        #expect(CommonCorruption.fog.name == "Fog")
    }

    @Test func shotNoiseIsPoissonsDistribution() {
        for byte in [0, 40, 150, 255] as [UInt8] {
            let image = Image(shape: CommonCorruption.shape, pixels: .init(repeating: byte, count: 784))
            let pixels = (0..<30).flatMap { CommonCorruption.shotNoise.applied(to: image, place: $0).pixels }
            let mean = 3 * Double(byte) / 255
            let zero = exp(-mean)
            let chances = [zero, zero * mean, zero * mean * mean / 2]
            for (photons, chance) in (chances + [1 - chances.reduce(0, +)]).enumerated() {
                let share = Double(pixels.count { $0 == photons * 85 }) / Double(pixels.count)
                let deviation = (chance * (1 - chance) / Double(pixels.count)).squareRoot()
                #expect(
                    abs(share - chance) <= 4 * deviation, "\(photons) photons of \(byte): \(share), \(chance)"
                )
            }
        }
    }

    @Test func whatIsRandomFollowsFromThePlace() throws {
        let image = try drawnDigits(1).images[0]
        let isRandom = CommonCorruption.allCases.filter { corruption in
            let results = (0..<8).map { corruption.applied(to: image, place: $0) }
            #expect(results == (0..<8).map { corruption.applied(to: image, place: $0) })
            return Set(results).count > 1
        }
        let fixed: Set<CommonCorruption> = [.scale, .brightness, .stripe, .cannyEdges]
        #expect(Set(isRandom) == Set(CommonCorruption.allCases).subtracting(fixed))
    }

    @Test func anImageOfAnotherSizeIsAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) {
            let image = Image(height: 20, width: 20, pixels: .init(repeating: 0, count: 400))
            _ = CommonCorruption.fog.applied(to: image, place: 0)
        }
    }
}

/// The bytes that hexadecimal digits stand for.
private func bytes(_ digits: String) -> [UInt8] {
    let values = digits.utf8.map { UInt8(Character(UnicodeScalar($0)).hexDigitValue!) }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}
