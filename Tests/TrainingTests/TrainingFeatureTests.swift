import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// Runs with each feature and with all, against Keras in float64; and what a feature that is on must not change.
struct TrainingFeatureTests {
    private static let description = Sequential {
        Conv2D(filters: 5, kernelSize: 3, useBias: false)
        BatchNorm()
        Activation(.relu)
        Flatten()
        Dense(7, activation: .relu)
        Dense(4, activation: .softmax)
    }

    private static let features = ["decay", "smoothing", "clipping", "schedule", "ema", "all"]

    private func configuration(_ feature: String) -> TrainingConfiguration {
        var configuration = TrainingConfiguration.with(epochs: 2, batchSize: 8, shuffles: false)
        let isAll = feature == "all"
        if isAll || feature == "smoothing" { configuration.labelSmoothing = 0.1 }
        if isAll || feature == "clipping" { configuration.globalClipNorm = 4 }
        if isAll || feature == "ema" { configuration.emaMomentum = 0.8 }
        if isAll || feature == "schedule" { configuration.schedule = .cosine().warmedUp(epochs: 2 / 3.0) }
        return configuration
    }

    private func optimizer(_ feature: String) -> Optimizer {
        ["decay", "all"].contains(feature)
            ? .adamW(learningRate: 0.01, weightDecay: 0.3) : .adam(learningRate: 0.01)
    }

    private func run(
        _ optimizer: Optimizer, _ configuration: TrainingConfiguration,
        loss: Loss = .sparseCategoricalCrossentropy,
        threads: Int = 1, kernels: Kernels = .best
    ) throws -> (network: Network, history: History) {
        let golden = try GoldenFile.training()
        let network = try Network(Self.description, input: [6, 6, 1], seed: 1)
        for slot in network.layout.slots {
            network.setParameter(slot.name, to: try golden.values("start.\(slot.name)").map { Float($0) })
        }
        let history = try makeTrainer(
            network, optimizer, loss: loss, configuration: configuration, threads: threads, kernels: kernels
        ).fit(golden.images(), validation: nil, callbacks: [])
        return (network, history)
    }

    /// The largest distance of a run's parameters from Keras's.
    private func distance(_ network: Network, _ feature: String) throws -> Double {
        let golden = try GoldenFile.training()
        return try network.layout.slots.reduce(0) { largest, slot in
            let expected = try golden.values("\(feature).\(slot.name)")
            let own = try #require(network[slot.name])
            #expect(own.count == expected.count)
            return zip(own, expected).reduce(largest) { max($0, abs(Double($1.0) - $1.1)) }
        }
    }

