internal import Compute

/// Draws numbers on paper as a camera or a scanner sees them, with the truth known, from nothing but a seed and, if wanted,
/// images of digits.
///
/// ```swift
/// let generator = SceneGenerator(seed: 1, mix: .numbers, digits: SceneDigits(images: images, labels: labels))
/// let scene = generator.scene(0)
/// print(scene.lines.map(\.text), scene.image.shape)
/// ```
///
/// Scene `i` of a seed and a stream has the same bytes whatever the number of threads, the other scenes and the machine.
package struct SceneGenerator: Sendable {
    /// What all random choices follow from.
    package let seed: UInt64
    /// Tells sequences of one seed apart, as those for training and for testing.
    package let stream: Int
    /// How often each kind of picture comes.
    package let mix: SceneMix
    /// Images that digits are taken from, beside those of the package's own pen; nil for none.
    package let digits: SceneDigits?
    /// How many digits a number has, where the style leaves it open.
    package let digitCounts: ClosedRange<Int>
    /// The height of digits, in pixels, where the style leaves it open.
    package let heights: ClosedRange<Float>

    /// A sequence of scenes.
    /// - Precondition: Numbers have at least one digit, and heights are at least 8.
    package init(
        seed: UInt64, stream: Int = 0, mix: SceneMix = .everything, digits: SceneDigits? = nil,
        digitCounts: ClosedRange<Int> = 1...10, heights: ClosedRange<Float> = 12...120
    ) {
        precondition(
            digitCounts.lowerBound > 0, "A number has at least one digit, not \(digitCounts.lowerBound).")
        precondition(heights.lowerBound >= 8, "Digits are at least 8 pixels high, not \(heights.lowerBound).")
        self.seed = seed
        self.stream = stream
        self.mix = mix
        self.digits = digits
        self.digitCounts = digitCounts
        self.heights = heights
    }

    /// The style of a scene.
    package func style(_ index: Int) -> SceneStyle {
        var random = random(index, .scene)
        return style(&random)
    }

    /// One scene.
    package func scene(_ index: Int) -> Scene {
        var random = random(index, .scene)
        let style = style(&random)
        var composer = Composer(self, random)
        let composition = composer.composition(of: style)
        return composition.rendered(random: &composer.random)
    }

    /// Scenes of a range of numbers, drawn on several threads.
    /// - Precondition: `threads` is above 0.
    package func scenes(_ range: Range<Int>, threads: Int) -> [Scene] {
        WorkerPool(threads: threads).map(range) { scene($0) }
    }

    /// What is in the picture of a negative.
    package func negativeKind(_ index: Int) -> NegativeKind {
        var random = random(index, .negative)
        return NegativeKind.allCases[random.nextIndex(NegativeKind.allCases.count)]
    }

    /// One picture without any digit, about as large as a digit's, of any kind or of one.
    package func negative(_ index: Int, kind: NegativeKind? = nil) -> Scene {
        var random = random(index, .negative)
        let any = NegativeKind.allCases[random.nextIndex(NegativeKind.allCases.count)]
        var composer = Composer(self, random)
        let composition = composer.composition(of: kind ?? any)
        return composition.rendered(random: &composer.random)
    }

    /// Pictures without digits of a range of numbers, drawn on several threads.
    /// - Precondition: `threads` is above 0.
    package func negatives(_ range: Range<Int>, threads: Int) -> [Scene] {
        WorkerPool(threads: threads).map(range) { negative($0) }
    }
}

extension SceneGenerator {
    /// What a sequence of random numbers is for.
    private enum Sequence: Int {
        case scene, negative
    }

    private func random(_ index: Int, _ sequence: Sequence) -> CounterBasedRandom {
        CounterBasedRandom(seed: seed, purpose: .scenes, 2 * stream + sequence.rawValue, index)
    }

    private func style(_ random: inout CounterBasedRandom) -> SceneStyle {
        mix.styles[random.nextChoice(mix.shares)]
    }
}
