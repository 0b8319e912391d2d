import Assessment
import DigitRecognition
import Testing

/// Labels that a model contradicts however a picture is moved.
struct LabelSuspectsTests {
    private func trainedModel() throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 8, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.01))
        try model.fit(drawnDigits(300), epochs: 6)
        return model
    }

    /// Drawn digits with some labels exchanged for others.
    private func mislabelled(_ count: Int, _ wrong: [Int: Int]) throws -> LabeledImages {
        let images = try drawnDigits(count, seed: 9)
        return try LabeledImages(
            images: images.images,
            labels: images.labels.enumerated().map { wrong[$0.offset] ?? $0.element })
    }

    @Test func exchangedLabelsAreFoundAndNoOthers() throws {
        let model = try trainedModel()
        let wrong: [Int: Int] = [4: 9, 17: 2, 55: 0, 98: 7]
        let suspects = try Predictor(model, threads: 2).labelSuspects(on: mislabelled(100, wrong))
        #expect(Set(suspects.map(\.sample)) == Set(wrong.keys))
        for suspect in suspects {
            #expect(suspect.label == wrong[suspect.sample].map { Int($0) })
            #expect(suspect.predicted == suspect.sample % 10)
        }
        #expect(suspects.map(\.score) == suspects.map(\.score).sorted(by: >))
        #expect(try Predictor(model).labelSuspects(on: mislabelled(100, [:])).isEmpty)
    }

    @Test func viewsAreThePictureMovedAndTurnedALittle() throws {
        let predictor = Predictor(try trainedModel())
        let images = try mislabelled(30, [12: 3])
        let views = [
            AffineWarp(), AffineWarp(shiftRight: 1), AffineWarp(shiftRight: -1), AffineWarp(shiftDown: 1),
            AffineWarp(shiftDown: -1), AffineWarp(rotation: 5), AffineWarp(rotation: -5),
            AffineWarp(rotation: 10), AffineWarp(rotation: -10),
        ].map { $0.applied(to: images.images[12]) }
        let expected = try LabelSuspect(
            .init(sample: 12, label: 3, views: predictor.predict(views).map(\.probabilities)))
        #expect(try predictor.labelSuspects(on: images, threshold: 0) == [try #require(expected)])
    }

    @Test func anyNumberOfThreadsGivesTheSame() throws {
        let model = try trainedModel()
        let images = try mislabelled(60, [4: 9, 17: 2, 55: 0])
        let expected = try Predictor(model).labelSuspects(on: images, threshold: 0)
        #expect(expected.count == 3)
        for threads in [2, 3, 8] {
            #expect(
                try Predictor(model, threads: threads).labelSuspects(on: images, threshold: 0) == expected)
        }
    }

    @Test func aHigherThresholdLeavesFewer() throws {
        let predictor = Predictor(try trainedModel())
        let images = try mislabelled(60, [4: 9, 17: 2, 55: 0])
        let all = try predictor.labelSuspects(on: images, threshold: 0)
        #expect(try predictor.labelSuspects(on: images, threshold: all[0].score) == [all[0]])
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let predictor = Predictor(try trainedModel())
        #expect(throws: InputError.noImages(purpose: "a search for wrong labels")) {
            try predictor.labelSuspects(on: drawnDigits(3).subset(0..<0))
        }
        #expect(throws: InputError.shapeMismatch(network: [28, 28, 1], images: [20, 20, 1])) {
            try predictor.labelSuspects(on: drawnDigits(3, size: 20))
        }
        let linear = try Model(input: [28, 28, 1], seed: 1) {
            Flatten()
            Dense(10)
        }
        #expect(throws: EvaluationError.self) { try Predictor(linear).labelSuspects(on: drawnDigits(20)) }
        #expect(throws: EvaluationError.self) {
            try Predictor(linear).labeledPredictions(on: drawnDigits(20))
        }
    }

    @Test func labeledPredictionsAreThePredictionsWithTheirLabels() throws {
        let predictor = Predictor(try trainedModel())
        let images = try drawnDigits(20, seed: 9)
        let predictions = try predictor.labeledPredictions(on: images)
        #expect(predictions.truths == images.labels)
        #expect(
            try (0..<20).map { Array(predictions.probabilities(of: $0)) }
                == predictor.predict(images.images).map(\.probabilities))
        #expect(throws: InputError.noImages(purpose: "evaluation")) {
            try predictor.labeledPredictions(on: images.subset(0..<0))
        }
    }
}
