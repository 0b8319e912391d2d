import Compute
import Imaging
import Testing

/// What is done to images of several channels is done to each channel as to a grey image.
@Suite struct ColorImageTests {
    private static let shape = ImageShape(height: 9, width: 7, channels: 3)
    private static let image = Image(
        shape: shape, pixels: (0..<shape.count).map { UInt8(($0 * 37 + 11) % 256) })

    private func channel(_ number: Int, of image: Image) -> Image {
        Image(
            height: image.height, width: image.width,
            pixels: stride(from: number, to: image.pixels.count, by: image.channels).map { image.pixels[$0] })
    }

    @Test func eachChannelIsWarpedAlike() {
        let warp = AffineWarp(rotation: 20, horizontalScale: 1.2, shear: 5, shiftDown: 1)
        let warped = warp.applied(to: Self.image)
        #expect(warped.shape == Self.shape)
        for number in 0..<3 {
            #expect(
                channel(number, of: warped) == warp.applied(to: channel(number, of: Self.image)))
        }
    }

    @Test func eachChannelIsDistortedAlike() {
        let augmentation = Augmentation(
            rotation: 20, scale: 0.1, shift: 2, elasticity: 1, thickness: 0.5, erasing: 1)
        let augmenter = Augmenter(augmentation, shape: Self.shape, seed: 3)
        let grey = Augmenter(augmentation, shape: ImageShape(height: 9, width: 7), seed: 3)
        for sample in 0..<5 {
            let distorted = augmenter.applied(to: Self.image, sample: sample, epoch: 1)
            for number in 0..<3 {
                let expected = grey.applied(to: channel(number, of: Self.image), sample: sample, epoch: 1)
                #expect(channel(number, of: distorted) == expected)
            }
        }
    }

    @Test func eachChannelHasNoiseOfItsOwn() {
        let plain = Image(shape: Self.shape, pixels: Array(repeating: 128, count: Self.shape.count))
        let noisy = Augmenter(Augmentation(noise: 0.2), shape: Self.shape, seed: 1)
            .applied(to: plain, sample: 0, epoch: 1)
        #expect(Set((0..<3).map { channel($0, of: noisy) }).count == 3)
    }

    @Test(arguments: [Normalization.l2(axis: 1), .l2(axis: 2), .unitRange, .standardized, .none])
    func eachChannelIsNormalizedAlike(normalization: Normalization) {
        let numbers = normalization(Self.image)
        var inPlace = Self.image.pixels.map(Float.init)
        inPlace.withUnsafeMutableBufferPointer {
            normalization.applyInPlace(to: $0.baseAddress!, shape: Self.shape)
        }
        for number in 0..<3 {
            let places = stride(from: number, to: numbers.count, by: 3)
            let expected = normalization(channel(number, of: Self.image))
            #expect(places.map { numbers[$0] } == expected)
            for (place, value) in zip(places, expected) {
                #expect(abs(inPlace[place] - value) <= 1e-6 * max(1, abs(value)))
            }
        }
    }

    @Test func eachChannelIsReducedAlike() {
        let reduced = Self.image.reduced(toWidth: 3)
        #expect(reduced.shape == ImageShape(height: 4, width: 3, channels: 3))
        for number in 0..<3 {
            #expect(channel(number, of: reduced) == channel(number, of: Self.image).reduced(toWidth: 3))
        }
    }

    @Test func greyIsTheMeanOfTheChannels() {
        let image = Image(height: 1, width: 2, channels: 3, pixels: [0, 1, 1, 255, 255, 254])
        #expect(image.grey == Image(height: 1, width: 2, pixels: [1, 255]))
        #expect(image.grey.grey == image.grey)
    }

    @Test func aNetworksInputHasTheShapeOfItsImages() {
        #expect(Shape(Self.shape) == [9, 7, 3])
        #expect(Shape(ImageShape(height: 28, width: 28)) == [28, 28, 1])
    }
}
