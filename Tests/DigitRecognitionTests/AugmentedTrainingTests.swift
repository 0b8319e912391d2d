import DataTestSupport
import DigitRecognition
import NetworkTestSupport
import Testing

/// Training on distorted pictures.
struct AugmentedTrainingTests {
    private static let augmentation = Augmentation(
        rotation: 10, scale: 0.1, shear: 5, shift: 1, elasticity: 0.5, thickness: 0.2, erasing: 0.2,
        noise: 0.05)

    private func model(
        _ normalization: Normalization = .unitRange, threads: Int = 1, augmentation: Augmentation,
        seed: UInt64 = 1,
        epochs: Int = 2, images: LabeledImages
    ) throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: seed) {
            Conv2D(filters: 4, kernelSize: 3)
            MaxPool2D(size: 2)
            BatchNorm()
            Activation(.relu)
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.threads = threads
        try model.fit(images, normalization: normalization, epochs: epochs, augmentation: augmentation)
        return model
    }

    @Test(arguments: [Normalization.l2(axis: 1), .l2(axis: 2), .unitRange, .standardized, .none])
    func bitsAreTheSameForAnyNumberOfThreads(normalization: Normalization) throws {
        let images = try drawnDigits(90)
        let expected = try model(normalization, augmentation: Self.augmentation, images: images).network.bits
        for threads in [2, 3, 8] {
            let other = try model(
                normalization, threads: threads, augmentation: Self.augmentation, images: images)
            #expect(other.network.bits == expected, "\(threads) threads")
        }
        let plain = try model(normalization, augmentation: .none, images: images)
        #expect(plain.network.bits != expected)
    }

    /// The losses of four epochs. At a learning rate of nothing, and with all pictures in one batch, they tell of the pictures
    /// alone.
    private func losses(_ augmentation: Augmentation, closing: Double = 0) throws -> [Double] {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        let history = try model.fit(
            drawnDigits(30),
            configuration: TrainingConfiguration {
                $0.optimizer = .sgd(learningRate: 1e-30)
                $0.epochs = 4
                $0.batchSize = 30
                $0.augmentation = augmentation
                $0.closingFraction = closing
            })
        return history["loss"]
    }

    @Test func eachEpochSeesOtherImages() throws {
        let plain = try losses(.none)
        // Sums over the batch in another order each time: some roundings.
        #expect(plain.allSatisfy { abs($0 - plain[0]) < 1e-6 })
        let augmented = try losses(Self.augmentation)
        for (epoch, loss) in augmented.enumerated() {
            for other in augmented[..<epoch] { #expect(abs(loss - other) > 1e-4) }
        }
    }

    /// Shares of four epochs, rounded to whole ones.
    @Test(arguments: [(0.9, 4), (0.5, 2), (0.2, 1), (0.1, 0)])
    func closingEpochsSeeTheImagesAsTheyAre(fraction: Double, epochs: Int) throws {
        let closed = try losses(Self.augmentation, closing: fraction)
        #expect(try closed.dropLast(epochs) == losses(Self.augmentation).dropLast(epochs))
        #expect(try closed.suffix(epochs) == losses(.none).suffix(epochs))
    }

    @Test func closingEpochsAreDamagedAllTheSame() throws {
        let damage = Augmentation(damage: 0.5)
        let all = try losses(Augmentation(shift: 2, damage: 0.5), closing: 0.5)
        #expect(try all.suffix(2) == losses(damage).suffix(2))
        #expect(try all.prefix(2) != losses(damage).prefix(2))
    }

    @Test func settingsNameTheAugmentation() throws {
        let trained = try model(augmentation: Augmentation(shift: 2), epochs: 1, images: drawnDigits(40))
        #expect(trained.information.settings.texts["augmentation"] == "shift:2")
        let plain = try model(augmentation: .none, epochs: 1, images: drawnDigits(40))
        #expect(plain.information.settings.texts["augmentation"] == nil)
    }

    /// Shifted digits are read by who has seen shifted digits.
    @Test func whatWasSeenDistortedIsReadDistorted() throws {
        let images = try drawnDigits(400)
        let shifted = try LabeledImages(
            images: ImageCollection(
                height: 28, width: 28,
                bytes: images.images.flatMap {
                    AffineWarp(shiftRight: 2, shiftDown: -2).applied(to: $0).pixels
                }[...]), labels: images.labels)
        func score(_ augmentation: Augmentation) throws -> (loss: Double, accuracy: Double) {
            let model = try Model(input: [28, 28, 1], seed: 1) {
                Flatten()
                Dense(10, activation: .softmax)
            }
            model.compile(optimizer: .adam(learningRate: 0.01))
            try model.fit(images, epochs: 15, augmentation: augmentation)
            return try model.evaluate(shifted)
        }
        let (plain, augmented) = (try score(.none), try score(Augmentation(shift: 3)))
        #expect(augmented.accuracy > 0.95)
        #expect(augmented.loss < plain.loss)
    }

    @Test func amountsOutOfRangeAreRefused() throws {
        let images = try drawnDigits(10)
        let error = #expect(throws: TrainingError.self) {
            _ = try model(augmentation: Augmentation(shear: 70), images: images)
        }
        #expect(error?.description == "augmentation's shear is 70.0, but must be 0 to 60.")
        func refusal(closing: Double, timeLimit: Duration? = nil) throws -> String? {
            let model = try Model(input: [28, 28, 1]) {
                Flatten()
                Dense(10, activation: .softmax)
            }
            return #expect(throws: TrainingError.self) {
                try model.fit(
                    images,
                    configuration: TrainingConfiguration {
                        $0.augmentation = .standard
                        $0.closingFraction = closing
                        $0.timeLimit = timeLimit
                    })
            }?.description
        }
        #expect(
            try refusal(closing: 1) == "closing is 1, but must be at least 0 and below 1.")
        #expect(
            try refusal(closing: 0.2, timeLimit: .seconds(60))
                == "closing is 0.2, but must be 0 with a time limit, which leaves the end of the run open."
        )
    }
}
