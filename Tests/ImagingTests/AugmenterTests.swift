import Imaging
import Testing

/// What becomes of images.
@Suite struct AugmenterTests {
    private static let shape = ImageShape(height: 28, width: 28)
    /// A filled rectangle in the middle.
    private static let bar = image { pixel in
        (8..<20).contains(pixel / 28) && (11..<17).contains(pixel % 28) ? 200 : 0
    }

    private static func image(_ value: (_ pixel: Int) -> UInt8) -> Image {
        Image(shape: shape, pixels: (0..<shape.count).map(value))
    }

    private func augmenter(_ augmentation: Augmentation, seed: UInt64 = 1) -> Augmenter {
        Augmenter(augmentation, shape: Self.shape, seed: seed)
    }

    /// What becomes of many samples.
    private func distorted(_ augmentation: Augmentation, of image: Image = bar, count: Int = 400) -> [[UInt8]]
    {
        let augmenter = augmenter(augmentation)
        return (0..<count).map { augmenter.applied(to: image, sample: $0, epoch: 1).pixels }
    }

    private func center(_ pixels: [UInt8]) -> (x: Double, y: Double) {
        var (mass, x, y) = (0.0, 0.0, 0.0)
        for (index, pixel) in pixels.enumerated() {
            mass += Double(pixel)
            x += Double(pixel) * Double(index % 28)
            y += Double(pixel) * Double(index / 28)
        }
        return (x / mass, y / mass)
    }

    private func mass(_ pixels: [UInt8]) -> Double { pixels.reduce(0) { $0 + Double($1) } }

    @Test func nothingChangesWithoutDistortions() {
        let image = Self.image { UInt8($0 % 251) }
        #expect(augmenter(.none).applied(to: image, sample: 3, epoch: 2) == image)
    }

    @Test func seedEpochAndSampleAreAllThatCounts() {
        let all = Augmentation(
            rotation: 20, scale: 0.2, shear: 20, shift: 3, elasticity: 1, thickness: 0.5, erasing: 0.5,
            noise: 0.1, damage: 0.5)
        let first = augmenter(all)
        var seen: Set<Image> = []
        for epoch in 1...4 {
            for sample in 0..<4 {
                let image = first.applied(to: Self.bar, sample: sample, epoch: epoch)
                #expect(image == augmenter(all).applied(to: Self.bar, sample: sample, epoch: epoch))
                seen.insert(image)
            }
        }
        seen.insert(augmenter(all, seed: 2).applied(to: Self.bar, sample: 0, epoch: 1))
        #expect(seen.count == 17)
    }

    /// So that one amount can be changed and the rest compared.
    @Test func oneDistortionDoesNotChangeAnother() {
        let shifted = augmenter(Augmentation(shift: 4)).applied(to: Self.bar, sample: 5, epoch: 1)
        let both = augmenter(Augmentation(shift: 4, noise: 1e-9)).applied(to: Self.bar, sample: 5, epoch: 1)
        #expect(shifted == both)
    }

    @Test func asManyImagesAsAskedForAreDamaged() {
        // Grey, so that each kind leaves a trace.
        let image = Self.image { UInt8(60 + $0 % 28 * 4) }
        let damaged = distorted(Augmentation(damage: 0.25), of: image, count: 1000).filter {
            $0 != image.pixels
        }
        // Five standard errors of 250.
        #expect((180...320).contains(damaged.count))
        // Blur and outlines have few amounts.
        #expect(4 * Set(damaged).count > 3 * damaged.count)
    }

