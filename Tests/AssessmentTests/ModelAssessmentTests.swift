import Assessment
import DataTestSupport
import DigitRecognition
import Evaluation
import Testing

/// One pass over labelled images, and what follows from it.
struct ModelAssessmentTests {
    private static let losses: [Loss] = [
        .sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits, .categoricalCrossentropy,
        .categoricalCrossentropyFromLogits, .meanSquaredError,
    ]

    private func model(_ loss: Loss) throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 6, kernelSize: 3)
            BatchNorm()
            Activation(.relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(10, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.003), loss: loss, metrics: [.topKAccuracy(k: 3)])
        try model.fit(drawnDigits(40), normalization: .l2(axis: 1))
        return model
    }

    @Test(arguments: losses, [nil, 0.4, 1.9] as [Double?])
    func probabilitiesAreThePredictorsToTheBit(loss: Loss, temperature: Double?) throws {
        let model = try model(loss)
        model.setTemperature(temperature)
        let images = try drawnDigits(131, seed: 4)
        let assessment = try ModelAssessment(of: model, on: images)
        let predictions = try Predictor(model, threads: 2).predict(images.images)
        #expect(
            images.images.indices.map { assessment.probabilities(of: $0) } == predictions.map(\.probabilities)
        )
        #expect(assessment.temperature == temperature)
        model.setTemperature(nil)
        #expect(try assessment.withTemperature(nil) == ModelAssessment(of: model, on: images))
    }

    /// e⁻⁹⁵ is a denormal number, which counts as zero where a network computes.
    @Test(arguments: losses, [nil, 1] as [Double?])
    func aDenormalProbabilityIsZeroAsThePredictorsIs(loss: Loss, temperature: Double?) throws {
        let model = try Model(input: [28, 28, 1]) {
            Flatten()
            Dense(2, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(loss: loss)
        model.network.setParameter("dense1.weight", to: Array(repeating: 0, count: 2 * 28 * 28))
        model.network.setParameter("dense1.bias", to: [0, -95])
        model.setTemperature(temperature)
        let images = try drawnDigits(1)
        let predicted = try Predictor(model).predict(images.images[0]).probabilities
        #expect(try ModelAssessment(of: model, on: images).probabilities(of: 0) == predicted)
        if temperature == nil { #expect(predicted == [1, 0]) }
    }

    @Test(arguments: losses) func scoresAreThoseOfEvaluate(loss: Loss) throws {
        let model = try model(loss)
        let images = try drawnDigits(131, seed: 4)
        let expected = try model.evaluate(images)
        for threads in [1, 3] {
            model.threads = threads
            let assessment = try ModelAssessment(of: model, on: images)
            #expect(assessment.loss == expected.loss)
            #expect(assessment.accuracy.share == expected.accuracy)
            #expect(Set(assessment.metrics.keys) == ["accuracy", "top_3_accuracy"])
            #expect(assessment.truths == images.labels)
            #expect(assessment.predictions == (try model.predict(images.images)).map(\.label))
            #expect(assessment.confusion.count == 131 && assessment.count == 131)
        }
    }

    @Test func misreadingsAreSortedBySureness() throws {
        let model = try model(.sparseCategoricalCrossentropy)
        let images = try drawnDigits(60, seed: 4)
        let wrong = try LabeledImages(
            images: images.images,
            labels: images.labels.enumerated().map { ($0.element + ($0.offset < 7 ? 1 : 0)) % 10 })
        let assessment = try ModelAssessment(of: model, on: wrong)
        let misreadings = assessment.misreadings
        #expect(misreadings.count == 60 - assessment.confusion.correct && misreadings.count >= 7)
        #expect(misreadings.map(\.probability) == misreadings.map(\.probability).sorted(by: >))
        for misreading in misreadings {
            let prediction = try model.predict(wrong.images[misreading.sample])
            #expect(misreading.reading == prediction.label && misreading.probability == prediction.confidence)
            #expect(misreading.label == wrong.labels[misreading.sample])
            #expect(misreading.labelProbability == prediction.probabilities[misreading.label])
        }
    }

    @Test func outputsThatAreNoProbabilitiesAreRefusedUnlessATemperatureMakesThemSome() throws {
        let linear = try Model(input: [28, 28, 1], seed: 1) {
            Flatten()
            Dense(10)
        }
        let assessment = try ModelAssessment(of: linear, on: drawnDigits(20))
        #expect(throws: EvaluationError.self) { try assessment.labeledPredictions() }
        #expect(throws: EvaluationError.self) { try assessment.fittedTemperature() }
        #expect(try assessment.withTemperature(Temperature(2)).labeledPredictions().count == 20)
    }

    @Test func imagesThatDoNotFitAreRefused() throws {
        let model = try model(.sparseCategoricalCrossentropy)
        #expect(throws: InputError.noImages(purpose: "evaluation")) {
            try ModelAssessment(of: model, on: drawnDigits(3).subset(0..<0))
        }
        #expect(throws: InputError.shapeMismatch(network: [28, 28, 1], images: [20, 20, 1])) {
            try ModelAssessment(of: model, on: drawnDigits(3, size: 20))
        }
        let letters = try LabeledImages(
            images: drawnDigits(2).images, labels: [3, 12], classNames: (0..<26).map(String.init))
        #expect(throws: InputError.labelOutOfRange(label: 12, sample: 1, outputs: 10)) {
            try ModelAssessment(of: model, on: letters)
        }
    }
}
