import DataTestSupport
import DigitRecognition
import Foundation
import Synchronization
import TestSupport
import Testing
import Training

/// A model made for use.
struct PredictorTests {
    private func makeModel(
        loss: Loss = .sparseCategoricalCrossentropy, kernels: Kernels = .best
    ) throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 8, kernelSize: 3)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 20, kernelSize: 3)
            MaxPool2D(size: 2)
            BatchNorm()
            Activation(.relu)
            Flatten()
            Dense(10, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.003), loss: loss)
        model.kernels = kernels
        try model.fit(drawnDigits(60), normalization: .l2(axis: 1))
        return model
    }

    private func normalized(_ model: Model, _ images: ImageCollection) -> [Float] {
        images.flatMap { model.normalization($0) }
    }

    private func outputs(_ predictor: Predictor, _ inputs: [Float]) -> [Float] {
        let count = inputs.count / predictor.inputShape.count
        var outputs = [Float](repeating: -1, count: count * predictor.classNames.count)
        var span = outputs.mutableSpan
        predictor.predict(inputs: inputs.span, into: &span)
        return outputs
    }

    @Test(arguments: Kernels.available)
    func aBatchGivesTheBitsOfEachImageAlone(kernels: Kernels) throws {
        let model = try makeModel(kernels: kernels)
        let images = try drawnDigits(11, seed: 4).images
        let alone = try images.map { try Predictor(model).predict($0) }
        #expect(Set(alone).count == 11)
        for threads in [1, 2, 3, 8] {
            let predictor = Predictor(model, threads: threads)
            #expect(try predictor.predict(images) == alone)
            #expect(try predictor.predict(Array(images)) == alone)
            #expect(try predictor.predict(images.subset(0..<5)) == Array(alone[0..<5]))
            #expect(outputs(predictor, normalized(model, images)) == alone.flatMap(\.probabilities))
        }
        #expect(try model.predict(images) == alone)
    }

    @Test(arguments: [1, 2])
    func manyThreadsAtOnceGetTheBitsOfOneAlone(threads: Int) throws {
        let model = try makeModel()
        let images = try drawnDigits(24, seed: 4).images
        let inputs = normalized(model, images)
        let predictor = Predictor(model, threads: threads)
        let expected = try images.map { try Predictor(model).predict($0).probabilities }
        let wrong = Mutex<[String]>([])
        let finished = DispatchGroup()
        for caller in 0..<8 {
            finished.enter()
            Thread {
                defer { finished.leave() }
                for turn in 0..<30 {
                    let first = (caller * 5 + turn) % 20
                    // Calls with one image and with several, all on one predictor.
                    let count = turn % 3 == 0 ? 4 : 1
                    let part = Array(inputs[first * 784..<(first + count) * 784])
                    let expected = Array(expected[first..<first + count].joined())
                    if outputs(predictor, part) != expected {
                        wrong.withLock { $0.append("caller \(caller), turn \(turn)") }
                    }
                }
            }.start()
        }
        finished.wait()
        #expect(wrong.withLock { $0 } == [])
    }

    @Test func tasksShareOnePredictor() async throws {
        let model = try makeModel()
        let images = try drawnDigits(16, seed: 4).images
        let predictor = Predictor(model)
        let expected = try predictor.predict(images)
        let predictions = try await withThrowingTaskGroup(of: (Int, Prediction).self) { group in
            for index in images.indices {
                group.addTask { (index, try predictor.predict(images[index])) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(images.indices.map { predictions[$0] } == expected)
    }

    @Test func aPredictorKeepsWhatTheModelKnewWhenItWasMade() throws {
        let model = try makeModel()
        let images = try drawnDigits(9, seed: 4).images
        let predictor = Predictor(model)
        let before = try predictor.predict(images)
        #expect(try model.predict(images) == before)
        try model.fit(drawnDigits(60, seed: 3), normalization: .unitRange)
        #expect(try predictor.predict(images) == before)
        #expect(try predictor.predict(images[0]) == before[0])

        let after = try Predictor(model).predict(images)
        #expect(after != before)
        #expect(try model.predict(images) == after)
        #expect(try model.predict(images[0]) == after[0])
    }

    @Test func aModelsPredictionFollowsItsSettings() throws {
        let model = try makeModel()
        let image = try drawnDigits(1, seed: 4).images[0]
        let first = try model.predict(image)
        model.network.setParameter("dense1.bias", to: [0, 0, 0, 90, 0, 0, 0, 0, 0, 0])
        #expect(try model.predict(image).label == 3)
        #expect(try model.predict(image) != first)
        try model.nameClasses("abcdefghij".map(String.init))
        #expect(try model.predict(image).className == "d")
        model.kernels = Kernels.named("reference")!
        let reference = try model.predict(image)
        #expect(try reference == Predictor(model).predict(image))
        // The outputs are taken for logits from here on.
        model.compile(loss: .sparseCategoricalCrossentropyFromLogits)
        #expect(try model.predict(image).confidence < 0.3)
    }

    @Test(arguments: [0, 1, 9, 11, 300])
    func anotherNumberOfNamesThanOutputsIsRefused(count: Int) throws {
        let model = try makeModel()
        #expect(
            throws: ShapeError(
                layer: "Model",
                reason:
                    "The network has 10 outputs, but \(count) classes are named; give one name for each output."
            )
        ) {
            try model.nameClasses((0..<count).map(String.init))
        }
        // Nothing of them is kept, so that a result has the network's size.
        let predictions = try model.predict(drawnDigits(7, seed: 4).images)
        #expect(predictions.map(\.probabilities.count) == [Int](repeating: 10, count: 7))
        #expect(predictions[0].classNames == (0..<10).map(String.init))
    }

    @Test func logitsBecomeProbabilities() throws {
        let model = try makeModel(loss: .sparseCategoricalCrossentropyFromLogits)
        let images = try drawnDigits(5, seed: 4).images
        let outputs = outputs(Predictor(model), normalized(model, images))
        #expect(try outputs == model.predict(images).flatMap(\.probabilities))
        for image in 0..<5 {
            let probabilities = outputs[image * 10..<(image + 1) * 10]
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
            #expect(probabilities.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test func predictionsAgreeWithTheEvaluation() throws {
        let model = try makeModel()
        let test = try drawnDigits(150, seed: 5)
        let evaluation = try model.evaluation(on: test)
        #expect(try Predictor(model, threads: 2).predict(test.images).map(\.label) == evaluation.predictions)
    }

    @Test(
        .enabled(if: AllocationCount.works, AllocationCount.skipped),
        arguments: [1, 6])
    func numbersArePredictedWithoutAnAllocation(count: Int) throws {
        let model = try makeModel()
        let predictor = Predictor(model)
        let inputs = normalized(model, try drawnDigits(count).images)
        var outputs = [Float](repeating: 0, count: count * 10)
        var span = outputs.mutableSpan
        predictor.predict(inputs: inputs.span, into: &span)
        let allocations = AllocationCount.during {
            for _ in 0..<10 { predictor.predict(inputs: inputs.span, into: &span) }
        }
        #expect(allocations == 0)
    }

    @Test func noImagesGiveNoPredictions() throws {
        let predictor = Predictor(try makeModel())
        #expect(try predictor.predict([]) == [])
        #expect(try predictor.predict(drawnDigits(3).images.subset(0..<0)) == [])
        #expect(outputs(predictor, []) == [])
    }

    @Test func imagesOfAnotherSizeAreRefused() throws {
        let predictor = Predictor(try makeModel())
        let right = try drawnDigits(1).images[0]
        let wrong = Image(height: 20, width: 28, pixels: Array(repeating: 0, count: 560))
        let expected = InputError.shapeMismatch(network: [28, 28, 1], images: [20, 28, 1])
        #expect(throws: expected) { try predictor.predict(wrong) }
        #expect(throws: expected) { try predictor.predict([right, wrong]) }
        #expect(throws: InputError.shapeMismatch(network: [28, 28, 1], images: [32, 32, 1])) {
            try predictor.predict(drawnDigits(2, size: 32).images)
        }
    }

    @Test func inputsThatAreNotWholeAreAMistakeOfTheProgram() async throws {
        await #expect(processExitsWith: .failure) {
            let model = try Model(input: [2, 2, 1]) {
                Flatten()
                Dense(3)
            }
            var outputs: [Float] = [0, 0, 0]
            var span = outputs.mutableSpan
            Predictor(model).predict(inputs: [1, 2, 3].span, into: &span)
        }
    }
}