    /// Some leave nearly all as it is, others brighten all of it or take ink away.
    @Test func damageIsOfManyKinds() {
        let damaged = distorted(Augmentation(damage: 1), count: 600)
        let ink = damaged.map { Double(mass($0)) / mass(Self.bar.pixels) }
        #expect(
            ink.contains { $0 < 0.95 } && ink.contains { abs($0 - 1) < 0.02 } && ink.contains { $0 > 3 },
            "\(ink.sorted())")
        // Outlines and specks have nothing between black and white, blur has.
        let levels = damaged.map { Set($0).count }
        #expect(levels.contains { $0 <= 3 } && levels.contains { $0 > 40 })
    }

    @Test func damageIsTheSameInAllChannels() {
        let shape = ImageShape(height: 28, width: 28, channels: 3)
        let augmenter = Augmenter(Augmentation(damage: 1), shape: shape, seed: 1)
        let image = Image(shape: shape, pixels: Self.bar.pixels.flatMap { [$0, $0, $0] })
        for sample in 0..<40 {
            let pixels = augmenter.applied(to: image, sample: sample, epoch: 1).pixels
            #expect(pixels.indices.allSatisfy { pixels[$0] == pixels[$0 / 3 * 3] })
        }
    }

    @Test func shiftsReachToBothSidesAndNoFurther() {
        let original = center(Self.bar.pixels)
        let moves = distorted(Augmentation(shift: 3)).map { image in
            let moved = center(image)
            return (x: moved.x - original.x, y: moved.y - original.y)
        }
        for moves in [moves.map(\.x), moves.map(\.y)] {
            // Bytes are rounded, so centres are known to a hundredth.
            #expect(moves.allSatisfy { abs($0) <= 3.01 })
            #expect(moves.min()! < -2.7 && moves.max()! > 2.7)
            #expect(abs(moves.reduce(0, +) / Double(moves.count)) < 0.35)
        }
    }

    @Test func scalesAreThoseOfEachSideAlone() {
        // Ink grows with each side; rounding at the edges is far less.
        let shares = distorted(Augmentation(scale: 0.2)).map { mass($0) / mass(Self.bar.pixels) }
        #expect(shares.min()! > 0.8 * 0.8 * 0.97 && shares.min()! < 0.72)
        #expect(shares.max()! < 1.2 * 1.2 * 1.03 && shares.max()! > 1.33)
    }

    @Test func turnsGoEitherWayAndKeepTheInk() {
        // The slope of the bar's axis, from the moments of its ink; its tangent is that of the angle.
        let slopes = distorted(Augmentation(rotation: 20)).map { image -> Double in
            let middle = center(image)
            var (xy, yy, xx) = (0.0, 0.0, 0.0)
            for (index, pixel) in image.enumerated() {
                let (x, y) = (Double(index % 28) - middle.x, Double(index / 28) - middle.y)
                xy += Double(pixel) * x * y
                yy += Double(pixel) * y * y
                xx += Double(pixel) * x * x
            }
            return 2 * xy / (yy - xx)
        }
        // tan(2 · 20°) = 0.84.
        #expect(slopes.allSatisfy { abs($0) < 0.87 })
        #expect(slopes.min()! < -0.7 && slopes.max()! > 0.7)
        for image in distorted(Augmentation(rotation: 20), count: 20) {
            #expect(abs(mass(image) / mass(Self.bar.pixels) - 1) < 0.01)
        }
    }

    @Test func elasticDisplacementsHaveTheirDeviation() {
        // On a ramp of 9 a pixel along the columns, grey says how far a place has moved.
        let ramp = Self.image { UInt8(9 * ($0 % 28)) }
        var moves: [Double] = []
        for image in distorted(Augmentation(elasticity: 0.6), of: ramp) {
            for pixel in image.indices where (5..<23).contains(pixel % 28) && (5..<23).contains(pixel / 28) {
                moves.append((Double(image[pixel]) - Double(ramp.pixels[pixel])) / 9)
            }
        }
        let deviation = (moves.reduce(0) { $0 + $1 * $1 } / Double(moves.count)).squareRoot()
        // 400 fields with some ten places each that know nothing of each other: a standard error of about 1 %.
        #expect(abs(deviation - 0.6) < 0.03)
        #expect(abs(moves.reduce(0, +) / Double(moves.count)) < 0.03)
        // Neighbours move together.
        let steps = zip(moves, moves.dropFirst()).map { ($0 - $1) * ($0 - $1) }
        #expect((steps.reduce(0, +) / Double(steps.count)).squareRoot() < 0.3)
    }

    @Test func strokesBecomeThickerAndThinner() {
        let shares = distorted(Augmentation(thickness: 0.5)).map { mass($0) / mass(Self.bar.pixels) }
        // One pixel around 6 by 12 is 36 more or 32 less of 72.
        #expect(shares.max()! < 1 + 0.5 * 36 / 72 + 0.01 && shares.max()! > 1.2)
        #expect(shares.min()! > 1 - 0.5 * 32 / 72 - 0.01 && shares.min()! < 0.82)
    }

    @Test func asManyImagesAsAskedForHaveARectangleErased() {
        let full = Self.image { _ in 100 }
        let erased = distorted(Augmentation(erasing: 0.25), of: full, count: 1000)
            .map { image in image.count { $0 == 0 } }.filter { $0 > 0 }
        // Five standard errors of 250.
        #expect((180...320).contains(erased.count))
        #expect(erased.allSatisfy { $0 <= 100 })
        #expect(erased.max()! > 80)
    }

    @Test func noiseHasItsDeviation() {
        let grey = Self.image { _ in 128 }
        let differences = distorted(Augmentation(noise: 0.1), of: grey, count: 50).flatMap { image in
            image.map { Double($0) - 128 }
        }
        let deviation = (differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)).squareRoot()
        #expect(abs(deviation - 25.5) < 0.5)
    }

    @Test(arguments: [(1, 1), (1, 40), (40, 1), (9, 30), (0, 0)])
    func imagesOfAnySizeAreTaken(height: Int, width: Int) {
        let augmenter = Augmenter(
            Augmentation(rotation: 30, elasticity: 1, thickness: 1, erasing: 1, noise: 0.1),
            shape: ImageShape(height: height, width: width), seed: 1)
        let image = Image(height: height, width: width, pixels: Array(repeating: 9, count: height * width))
        #expect(augmenter.applied(to: image, sample: 0, epoch: 1).shape == image.shape)
        let damaging = Augmenter(Augmentation(damage: 1), shape: image.shape, seed: 1)
        for sample in 0..<50 {
            #expect(damaging.applied(to: image, sample: sample, epoch: 1).shape == image.shape)
        }
    }

    @Test func impossibleUsesAreAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) {
            _ = Augmenter(Augmentation(rotation: -1), shape: Self.shape, seed: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = Augmenter(.none, shape: Self.shape, seed: 1)
                .applied(to: Image(height: 1, width: 2, pixels: [1, 2]), sample: 0, epoch: 0)
        }
    }
}
