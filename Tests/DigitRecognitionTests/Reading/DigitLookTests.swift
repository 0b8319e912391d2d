import DigitRecognition
import Imaging
import PictureReading
import SyntheticDigits
import Testing

/// How a digit is looked at that was found in a picture.
struct DigitLookTests {
    private static let drawn: (images: [Image], labels: [Int]) = {
        let (pixels, labels) = DigitGenerator(seed: 9).digits(count: 40, threads: 2)
        let images = ImageCollection(height: 28, width: 28, bytes: pixels[...])
        return (Array(images), labels.map { Int($0) })
    }()
    private static let network = Predictor(PretrainedModel.reader.model())

    private func look(_ picture: Image, knowsDamage: Bool = true) throws -> DigitLook? {
        guard let ink = InkFinder().ink(of: picture), let digit = SingleDigit(in: ink) else { return nil }
        return try DigitLook(
            at: digit, of: picture, scale: ink.scale, by: Self.network, knowsDamage: knowsDamage)
    }

    /// Light for dark in the outer columns.
    private func striped(_ image: Image) -> Image {
        Image(
            shape: image.shape,
            pixels: image.pixels.enumerated().map { 7..<21 ~= $0 % 28 ? $1 : 255 - $1 })
    }

    private func larger(_ image: Image, by factor: Int) -> Image {
        Image(
            height: 28 * factor, width: 28 * factor,
            pixels: (0..<784 * factor * factor).map { place in
                image[place / (28 * factor) / factor, place % (28 * factor) / factor]
            })
    }

    @Test func whatIsClearIsSeenAsPrepared() throws {
        for image in Self.drawn.images.prefix(10) {
            let look = try #require(try look(image))
            guard look.prediction.confidence > 0.95 else { continue }
            let plain = try #require(try self.look(image, knowsDamage: false))
            #expect(look.image == plain.image && look.box == plain.box)
        }
    }

    @Test func aStripedPictureIsSeenAsItIs() throws {
        var right = 0
        for (image, label) in zip(Self.drawn.images, Self.drawn.labels) {
            let picture = striped(image)
            for shown in [picture, Image(shape: picture.shape, pixels: picture.pixels.map { 255 - $0 })] {
                guard let look = try look(shown) else { continue }
                if look.prediction.label == label, look.image == picture {
                    right += 1
                    // All of the width: the outer columns are bright.
                    #expect(look.box.left == 0 && look.box.right == 28)
                }
            }
        }
        #expect(right >= 50, "\(right) of 80")
    }

    @Test func aLargePictureIsNotSeenAsItIs() throws {
        for image in Self.drawn.images.prefix(10) {
            let picture = larger(striped(image), by: 3)
            let (look, plain) = (try look(picture), try look(picture, knowsDamage: false))
            #expect(look?.image == plain?.image && look?.prediction == plain?.prediction)
        }
    }

    @Test func theMeanOfViewsIsTheirs() throws {
        let images = Array(Self.drawn.images.prefix(3))
        let each = try Self.network.predict(images)
        let mean = try Self.network.prediction(ofViews: images)
        for digit in 0..<10 {
            let sum = each.reduce(0) { $0 + $1.probabilities[digit] }
            #expect(abs(mean.probabilities[digit] - sum / 3) < 1e-6)
        }
        #expect(try Self.network.prediction(ofViews: [images[0]]) == each[0])
    }
}
