import Assessment
import DataTestSupport
import DigitRecognition
import Foundation
import TestSupport
import Testing
import Training

/// A model's temperature: what predictions make of it, and how it is found.
struct CalibrationTests {
    private static let losses: [Loss] = [
        .sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits,
    ]

    /// A network whose logits are the same for every picture.
    private func model(logits: [Float], _ loss: Loss, temperature: Double?) throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1, classNames: logits.indices.map(String.init)) {
            Flatten()
            Dense(logits.count, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(loss: loss)
        let weight = "dense1.weight"
        model.network.setParameter(weight, to: model.network[weight]!.map { _ in 0 })
        model.network.setParameter("dense1.bias", to: logits)
        model.setTemperature(temperature)
        return model
    }

    private func probabilities(of logits: [Float], _ loss: Loss, temperature: Double?) throws -> [Float] {
        try Predictor(model(logits: logits, loss, temperature: temperature))
            .predict(drawnDigits(1).images[0]).probabilities
    }

    /// A network that has learned wrong labels by heart, so that it is too sure of itself.
    private func overconfidentModel(
        _ loss: Loss = .sparseCategoricalCrossentropy
    ) throws -> (model: Model, validation: LabeledImages) {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Flatten()
            Dense(32, activation: .relu)
            Dense(10, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.01), loss: loss)
        try model.fit(spoiled(300, seed: 1), epochs: 40)
        return (model, try spoiled(400, seed: 2))
    }

    /// Drawn digits, every fifth with the label of the next class.
    private func spoiled(_ count: Int, seed: UInt64) throws -> LabeledImages {
        let images = try drawnDigits(count, seed: seed)
        return try LabeledImages(
            images: images.images,
            labels: images.labels.enumerated().map {
                ($0.offset / 10 + $0.element) % 5 == 0 ? ($0.element + 1) % 10 : $0.element
            })
    }

    // MARK: - Predictions

    @Test(arguments: losses) func logitsAreDividedByTheTemperature(loss: Loss) throws {
        // softmax([2, 0]) at T = 2 is softmax([1, 0]).
        let applied = try probabilities(of: [2, 0], loss, temperature: 2)
        #expect(abs(applied[0] - 0.731_058_6) < 1e-6)
        #expect(abs(applied[1] - 0.268_941_4) < 1e-6)
    }

    @Test func logitsAreDividedBeforeTheyAreProbabilities() throws {
        // The probability of the second class would be rounded to 0.
        let applied = try probabilities(
            of: [500, 0], .sparseCategoricalCrossentropyFromLogits, temperature: 100)
        #expect(abs(applied[1] - 1 / (1 + Float(exp(5.0)))) < 1e-6)
    }

    @Test(arguments: losses) func temperatureOneChangesNothingButRounding(loss: Loss) throws {
        let logits: [Float] = [1.5, -2, 0, 3.25]
        let plain = try probabilities(of: logits, loss, temperature: nil)
        for (one, other) in zip(try probabilities(of: logits, loss, temperature: 1), plain) {
            #expect(abs(one - other) < 1e-6)
        }
    }

    @Test(arguments: losses) func predictionsAreThoseOfTheStatistics(loss: Loss) throws {
        let (model, images) = try overconfidentModel(loss)
        let plain = try Predictor(model).predict(images.images)
        for value in [0.3, 1.7, 20] {
            model.setTemperature(value)
            let temperature = try Temperature(value)
            for (prediction, before) in zip(try Predictor(model).predict(images.images), plain) {
                let expected = temperature.applied(to: before.probabilities)
                #expect(prediction.label == before.label)
                for (probability, expected) in zip(prediction.probabilities, expected) {
                    // The logarithms are rounded to Float: at 87, the largest, by 4e-6, and 1 / 0.3 times that.
                    #expect(abs(probability - expected) < 1.5e-5)
                }
            }
        }
    }

    @Test(arguments: losses, [1e-300, 1e-6, 0.5, 3, 1000, 1e6, 1e300])
    func theClassThatIsReadStays(loss: Loss, temperature: Double) throws {
        let one: Float = 1
        // The last has two classes that rounding makes equal; the later one is larger.
        for logits in [
            [3, 1, 2], [-40, 0, 40, 39], [80, -80], [0, 0, 0], [one, one.nextUp.nextUp.nextUp, 0.5],
        ] {
            let before = try probabilities(of: logits, loss, temperature: nil)
            let after = try probabilities(of: logits, loss, temperature: temperature)
            #expect(after.argmax == before.argmax, "\(logits)")
            #expect(after.allSatisfy { (0...1).contains($0) }, "\(logits)")
            #expect(abs(after.reduce(0, +) - 1) < 1e-5, "\(logits)")
        }
    }

    @Test(arguments: losses) func aBatchGivesTheBitsOfEachImageAlone(loss: Loss) throws {
        let (model, images) = try overconfidentModel(loss)
        model.setTemperature(1.7)
        let alone = try images.images.prefix(11).map { try Predictor(model).predict($0) }
        for threads in [1, 2, 3] {
            #expect(
                try Predictor(model, threads: threads).predict(images.images.subset(0..<11)) == alone)
        }
    }

    @Test(
        .enabled(if: AllocationCount.works, AllocationCount.skipped),
        arguments: losses, [1, 6])
    func numbersArePredictedWithoutAnAllocation(loss: Loss, count: Int) throws {
        let (model, images) = try overconfidentModel(loss)
        model.setTemperature(1.7)
        let predictor = Predictor(model)
        let inputs = images.images.prefix(count).flatMap { model.normalization($0) }
        var outputs = [Float](repeating: 0, count: count * 10)
        var span = outputs.mutableSpan
        predictor.predict(inputs: inputs.span, into: &span)
        let allocations = AllocationCount.during {
            for _ in 0..<10 { predictor.predict(inputs: inputs.span, into: &span) }
        }
        #expect(allocations == 0)
    }

    @Test func theModelsPredictionFollowsItsTemperature() throws {
        let (model, images) = try overconfidentModel()
        let image = images.images[3]
        let before = try model.predict(image)
        model.setTemperature(5)
        #expect(try model.predict(image).confidence < before.confidence)
        model.setTemperature(nil)
        #expect(try model.predict(image) == before)
    }

    @Test func theEvaluationIsThatOfTraining() throws {
        let (model, images) = try overconfidentModel()
        let before = try model.evaluation(on: images)
        model.setTemperature(5)
        #expect(try model.evaluation(on: images) == before)
    }

    // MARK: - Finding it

    @Test(arguments: losses) func anOverconfidentModelBecomesLessSure(loss: Loss) throws {
        let (model, validation) = try overconfidentModel(loss)
        let predictions = try ModelAssessment(of: model, on: validation).labeledPredictions()
        let fit = try model.calibrate(on: validation)
        #expect(fit == (try Temperature.fit(predictions)))
        #expect(model.information.temperature == fit.temperature.value)
        #expect(fit.temperature.value > 1)
        #expect(fit.after.expectedCalibrationError < fit.before.expectedCalibrationError)

        // What the model says from now on has the calibration that was promised.
        let calibrated = Reliability(try ModelAssessment(of: model, on: validation).labeledPredictions())
        #expect(abs(calibrated.negativeLogLikelihood - fit.after.negativeLogLikelihood) < 1e-5)
        #expect(abs(calibrated.expectedCalibrationError - fit.after.expectedCalibrationError) < 1e-4)
    }

    @Test func aSecondCalibrationBeginsAnew() throws {
        let (model, validation) = try overconfidentModel()
        let first = try model.calibrate(on: validation)
        #expect(try model.calibrate(on: validation) == first)
    }

    @Test func aSavedModelIsAsCalibrated() throws {
        let (model, validation) = try overconfidentModel()
        try model.calibrate(on: validation)
        let folder = try TemporaryFolder()
        try model.save(to: folder.file("model.safetensors"))
        let read = try Model(contentsOf: folder.file("model.safetensors"))
        #expect(read.information == model.information)
        #expect(read.information.temperature != nil)
        #expect(try read.predict(validation.images) == model.predict(validation.images))
    }

    @Test func trainingEndsTheCalibration() throws {
        let (model, validation) = try overconfidentModel()
        try model.calibrate(on: validation)
        try model.fit(validation)
        #expect(model.information.temperature == nil)
    }

    @Test func aFailedCalibrationLeavesTheFormer() throws {
        let (model, validation) = try overconfidentModel()
        try model.calibrate(on: validation)
        let former = model.information
        #expect(throws: InputError.noImages(purpose: "evaluation")) {
            try model.calibrate(on: validation.subset(0..<0))
        }
        // All of these are recognised.
        let read = try Predictor(model).predict(validation.images).map(\.label)
        let recognised = try LabeledImages(images: validation.images, labels: read)
        #expect(throws: EvaluationError.temperatureTooLow(limit: 0.01)) {
            try model.calibrate(on: recognised)
        }
        #expect(model.information == former)
    }

    @Test func aTemperatureThatIsNoneIsAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) {
            var information = ModelInformation(classNames: ["0"])
            information.temperature = 0
        }
        await #expect(processExitsWith: .failure) {
            var information = ModelInformation(classNames: ["0"])
            information.temperature = .nan
        }
    }
}