    /// Six steps in float32: Adam turns the rounding of a gradient into about 10⁻⁷ of a step of 0.01 where the gradient is not
    /// small, so 10⁻⁵ is far more than rounding and far less than what a feature does.
    @Test(arguments: features, Kernels.available)
    func aRunWithAFeatureIsKeras(feature: String, kernels: Kernels) throws {
        let (network, history) = try run(optimizer(feature), configuration(feature), kernels: kernels)
        #expect(try distance(network, feature) < 1e-5)
        let losses = try GoldenFile.training().values("\(feature).losses")
        for epoch in 0..<2 {
            let expected = losses[epoch * 3..<epoch * 3 + 3].reduce(0, +) / 3
            #expect(abs(history["loss"][epoch] - expected) < 1e-5)
        }
        let plain = try run(
            .adam(learningRate: 0.01), TrainingConfiguration.with(epochs: 2, batchSize: 8, shuffles: false))
        #expect(
            try distance(plain.network, feature) > 1e-4, "The feature must matter for this to mean something."
        )
    }

    @Test func targetsAreSmoothedLikeClasses() throws {
        let ours = try run(optimizer("smoothing"), configuration("smoothing"), loss: .categoricalCrossentropy)
        #expect(try distance(ours.network, "smoothing") < 1e-5)
    }

    @Test func weightDecayLeavesBiasesAndBatchNormAlone() throws {
        // Without a gradient only the decay moves anything: a learning rate of 0.01 and no error.
        let network = try Network(Self.description, input: [6, 6, 1], seed: 1)
        let state = OptimizerState(.adamW(learningRate: 0.5, weightDecay: 0.5), network: network)
        for slot in network.layout.slots {
            network.setParameter(slot.name, to: Array(repeating: 2, count: slot.shape.count))
        }
        state.beginStep()
        let zero = FloatBuffer(count: network.layout.trainableCount)
        for slot in network.layout.slots where slot.description.isTrainable {
            state.update(slot.range, gradients: zero)
        }
        for slot in network.layout.slots {
            let expected: Float = slot.name.hasSuffix(".weight") ? 1.5 : 2
            #expect(network[slot.name]!.allSatisfy { $0 == expected }, "\(slot.name)")
        }
    }

    // MARK: - The same bits

    @Test(arguments: Kernels.available)
    func allFeaturesGiveTheSameBitsOnAnyNumberOfThreads(kernels: Kernels) throws {
        let expected = try run(optimizer("all"), configuration("all"), kernels: kernels)
        for threads in [2, 3, 8] {
            let again = try run(optimizer("all"), configuration("all"), threads: threads, kernels: kernels)
            #expect(again.network.bits == expected.network.bits, "\(threads) threads with \(kernels)")
            #expect(again.history["loss"] == expected.history["loss"])
        }
    }

    @Test func featuresThatDoNothingChangeNoBit() throws {
        let plain = try run(.adam(), TrainingConfiguration.with(epochs: 2, batchSize: 8))
        for change: (inout TrainingConfiguration) -> Void in [
            { $0.globalClipNorm = 1e6 }, { $0.schedule = .exponential(factor: 1) },
            { $0.timeLimit = .seconds(3600) },
        ] {
            var configuration = TrainingConfiguration.with(epochs: 2, batchSize: 8)
            change(&configuration)
            #expect(try run(.adam(), configuration, threads: 2).network.bits == plain.network.bits)
        }
    }

    // MARK: - Clipping

    /// Plain descent with a rate of 1 moves all parameters together by the gradient's length.
    @Test func aClippedStepHasTheLengthAskedFor() throws {
        let start = try run(.sgd(learningRate: 1e-30), TrainingConfiguration.with(batchSize: 24)).network
        for (norm, isClipped) in [(Float(0.5), true), (1e6, false)] {
            let moved = try run(
                .sgd(learningRate: 1), TrainingConfiguration.with(batchSize: 24, globalClipNorm: norm)
            )
            .network
            let squares = (0..<start.layout.trainableCount).reduce(0.0) { sum, index in
                let step = Double(moved.parameters.pointer[index]) - Double(start.parameters.pointer[index])
                return sum + step * step
            }
            #expect(isClipped == (abs(squares.squareRoot() - 0.5) < 1e-5))
        }
    }

    // MARK: - Refusals

    @Test(arguments: [
        (
            TrainingConfiguration.with(labelSmoothing: 1),
            "label smoothing is 1, but must be at least 0 and below 1."
        ),
        (
            TrainingConfiguration.with(labelSmoothing: -0.1),
            "label smoothing is -0.1, but must be at least 0 and below 1."
        ),
        (TrainingConfiguration.with(globalClipNorm: 0), "clip norm is 0, but must be a number above 0."),
        (TrainingConfiguration.with(globalClipNorm: .nan), "clip norm is nan, but must be a number above 0."),
        (TrainingConfiguration.with(emaMomentum: 1), "ema is 1, but must be at least 0 and below 1."),
        (TrainingConfiguration.with(emaMomentum: -0.1), "ema is -0.1, but must be at least 0 and below 1."),
        (TrainingConfiguration.with(timeLimit: .zero), "time limit is 0s, but must be above 0s."),
        (
            TrainingConfiguration.with(schedule: .cosine(), timeLimit: .seconds(60)),
            "The schedule cosine needs to know the run's length, which a time limit leaves open; give epochs alone, or a "
                + "schedule that goes by epochs (constant, step, exponential)."
        ),
    ])
    func settingsOutOfRangeAreRefused(configuration: TrainingConfiguration, sentence: String) throws {
        let error = #expect(throws: TrainingError.self) {
            try makeTrainer(makeClassifier([3], classes: 2), configuration: configuration)
        }
        #expect(error?.description == sentence)
    }

    @Test func smoothingIsForCrossEntropy() throws {
        let error = #expect(throws: TrainingError.self) {
            try makeTrainer(
                makeClassifier([3], classes: 2), loss: .meanSquaredError,
                configuration: .with(labelSmoothing: 0.1))
        }
        #expect(error?.description == "label smoothing is 0.1, but must be 0 for the loss meanSquaredError.")
    }
}
