import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// Each refusal, with its whole sentence.
struct TrainingErrorTests {
    private func expect<Refusal: Error & Equatable & CustomStringConvertible>(
        _ error: Refusal, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation,
        from body: () throws -> Void
    ) {
        #expect(throws: error, sourceLocation: sourceLocation, performing: body)
        #expect(error.description == sentence, sourceLocation: sourceLocation)
    }

    @Test func settingsOutOfRangeAreRefused() throws {
        let network = try makeClassifier([3], classes: 10)
        for epochs in [0, -1] {
            expect(
                TrainingError.badSetting(name: "epochs", value: "\(epochs)", expected: "at least 1"),
                "epochs is \(epochs), but must be at least 1."
            ) { _ = try makeTrainer(network, epochs: epochs) }
        }
        for size in [0, -1] {
            expect(
                TrainingError.badSetting(name: "batch size", value: "\(size)", expected: "at least 1"),
                "batch size is \(size), but must be at least 1."
            ) { _ = try makeTrainer(network, batchSize: size) }
        }
        for rate: Float in [0, -1, .infinity, .nan] {
            for optimizer: Optimizer in [
                .sgd(learningRate: rate), .adam(learningRate: rate), .adamW(learningRate: rate),
                .rmsprop(learningRate: rate),
            ] {
                expect(
                    TrainingError.badSetting(
                        name: "learning rate", value: rate.plainText, expected: "a number above 0"),
                    "learning rate is \(rate.plainText), but must be a number above 0."
                ) { _ = try makeTrainer(network, optimizer) }
            }
        }
    }

    /// 2³¹ - 1 over 2¹⁸ inputs of an image is 8191 and a fraction.
    @Test func aBatchBeyondTheKernelsOffsetsIsRefused() throws {
        let network = try makeClassifier([1 << 18], classes: 2)
        expect(
            TrainingError.batchTooLarge(size: 8192, largest: 8191),
            "The batch size is 8192, but this network can take at most 8191 images at a time; use smaller batches."
        ) {
            _ = try makeTrainer(network, batchSize: .max)
                .fit(Blank(count: 8192, inputShape: [1 << 18]), validation: nil, callbacks: [])
        }
    }

    /// Images without ink, of class 0; they take no memory.
    private struct Blank: BatchSource {
        let count: Int
        let inputShape: Shape
        func label(of sample: Int) -> Int { 0 }
        func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
            destination.update(repeating: 0)
        }
    }

    @Test func aNetworkThatEndsInAnImageIsRefused() throws {
        let network = try Network(
            Sequential { Conv2D(filters: 2, kernelSize: 3) }, input: [5, 5, 1], seed: 0)
        expect(
            TrainingError.outputNotVector([3, 3, 2]),
            "The network's output has shape 3×3×2, but the loss needs one value for each class; end it in Flatten() and a "
                + "Dense layer, or use a loss with a target for each position, such as categoricalCrossentropy."
        ) { _ = try makeTrainer(network) }
    }

    @Test(arguments: [Loss.sparseCategoricalCrossentropy, .categoricalCrossentropy])
    func aNetworkWithoutSoftmaxIsRefusedWhereProbabilitiesAreNeeded(loss: Loss) throws {
        let ends: [Sequential] = [
            Sequential { Dense(3) }, Sequential { Dense(3, activation: .relu) },
            Sequential {
                Dense(3, activation: .softmax)
                BatchNorm()
            },
        ]
        for end in ends {
            let network = try Network(end, input: [2], seed: 0)
            expect(
                TrainingError.outputNotProbabilities(loss),
                "The loss \(loss.rawValue) needs probabilities, but the network does not end in softmax; end it in "
                    + "Dense(…, activation: .softmax), or use the loss \(loss.rawValue)FromLogits."
            ) { _ = try makeTrainer(network, loss: loss) }
            _ = try makeTrainer(network, loss: .meanSquaredError)
            _ = try makeTrainer(network, loss: .sparseCategoricalCrossentropyFromLogits)
        }
    }

    @Test func probabilitiesMayComeFromASigmoidOrFromBeforeAPool() throws {
        let ends: [Sequential] = [
            Sequential { Dense(3, activation: .sigmoid) },
            Sequential {
                Dense(3)
                Activation(.softmax)
                Dropout(0.5)
            },
        ]
        for end in ends { _ = try makeTrainer(Network(end, input: [2], seed: 0)) }
        let pooled = Sequential {
            Conv2D(filters: 3, kernelSize: 1, activation: .softmax)
            GlobalAveragePool2D()
        }
        _ = try makeTrainer(Network(pooled, input: [4, 4, 1], seed: 0))
    }

    @Test func noImagesAreRefused() throws {
        let network = try makeClassifier([3], classes: 10)
        let none = SampleImages.noise(0, [3])
        let some = SampleImages.noise(4, [3])
        expect(
            InputError.noImages(purpose: "training"), "There are no images for training; give at least one."
        ) {
            _ = try makeTrainer(network).fit(none, validation: nil, callbacks: [])
        }
        expect(
            InputError.noImages(purpose: "validation"),
            "There are no images for validation; give at least one."
        ) {
            _ = try makeTrainer(network).fit(some, validation: none, callbacks: [])
        }
        expect(
            InputError.noImages(purpose: "evaluation"),
            "There are no images for evaluation; give at least one."
        ) {
            _ = try evaluate(network, none)
        }
    }

    @Test func imagesOfAnotherShapeAreRefused() throws {
        let network = try makeClassifier([4, 4, 1], classes: 10)
        let fit = SampleImages.noise(2, [4, 4, 1])
        let misfit = SampleImages.noise(2, [4, 5, 1])
        let error = InputError.shapeMismatch(network: [4, 4, 1], images: [4, 5, 1])
        let sentence =
            "The network takes inputs of shape 4×4×1, but the images have shape 4×5×1; use images of that size or a "
            + "network for these."
        expect(error, sentence) {
            _ = try makeTrainer(network).fit(misfit, validation: nil, callbacks: [])
        }
        expect(error, sentence) {
            _ = try makeTrainer(network).fit(fit, validation: misfit, callbacks: [])
        }
        expect(error, sentence) { _ = try evaluate(network, misfit) }
    }

    @Test func labelsThatAreNoOutputsAreRefusedBeforeAnythingChanges() throws {
        let network = try makeClassifier([1], classes: 3)
        let before = network.bits
        for label in [3, -1, 200] {
            let images = SampleImages([1], inputs: [[0], [1], [2]], labels: [0, 2, label])
            expect(
                InputError.labelOutOfRange(label: label, sample: 2, outputs: 3),
                "Image 2 has the label \(label), but the network has 3 outputs (0…2); end the network in a Dense "
                    + "layer with one unit for each class."
            ) { _ = try makeTrainer(network, batchSize: 1).fit(images, validation: nil, callbacks: []) }
            #expect(throws: InputError.self) { try evaluate(network, images) }
        }
        #expect(network.bits == before)
    }

    private func evaluate(_ network: Network, _ images: SampleImages) throws -> EvaluationResult {
        try Evaluator(
            network, loss: .sparseCategoricalCrossentropy, metrics: [.accuracy], pool: WorkerPool(threads: 1)
        ).evaluate(images)
    }
}
