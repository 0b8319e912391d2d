import DataTestSupport
import DigitRecognition
import Foundation
import NetworkTestSupport
import Testing
import Training

/// A model's life: made, trained, evaluated, asked, saved, read.
struct ModelTests {
    private func makeModel(loss: Loss = .sparseCategoricalCrossentropy, seed: UInt64 = 1) throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: seed) {
            Conv2D(filters: 8, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(10, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.003), loss: loss)
        return model
    }

    private func trained(_ loss: Loss = .sparseCategoricalCrossentropy) throws -> Model {
        let model = try makeModel(loss: loss)
        try model.fit(drawnDigits(400), normalization: .l2(axis: 1), epochs: 4)
        return model
    }

    @Test func aModelTellsItsLayersAndParameters() throws {
        let model = try makeModel()
        #expect("\(model)" == "28×28×1 → 10 classes: 4 layers, 13,610 parameters")
        #expect(
            model.summary == """
                Layer      Kind        Output shape   Parameters    Bytes
                ─────────────────────────────────────────────────────────
                input                  28×28×1                 0        0
                conv1      Conv2D      26×26×8                80      320
                maxpool1   MaxPool2D   13×13×8                 0        0
                flatten1   Flatten     1352                    0        0
                dense1     Dense       10                 13,530   54,120

                All trainable, 54,440 bytes
                13,610 parameters
                """)
    }

    // MARK: - Training

    @Test func fitLearnsAndTellsHow() throws {
        let model = try makeModel()
        let history = try model.fit(
            drawnDigits(500), normalization: .l2(axis: 1), epochs: 4, batchSize: 16, validationSplit: 0.2)
        #expect(history.epochs.count == 4)
        #expect(history["val_accuracy"].last == 1)
        let (loss, accuracy) = try model.evaluate(drawnDigits(100, seed: 9))
        #expect(accuracy == 1)
        #expect(loss < 0.1)
        #expect(model.normalization == .l2(axis: 1))
        #expect(model.information.normalization == .l2(axis: 1))
        #expect(
            model.information.settings.texts == [
                "optimizer": "adam", "learning_rate": "0.003", "epochs": "4", "batch_size": "16",
                "validation_split": "0.2",
            ])
    }

    @Test func equalSeedsGiveEqualModelsOnAnyNumberOfThreads() throws {
        let runs = try [(1, UInt64(1)), (3, 1), (1, 2)].map { threads, seed in
            let model = try makeModel(seed: seed)
            model.threads = threads
            try model.fit(drawnDigits(100))
            return model.network.bits
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0] != runs[2])
    }

    /// The first 80 pictures are trained on, the last 20 are scored: what the last 20 show changes no weight.
    @Test func validationSplitIsTheLastPartAndNeverTrainedOn() throws {
        let images = try drawnDigits(100)
        let inverted = ImageCollection(
            height: 28, width: 28,
            bytes: (Array(images.images.subset(0..<80).bytes)
                + images.images.subset(80..<100).bytes.map { 255 - $0 })[...])
        let changed = try LabeledImages(images: inverted, labels: images.labels)

        let runs = try [images, changed].map { images in
            let model = try makeModel()
            let history = try model.fit(images, epochs: 2, batchSize: 8, validationSplit: 0.2)
            return (model.network.bits, history)
        }
        #expect(runs[0].0 == runs[1].0)
        #expect(runs[0].1["loss"] == runs[1].1["loss"])
        #expect(runs[0].1["val_loss"] != runs[1].1["val_loss"])

        // The same weights as of a training on the first 80 alone, and the score is that of the last 20.
        let alone = try makeModel()
        try alone.fit(images.subset(0..<80), epochs: 2, batchSize: 8)
        #expect(alone.network.bits == runs[0].0)
        #expect(try alone.evaluate(images.subset(80..<100)).loss == runs[0].1["val_loss"].last)
    }

    @Test func bestNetworkIsKeptApart() throws {
        let model = try makeModel()
        model.compile(optimizer: .sgd(learningRate: 1))
        let images = try drawnDigits(60)
        let history = try model.fit(images, normalization: .none, epochs: 3, validationSplit: 0.5)
        let best = try #require(model.bestNetwork)
        #expect(best !== model.network)
        #expect((history.bestEpoch?.epoch == 3) == (best.bits == model.network.bits))
    }

    @Test func settingsOutOfRangeAreRefused() throws {
        let model = try makeModel()
        let images = try drawnDigits(20)
        let before = model.network.bits
        for split in [-0.1, 1, 1.5, .nan, .infinity] {
            let error = #expect(throws: TrainingError.self) { try model.fit(images, validationSplit: split) }
            #expect(
                error?.description
                    == "validation split is \(split.plainText), but must be at least 0 and below 1.")
        }
        #expect(throws: TrainingError.badSetting(name: "epochs", value: "0", expected: "at least 1")) {
            try model.fit(images, epochs: 0)
        }
        #expect(throws: TrainingError.badSetting(name: "batch size", value: "-1", expected: "at least 1")) {
            try model.fit(images, batchSize: -1)
        }
        #expect(throws: InputError.noImages(purpose: "training")) {
            try model.fit(images.subset(0..<1), validationSplit: 0.9)
        }
        #expect(model.network.bits == before)
    }

    @Test func divergenceKeepsTheParametersThatWereGood() throws {
        let model = try makeModel()
        model.compile(optimizer: .adam(learningRate: 1e30))
        let before = model.network.bits
        #expect(throws: TrainingError.lossNotFinite(epoch: 1, step: 2)) {
            try model.fit(drawnDigits(100))
        }
        #expect(model.network.bits == before)
    }

    // MARK: - Asking

    @Test(arguments: [
        Loss.sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits,
        .categoricalCrossentropyFromLogits, .meanSquaredError,
    ])
    func predictAgreesWithTheEvaluationOfTheWholeSet(loss: Loss) throws {
        let model = try trained(loss)
        let test = try drawnDigits(150, seed: 5)
        let evaluation = try model.evaluation(on: test)
        #expect(evaluation.count == 150 && evaluation.predictions.count == 150)
        for (image, expected) in zip(test.images, evaluation.predictions) {
            let prediction = try model.predict(image)
            #expect(prediction.label == expected)
            #expect(prediction.probabilities.count == 10)
            #expect(abs(prediction.probabilities.reduce(0, +) - 1) < 1e-5)
            #expect(prediction.probabilities.allSatisfy { (0...1).contains($0) })
            #expect(prediction.confidence == prediction.probabilities.max())
            #expect(prediction.className == "\(expected)")
            #expect(prediction.ranked.first?.label == expected)
            #expect(prediction.ranked.map(\.probability) == prediction.probabilities.sorted(by: >))
        }
        let correct = zip(evaluation.predictions, test.labels).count { $0 == $1 }
        #expect(evaluation.metrics["accuracy"] == Double(correct) / 150)
    }

    @Test func metricsOfTheModelAreEvaluated() throws {
        let model = try makeModel()
        model.compile(metrics: [.topKAccuracy(k: 10)])
        let metrics = try model.evaluation(on: drawnDigits(30)).metrics
        #expect(metrics["top_10_accuracy"] == 1)
        #expect(metrics["accuracy"] != nil)
    }

    @Test func predictFollowsChangedParameters() throws {
        let model = try makeModel()
        let image = try drawnDigits(1).images[0]
        _ = try model.predict(image)
        for slot in model.network.layout.slots {
            model.network.setParameter(slot.name, to: Array(repeating: 0, count: slot.shape.count))
        }
        model.network.setParameter("dense1.bias", to: [0, 0, 0, 20, 0, 0, 0, 0, 0, 0])
        #expect(try model.predict(image).label == 3)
        #expect(try model.predict(image).confidence > 0.99)
    }

    @Test func anImageOfAnotherSizeIsRefused() throws {
        let model = try makeModel()
        let small = Image(height: 20, width: 28, pixels: Array(repeating: 0, count: 560))
        let error = #expect(throws: InputError.self) { try model.predict(small) }
        #expect(
            error?.description
                == "The network takes inputs of shape 28×28×1, but the images have shape 20×28×1; use images of that "
                + "size or a network for these.")
        let misfits = try drawnDigits(10, size: 32)
        let expected = InputError.shapeMismatch(network: [28, 28, 1], images: [32, 32, 1])
        #expect(throws: expected) { try model.evaluate(misfits) }
        #expect(throws: expected) { try model.predict(misfits.images) }
        #expect(throws: expected) { try model.fit(misfits) }
    }

    // MARK: - Making

    @Test func aNetworkThatEndsInAnImageIsRefused() throws {
        let error = #expect(throws: ShapeError.self) {
            try Model(input: [28, 28, 1]) { Conv2D(filters: 10, kernelSize: 3, activation: .softmax) }
        }
        #expect(error?.description.contains("26×26×10") == true)
        #expect(error?.description.contains("Flatten()") == true)
    }

    @Test func layersThatDoNotFitAreRefused() throws {
        let error = #expect(throws: ShapeError.self) { try Model(input: [28, 28, 1]) { Dense(10) } }
        #expect(error?.layer == "layer 1 (Dense)")
    }

    @Test func classNamesCountFromZeroUnlessGiven() throws {
        #expect(try Model(input: [2]) { Dense(3) }.information.classNames == ["0", "1", "2"])
        let named = try Model(input: [2], classNames: ["no", "yes"]) { Dense(2) }
        #expect(named.information.classNames == ["no", "yes"])
    }
}
