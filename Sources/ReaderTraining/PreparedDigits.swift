import Compute
package import Imaging
package import PictureReading
import SyntheticDigits

/// Images of 28×28 as the preparation of pictures yields them, for training a network that reads single digits: digits, and outliers,
/// which are no digit. They are drawn from labelled images and the package's own pens.
///
/// An image depends on the seed, its number and the labelled images alone: it has the same bytes for any number of threads.
package struct PreparedDigits: Sendable {
    /// A digit of 28×28 with its label.
    package struct Digit: Sendable, Hashable {
        package let image: Image
        package let label: Int
    }

    let images: ImageCollection
    let labels: [Int]
    let scenes: SceneGenerator
    let seed: UInt64

    /// Shares of scenes and of the labelled images among what is prepared.
    private static let shares: [Float] = [3, 1]
    /// Tells these scenes from others of the seed.
    private static let stream = 2
    /// How much of two boxes around one digit lies in both, at least.
    private static let leastOverlap = 0.6

    /// - Parameters:
    ///   - images: Grey images of 28×28 with light ink.
    ///   - labels: The digit of each.
    /// - Precondition: There is an image, and a label of 0 to 9 for each.
    package init(images: ImageCollection, labels: [Int], seed: UInt64) {
        precondition(images.shape == DigitImage.shape, "Images of \(images.shape) are not of 28×28.")
        precondition(!images.isEmpty, "Digits are drawn from at least one image.")
        self.images = images
        self.labels = labels
        self.seed = seed
        scenes = SceneGenerator(
            seed: seed, stream: Self.stream, mix: .preparedDigits,
            digits: SceneDigits(images: images, labels: labels), digitCounts: 1...1)
    }

    /// A digit as a reader finds it in a picture.
    package struct Example {
        package let picture: Image
        package let found: SingleDigit
        /// Pixels of the ink's plane for one of the picture's.
        package let scale: Double
        package let label: Int
    }

    /// The digits of a range of numbers; fewer than there are numbers, because the preparation may find something else.
    /// - Precondition: `threads` is above 0.
    package func digits(_ numbers: Range<Int>, threads: Int) -> [Digit] {
        WorkerPool(threads: threads).map(numbers) { digit($0) }.compactMap { $0 }
    }

    /// One digit; nil where the preparation finds something else.
    func digit(_ number: Int) -> Digit? {
        example(number).map { Digit(image: $0.found.image, label: $0.label) }
    }

    /// The same in its picture.
    package func example(_ number: Int) -> Example? {
        var random = CounterBasedRandom(seed: seed, purpose: .preparedDigits, 0, number)
        if random.nextChoice(Self.shares) == 0 {
            let scene = scenes.scene(number)
            return prepared(scene.image, digits: scene.digits.map { ($0.value, $0.box) })
        }
        let index = random.nextIndex(images.count)
        let image = images[index]
        let shown = random.nextChance(0.5) ? image : image.negative
        let plane = Plane(image, channel: 0, height: image.height, width: image.width)
        return prepared(shown, digits: [(labels[index], DigitImage.bounds(of: plane))])
    }

    /// What the preparation finds, with the label of the digit around which it found it; nil where it is around none.
    private func prepared(_ picture: Image, digits: [(value: Int, box: PixelBox)]) -> Example? {
        guard let ink = InkFinder().ink(of: picture), let found = SingleDigit(in: ink) else { return nil }
        let area = Area(found.box).scaled(by: 1 / ink.scale)
        return digits.first { area.overlap(Area($0.box)) >= Self.leastOverlap }
            .map { Example(picture: picture, found: found, scale: ink.scale, label: $0.value) }
    }
}

extension Area {
    /// The share of the pixels in either area, each with a pixel around it, that are in both: edges are blurred.
    fileprivate func overlap(_ other: Area) -> Double {
        let (height, width) = (
            min(bottom, other.bottom) - max(top, other.top) + 2,
            min(right, other.right) - max(left, other.left) + 2
        )
        let both = max(0, height) * max(0, width)
        return both / (enlargedSize + other.enlargedSize - both)
    }

    private var enlargedSize: Double { (bottom - top + 2) * (right - left + 2) }
}
