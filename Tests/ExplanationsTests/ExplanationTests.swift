import DataTestSupport
import DigitRecognition
import Explanations
import Foundation
import NetworkTestSupport
import TestSupport
import Testing

/// Saliency, Grad-CAM, activations and filters of models.
struct ExplanationTests {
    /// Without kinks, so that differences of float32 are good for three digits.
    private func makeSmoothModel(loss: Loss = .sparseCategoricalCrossentropy) throws -> Model {
        let model = try Model(input: [12, 12, 1], seed: 3, classNames: "abcdefghij".map(String.init)) {
            Conv2D(filters: 6, kernelSize: 3, stride: 2, padding: .same, activation: .tanh)
            BatchNorm()
            AveragePool2D(size: 2)
            Dropout(0.5)
            Flatten()
            Dense(12, activation: .sigmoid)
            Dense(10, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.01), loss: loss)
        try model.fit(
            drawnDigits(200, size: 12), normalization: .standardized(mean: 0.2, standardDeviation: 0.4))
        return model
    }

    private func makeModel() throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 8, kernelSize: 3)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 20, kernelSize: 3)
            MaxPool2D(size: 2)
            BatchNorm()
            Activation(.relu)
            Dropout(0.3)
            Flatten()
            Dense(10, activation: .softmax)
        }
        try model.fit(drawnDigits(60), normalization: .l2(axis: 1))
        return model
    }

    private func drawnDigit(_ size: Int = 28) throws -> Image {
        try drawnDigits(4, size: size, seed: 4).images[3]
    }

    // MARK: Saliency

    @Test(arguments: [Loss.sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits])
    func theProbabilitysGradientIsThatOfThePredictor(loss: Loss) throws {
        let model = try makeSmoothModel(loss: loss)
        let image = try drawnDigit(12)
        let saliency = try model.saliency(of: image, class: 4, score: .probability)
        #expect(saliency.className == "e" && saliency.label == 4 && saliency.scoreKind == .probability)
        #expect(abs(saliency.score - (try model.predict(image).probabilities[4])) < 1e-6)
        let predictor = Predictor(model)
        let input = model.normalization(image)
        let largest = saliency.map.values.map(abs).max()!
        #expect(largest > 1e-3)
        func probability(_ pixel: Int, _ step: Float) -> Float {
            var input = input
            input[pixel] += step
            var outputs = [Float](repeating: 0, count: 10)
            var span = outputs.mutableSpan
            predictor.predict(inputs: input.span, into: &span)
            return outputs[4]
        }
        for pixel in input.indices {
            // 10⁻⁷ of rounding over a step of 0.1, and a third derivative's 10⁻³ of the gradient.
            let step: Float = 0.05
            let slope = (probability(pixel, step) - probability(pixel, -step)) / (2 * step)
            #expect(abs(slope - saliency.map.values[pixel]) < 1e-2 * largest, "pixel \(pixel)")
        }
    }

    @Test func theClassIsThePredictedOneUnlessNamed() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        let predicted = try model.predict(image).label
        #expect(try model.saliency(of: image).label == predicted)
        #expect(try model.gradCAM(of: image).label == predicted)
        #expect(try model.saliency(of: image) == model.saliency(of: image, class: predicted))
        #expect(
            try model.saliency(of: image).map != model.saliency(of: image, class: (predicted + 1) % 10).map)
    }

    @Test func severalImagesAtOnceAreTheSameAsEachAlone() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        let blank = Image(shape: image.shape, pixels: Array(repeating: 0, count: image.pixels.count))
        let method = SaliencyMethod.integratedGradients(steps: 16, baseline: .blank)
        let images = [(image, 3), (blank, 3), (image, 7)]
        let together = try model.saliency(
            of: images.map { (image: $0, label: $1) }, method: method, score: .logit)
        #expect(together == (try images.map { try model.saliency(of: $0, class: $1, method: method) }))
    }

    @Test func severalMethodsAtOnceAreTheSameAsEachAlone() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        let methods: [SaliencyMethod] = [
            .integratedGradients(steps: 16, baseline: .blank), .gradientTimesInput,
            .integratedGradients(steps: 8),
            .gradient,
        ]
        let together = try model.saliency(of: image, class: 3, methods: methods)
        #expect(together == (try methods.map { try model.saliency(of: image, class: 3, method: $0) }))
        #expect(together.map(\.method) == methods)
        #expect(try model.saliency(of: image, methods: []) == [])
        #expect(throws: ExplanationError.stepsOutOfRange(0)) {
            try model.saliency(of: image, methods: [.gradient, .integratedGradients(steps: 0)])
        }
    }

    @Test func gradientTimesInputIsTheirProduct() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        let gradient = try model.saliency(of: image)
        let product = try model.saliency(of: image, method: .gradientTimesInput)
        #expect(product.map.values == zip(gradient.map.values, model.normalization(image)).map { $0 * $1 })
        #expect(gradient.completeness == nil && product.completeness == nil)
        #expect(product.method == .gradientTimesInput && product.score == gradient.score)
    }

    @Test func integratedGradientsOfALinearNetworkAreExactInOneStep() throws {
        let model = try Model(input: [4, 5, 1], seed: 2) {
            Flatten()
            Dense(3)
        }
        let image = Image(height: 4, width: 5, pixels: (0..<20).map { UInt8($0 * 13) })
        let weight = model.network["dense1.weight"]!
        for steps in [1, 2, 64] {
            let saliency = try model.saliency(
                of: image, class: 1, method: .integratedGradients(steps: steps, baseline: .zero))
            for (pixel, value) in model.normalization(image).enumerated() {
                #expect(abs(saliency.map.values[pixel] - weight[20 + pixel] * value) < 1e-6)
            }
            let completeness = try #require(saliency.completeness)
            #expect(completeness.relativeGap < 1e-5)
            #expect(abs(completeness.scoreDifference - Double(saliency.score)) < 1e-6, "The bias is 0.")
        }
    }

    @Test func aPixelsChannelsAreAddedUp() throws {
        let model = try Model(input: [2, 2, 3], seed: 2) {
            Flatten()
            Dense(2)
        }
        let image = Image(height: 2, width: 2, channels: 3, pixels: (0..<12).map { UInt8($0 * 20) })
        let saliency = try model.saliency(of: image, class: 1)
        let weights = try #require(model.network["dense1.weight"])
        #expect(saliency.map.height == 2 && saliency.map.width == 2)
        for pixel in 0..<4 {
            let expected = weights[12 + 3 * pixel..<15 + 3 * pixel].reduce(0, +)
            #expect(abs(saliency.map.values[pixel] - expected) < 1e-6)
        }
    }

    @Test func theBlankBaselineIsTheNormalisedBlankImage() throws {
        let model = try makeSmoothModel()
        let image = try drawnDigit(12)
        let blank = Image(height: 12, width: 12, pixels: Array(repeating: 0, count: 144))
        let score = try model.saliency(of: image, class: 2).score
        for (baseline, other) in [
            (SaliencyBaseline.blank, try model.saliency(of: blank, class: 2).score), (.zero, nil),
        ] {
            let saliency = try model.saliency(
                of: image, class: 2, method: .integratedGradients(baseline: baseline))
            let completeness = try #require(saliency.completeness)
            // A smooth function: the rule is exact but for rounding.
            #expect(abs(completeness.gap) < 1e-5)
            if let other { #expect(abs(completeness.scoreDifference - Double(score - other)) < 1e-6) }
        }
        #expect(
            try model.saliency(of: image, method: .integratedGradients(baseline: .zero)).map
                != model.saliency(of: image, method: .integratedGradients(baseline: .blank)).map)
    }

    @Test(arguments: ["notebook", "lenet5"], ExplainedScore.allCases)
    func integratedGradientsAreCompleteForTheRecipes(name: String, score: ExplainedScore) throws {
        let recipe = try #require(Recipe.named(name))
        let model = try Model(recipe.network, input: [28, 28, 1], seed: 1)
        try model.fit(drawnDigits(600), normalization: recipe.normalization, epochs: 2)
        for image in try drawnDigits(10, seed: 4).images {
            let saliency = try model.saliency(of: image, method: .integratedGradients(), score: score)
            let completeness = try #require(saliency.completeness)
            #expect(completeness.relativeGap < 0.01, "\(completeness)")
        }
    }

    // MARK: Grad-CAM, activations, filters

    @Test func gradCAMIsMadeOfItsWeightsAndTheActivations() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        let camera = try model.gradCAM(of: image, layer: "activation2")
        let activation = try #require(model.activations(of: image).first { $0.name == "activation2" })
        #expect(activation.shape == [12, 12, 20] && camera.map.height == 12)
        for position in 0..<144 {
            let sum = (0..<20).reduce(Float(0)) {
                $0 + camera.channelWeights[$1] * activation.values[position * 20 + $1]
            }
            #expect(abs(camera.map.values[position] - max(sum, 0)) < 1e-5)
        }
        #expect(camera.map.values.contains { $0 > 0 })
        #expect(try model.gradCAM(of: image).layer == "conv2")
    }

    /// A map of 2×2 places looks the same everywhere.
    @Test(arguments: [(3, "conv1"), (2, "conv2")])
    func gradCAMLooksWhereThereArePlacesToTellApart(kernelSize: Int, layer: String) throws {
        let model = try Model(input: [6, 6, 1], seed: 3) {
            Conv2D(filters: 2, kernelSize: 3, activation: .relu)
            Conv2D(filters: 2, kernelSize: kernelSize, activation: .relu)
            Flatten()
            Dense(10, activation: .softmax)
        }
        let image = Image(height: 6, width: 6, pixels: (0..<36).map { UInt8($0 * 7) })
        #expect(try model.gradCAM(of: image).layer == layer)
    }

    @Test func theLastActivationIsThePrediction() throws {
        for loss in [Loss.sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits] {
            let model = try makeSmoothModel(loss: loss)
            let image = try drawnDigit(12)
            let activations = try model.activations(of: image)
            #expect(activations.map(\.kind).first == "Conv2D" && activations.count == 7)
            let last = try #require(activations.last)
            #expect(last.name == "dense2" && last.shape == [10])
            let probabilities = try model.predict(image).probabilities
            if loss.isFromLogits {
                #expect(abs(last.values.reduce(0, +) - 1) > 1e-3, "logits")
                let total = last.values.reduce(0) { $0 + exp($1) }
                for (value, p) in zip(last.values, probabilities) {
                    #expect(abs(exp(value) / total - p) < 1e-5)
                }
            } else {
                for (value, probability) in zip(last.values, probabilities) {
                    #expect(abs(value - probability) < 1e-6)
                }
            }
            let dropout = try #require(activations.first { $0.kind == "Dropout" })
            #expect(dropout.values == activations.first { $0.kind == "AveragePool2D" }?.values)
            #expect(dropout.channel(5)?[1, 2] == dropout.values[(1 * 3 + 2) * 6 + 5])
            #expect(dropout.channel(6) == nil && last.channel(0) == nil)
        }
    }

    @Test func filtersAreTheWeights() throws {
        let model = try makeModel()
        let first = try model.filters()
        #expect(first.layer == "conv1" && first.count == 8 && first.rows == 3 && first.columns == 3)
        #expect(first.channels == 1 && first.values == model.network["conv1.weight"])
        let second = try model.filters(ofLayer: "conv2")
        let weight = try #require(model.network["conv2.weight"])
        #expect(second.count == 20 && second.channels == 8 && second.values == weight)
        let kernel = second.kernel(7, channel: 5)
        #expect(kernel[2, 1] == weight[((7 * 3 + 2) * 3 + 1) * 8 + 5])
    }

    @Test func mapsAreResizedBilinearly() {
        let map = PixelMap(height: 2, width: 2, values: [0, 4, 8, 12])
        let larger = map.resized(height: 4, width: 4)
        #expect(larger.values == [0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12])
        #expect(map.resized(height: 2, width: 2) == map)
        #expect(
            PixelMap(height: 1, width: 1, values: [3]).resized(height: 2, width: 3).values == [
                3, 3, 3, 3, 3, 3,
            ])
        #expect(larger.resized(height: 1, width: 1).values == [6])
    }

    // MARK: What does not change, and what is refused

    @Test func anExplanationDoesNotChangeTheModel() throws {
        let model = try makeModel()
        let images = try drawnDigits(6, seed: 4).images
        let (before, parameters) = (try model.predict(images), model.network.bits)
        for image in images {
            _ = try model.saliency(of: image, method: .integratedGradients(steps: 5))
            _ = try model.gradCAM(of: image)
            _ = try model.activations(of: image)
        }
        #expect(try model.predict(images) == before)
        #expect(try Predictor(model).predict(images) == before)
        #expect(model.network.bits == parameters)
    }

    @Test func anyNumberOfThreadsGivesTheSameBits() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        var expected: (Saliency, GradCAM, [LayerActivation])?
        for threads in [1, 2, 3, 8] {
            model.threads = threads
            let actual = (
                try model.saliency(of: image, method: .integratedGradients(steps: 20)),
                try model.gradCAM(of: image), try model.activations(of: image)
            )
            let (saliency, camera, activations) = expected ?? actual
            #expect(actual.0 == saliency && actual.1 == camera && actual.2 == activations)
            expected = actual
        }
    }

    @Test func anExplanationFollowsTheModel() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        let before = try model.saliency(of: image, class: 3)
        try model.fit(drawnDigits(60, seed: 9), normalization: .l2(axis: 1))
        #expect(try model.saliency(of: image, class: 3).map != before.map)
    }

    @Test func whatCannotBeExplainedIsRefused() throws {
        let model = try makeModel()
        let image = try drawnDigit()
        let wrong = try drawnDigit(20)
        let mismatch = InputError.shapeMismatch(network: [28, 28, 1], images: [20, 20, 1])
        #expect(throws: mismatch) { try model.saliency(of: wrong) }
        #expect(throws: mismatch) { try model.gradCAM(of: wrong) }
        #expect(throws: mismatch) { try model.activations(of: wrong) }
        for label in [-1, 10] {
            let error = ExplanationError.classOutOfRange(class: label, classes: 10)
            #expect(throws: error) { try model.saliency(of: image, class: label) }
            #expect(throws: error) { try model.gradCAM(of: image, class: label) }
        }
        for steps in [-1, 0, 10_001] {
            #expect(throws: ExplanationError.stepsOutOfRange(steps)) {
                try model.saliency(of: image, method: .integratedGradients(steps: steps))
            }
        }
        let unknown = ExplanationError.unknownLayer("conv9", layers: model.network.description.layerNames)
        #expect(throws: unknown) { try model.gradCAM(of: image, layer: "conv9") }
        #expect(throws: unknown) { try model.filters(ofLayer: "conv9") }
        #expect(throws: ExplanationError.outputNotImage(layer: "dense1", shape: [10])) {
            try model.gradCAM(of: image, layer: "dense1")
        }
        #expect(throws: ExplanationError.notConvolution(layer: "maxpool1", kind: "MaxPool2D")) {
            try model.filters(ofLayer: "maxpool1")
        }
        let dense = try Model(input: [28, 28, 1]) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        #expect(throws: ExplanationError.noConvolution) { try dense.gradCAM(of: image) }
        #expect(throws: ExplanationError.noConvolution) { try dense.filters() }
        #expect(try dense.saliency(of: image).map.values.count == 784)
    }

    @Test(arguments: [
        (ExplanationError.classOutOfRange(class: 12, classes: 10), ["class 12", "0…9"]),
        (.stepsOutOfRange(0), ["1 to 10000", "0"]),
        (.noConvolution, ["no convolution", "saliency"]),
        (.unknownLayer("conv9", layers: ["conv1", "dense1"]), ["“conv9”", "conv1, dense1"]),
        (.notConvolution(layer: "dense1", kind: "Dense"), ["dense1", "Dense"]),
        (.outputNotImage(layer: "dense1", shape: [10]), ["dense1", "10", "flattened"]),
    ])
    func errorsAreOneSentence(error: ExplanationError, parts: [String]) {
        for part in parts { #expect(error.description.contains(part)) }
        #expect(error.description.hasSuffix(".") && !error.description.contains("\n"))
    }
}

/// On the real MNIST.
@Suite(.enabled(if: RealData.isThere, RealData.skipped))
struct RealDataExplanationTests {
    @Test(arguments: ["notebook", "lenet5"])
    func integratedGradientsAreCompleteForDigits(name: String) async throws {
        let recipe = try #require(Recipe.named(name))
        let mnist = try await MNIST.load(from: RealData.folder)
        let model = try Model(recipe.network, input: [28, 28, 1], seed: 1)
        try model.fit(mnist.train.subset(0..<10_000), normalization: recipe.normalization)
        for image in mnist.test.images.prefix(30) {
            for score in ExplainedScore.allCases {
                let saliency = try model.saliency(of: image, method: .integratedGradients(), score: score)
                let completeness = try #require(saliency.completeness)
                #expect(completeness.relativeGap < 0.01, "\(completeness)")
            }
        }
    }
}
