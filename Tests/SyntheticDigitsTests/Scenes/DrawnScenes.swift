import Imaging
import SyntheticDigits

/// What the tests of scenes draw.
enum DrawnScenes {
    /// Labelled images in the format of MNIST, for scenes to be written with.
    static let digits: SceneDigits = {
        let (pixels, labels) = DigitGenerator(seed: 77).digits(count: 500, threads: 2)
        return SceneDigits(
            images: ImageCollection(height: 28, width: 28, bytes: pixels[...]), labels: labels.map { Int($0) }
        )
    }()

    static func generator(
        _ mix: SceneMix = .everything, seed: UInt64 = 11, heights: ClosedRange<Float> = 12...60
    ) -> SceneGenerator {
        SceneGenerator(seed: seed, mix: mix, digits: digits, heights: heights)
    }

    /// How many scenes of a style a test looks at: fewer of those with many lines.
    static func count(_ style: SceneStyle, of count: Int) -> Int {
        [.page, .grid].contains(style) ? count / 5 : count
    }
}

extension Image {
    /// A number that another image hardly has.
    ///
    /// G. Fowler, L. C. Noll, K.-P. Vo, FNV-1a, 64 bits.
    var hash: UInt64 {
        pixels.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
