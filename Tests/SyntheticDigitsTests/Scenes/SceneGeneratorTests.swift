import Imaging
import SyntheticDigits
import TestSupport
import Testing

@Suite struct SceneGeneratorTests {
    private let generator = DrawnScenes.generator()

    // MARK: Reproducible

    @Test(arguments: [1, 2, 3, 8])
    func scenesAreTheSameForAnyNumberOfThreads(threads: Int) {
        #expect(generator.scenes(5..<65, threads: threads) == (5..<65).map { generator.scene($0) })
        #expect(generator.negatives(5..<65, threads: threads) == (5..<65).map { generator.negative($0) })
    }

    @Test func seedsStreamsAndNegativesDrawDifferentPictures() {
        let others = [
            DrawnScenes.generator(seed: 12), SceneGenerator(seed: 11, stream: 1, digits: DrawnScenes.digits),
        ]
        let first = Set((0..<50).map { generator.scene($0).image })
        #expect(first.count == 50, "No picture comes twice.")
        for other in others { #expect(first.isDisjoint(with: (0..<50).map { other.scene($0).image })) }
        let negatives = Set((0..<50).map { generator.negative($0).image })
        #expect(negatives.count == 50 && first.isDisjoint(with: negatives))
        #expect(negatives.isDisjoint(with: (0..<50).map { others[1].negative($0).image }))
    }

    /// The bytes of one scene of each style; whoever changes scenes on purpose puts the new numbers here.
    @Test func theBytesAreThoseThatWereDrawnBefore() {
        let images = SceneStyle.allCases.map { DrawnScenes.generator(.only($0)).scene(3).image }
        expectIdentical(images.map(\.hash), Self.hashes, "The hashes of the styles' images")
        expectIdentical(
            [generator.negative(3).image.hash], [308_092_761_846_491_056], "The hash of a negative")
    }

    private static let hashes: [UInt64] = [
        0x0B93_5B40_D1DF_7159, 0xF73C_3C79_59CE_390C, 0x0493_72A9_A390_0640, 0x911C_9AE2_3DA6_E875,
        0x5178_8689_A1B6_B41F, 0x045A_C76B_850F_0C3E, 0x2AF1_53A3_0AFF_A4C2, 0x5333_B558_EFF8_1B06,
        0xA09B_717C_8E91_32D5, 0xD9C9_44DD_8113_8226, 0x69FE_149B_92EB_DE86,
    ]

    // MARK: What is drawn

    @Test func everyStyleAndEveryKindOfNegativeIsDrawn() {
        #expect(Set((0..<1000).map { generator.style($0) }) == Set(SceneStyle.allCases))
        #expect(Set((0..<500).map { generator.negativeKind($0) }) == Set(NegativeKind.allCases))
        let strips = DrawnScenes.generator(.only(.strip))
        #expect((0..<20).allSatisfy { strips.style($0) == .strip })
    }

    @Test func scenesCanBeDrawnWithoutImagesOfDigits() {
        let generator = SceneGenerator(seed: 1, heights: 12...40)
        #expect(generator.scenes(0..<60, threads: 2).allSatisfy { !$0.digits.isEmpty })
    }

    @Test func imagesOfADigitAreUsedForThatDigitOnly() {
        // A digit's image is a bar whose width tells which digit it is; no stroke of a pen is as broad as those of 2 to 9.
        let bytes = (0..<10).flatMap { digit in
            (0..<784).map { pixel -> UInt8 in
                4..<24 ~= pixel / 28 && 4..<6 + 2 * digit ~= pixel % 28 ? 255 : 0
            }
        }
        let bars = SceneDigits(
            images: ImageCollection(height: 28, width: 28, bytes: bytes[...]), labels: Array(0..<10))
        let generator = SceneGenerator(seed: 5, mix: .only(.stylus), digits: bars, heights: 60...60)
        var widths = [[Double]](repeating: [], count: 10)
        for scene in generator.scenes(0..<400, threads: 2) {
            for digit in scene.digits where fillsItsBox(digit, scene) {
                widths[digit.value].append(Double(digit.box.width) / Double(digit.box.height))
            }
        }
        let means = widths[2...].map { $0.reduce(0, +) / Double($0.count) }
        #expect(widths[2...].allSatisfy { $0.count > 5 }, "\(widths.map(\.count))")
        #expect(means == means.sorted(), "\(means)")
    }

    /// Whether a digit is a bar rather than strokes.
    private func fillsItsBox(_ digit: Scene.Digit, _ scene: Scene) -> Bool {
        let ink = digit.box.rows.reduce(0) { sum, row in
            sum + digit.box.columns.count { scene.mask[row, $0] > 127 }
        }
        return Double(ink) > 0.8 * Double(digit.box.width * digit.box.height)
    }

    @Test func numbersAreAsLongAsWanted() {
        let generator = SceneGenerator(seed: 3, mix: .numbers, digitCounts: 4...6, heights: 12...30)
        var counts: [Int: Int] = [:]
        for scene in generator.scenes(0..<300, threads: 2) {
            counts[scene.digits.count, default: 0] += 1
        }
        // A stylus writes single digits as well; what is cut off is not counted.
        let wanted = (4...6).map { counts[$0, default: 0] }
        #expect(wanted.reduce(0, +) > 250 && wanted.allSatisfy { $0 > 60 }, "\(counts)")
        #expect(counts.keys.allSatisfy { $0 <= 6 }, "\(counts)")
    }

    @Test func digitsAreAsHighAsWanted() {
        for height: Float in [16, 48, 110] {
            let generator = SceneGenerator(
                seed: 4, mix: [.amount: 1, .strip: 1, .comb: 1, .plainDigit: 1, .boxedDigit: 1, .stylus: 1],
                digits: DrawnScenes.digits, digitCounts: 1...4, heights: height...height)
            let heights = generator.scenes(0..<120, threads: 2).flatMap { scene in
                scene.digits.map { Double($0.box.height) / Double(height) }
            }
            let mean = heights.reduce(0, +) / Double(heights.count)
            // The pen's width comes on top; raised decimals and slanted sevens are lower.
            #expect(0.9...1.2 ~= mean, "Digits of \(height) pixels are \(mean) as high in the mean.")
            #expect(heights.allSatisfy { 0.25...1.9 ~= $0 }, "\(heights.min()!), \(heights.max()!)")
        }
    }

    @Test func allDigitsComeAboutAsOften() {
        let generator = SceneGenerator(seed: 6, mix: [.strip: 1, .plainDigit: 1], heights: 12...20)
        var counts = [Int](repeating: 0, count: 10)
        for digit in generator.scenes(0..<800, threads: 2).flatMap(\.digits) { counts[digit.value] += 1 }
        let mean = counts.reduce(0, +) / 10
        // Zeros come more often: numbers end in them.
        for (digit, count) in counts.enumerated() {
            #expect(
                (mean * 7 / 10...mean * (digit == 0 ? 18 : 13) / 10).contains(count), "\(digit): \(counts)")
        }
    }
}
