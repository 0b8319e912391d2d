import DataTestSupport
import DigitRecognition
import NetworkTestSupport
import Testing
import Training

/// Training with outliers and scenes.
struct OutlierExposureTests {
    private func train(
        _ images: LabeledImages, threads: Int = 2,
        _ change: (inout TrainingConfiguration) -> Void = { _ in }
    ) throws -> (model: Model, history: History) {
        let model = try Model(input: Shape(images.images.shape), seed: 1, classNames: images.classNames) {
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(images.classNames.count, activation: .softmax)
        }
        model.threads = threads
        let history = try model.fit(images, configuration: TrainingConfiguration(change))
        return (model, history)
    }

    @Test func trainsToTheSameBitsOnAnyNumberOfThreads() throws {
        let images = try drawnDigits(40)
        let all = try [1, 2, 3].map { threads in
            try train(images, threads: threads) {
                $0.outlierExposure = 0.5
                $0.scenes = 10
                $0.augmentation = .standard
                $0.closingFraction = 0.5
                $0.epochs = 2
            }.model.network.bits
        }
        #expect(all[1] == all[0] && all[2] == all[0])
        let plain = try train(images) {
            $0.augmentation = .standard
            $0.closingFraction = 0.5
            $0.epochs = 2
        }
        #expect(plain.model.network.bits != all[0])
    }

    /// What is off is recorded nowhere; what is on is.
    @Test func theModelTellsOfIt() throws {
        let images = try drawnDigits(20)
        let plain = try train(images).model.information
        #expect(plain.settings.texts["outlier_exposure"] == nil && plain.settings.texts["scenes"] == nil)
        let exposed = try train(images) {
            $0.outlierExposure = 0.5
            $0.scenes = 5
        }.model.information
        #expect(exposed.settings[\.outlierExposure] == 0.5 && exposed.settings[\.scenes] == 5)
        #expect(exposed.loss == .sparseCategoricalCrossentropy)
    }

    /// At a learning rate of nothing, validation shows which images it was done on.
    @Test func validationHasNoOutliers() throws {
        let images = try drawnDigits(40)
        func validation(_ change: (inout TrainingConfiguration) -> Void) throws -> History {
            try train(images) {
                $0.optimizer = .sgd(learningRate: 1e-30)
                $0.validationSplit = 0.5
                change(&$0)
            }.history
        }
        let plain = try validation { _ in }
        let exposed = try validation {
            $0.outlierExposure = 0.5
            $0.scenes = 10
        }
        #expect(plain["val_loss"] == exposed["val_loss"] && plain["val_accuracy"] == exposed["val_accuracy"])
        #expect(plain["loss"] != exposed["loss"])
    }

    @Test(arguments: [0, 1])
    func otherImagesThanDigitsAreRefused(which: Int) throws {
        func sentence(_ images: LabeledImages) throws -> String? {
            #expect(throws: TrainingError.self) {
                try train(images) { which == 0 ? ($0.outlierExposure = 0.5) : ($0.scenes = 5) }
            }?.description
        }
        let beginning =
            "Outliers and scenes are drawn for grey images of 28×28 of the digits 0 to 9, but the images have shape "
        let end = "train on MNIST or its like, or set outlier exposure and scenes to 0."
        let small = try drawnDigits(20, size: 20)
        #expect(
            try sentence(small) == beginning + "20×20×1 and the classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9; " + end)
        let digits = try drawnDigits(10)
        let clothes = try LabeledImages(
            images: digits.images, labels: digits.labels.map { $0 % 2 }, classNames: ["shirt", "boot"])
        #expect(try sentence(clothes) == beginning + "28×28×1 and the classes shirt, boot; " + end)
    }
}
