import Compute
import NetworkTestSupport
import NeuralNetworks
import TestSupport
import Testing
import Training

/// Samples of no class.
struct OutlierTests {
    /// Images of bars, and behind them pictures of noise that are outliers of a weight.
    private struct Exposed: BatchSource {
        let bars: SampleImages
        let noise: SampleImages
        let weight: Float

        init(bars: Int = 128, noise: Int = 40, weight: Float = 0.5) {
            self.bars = .bars(bars)
            self.noise = .noise(noise, [8, 8, 1])
            self.weight = weight
        }

        var count: Int { bars.count + noise.count }
        var inputShape: Shape { bars.inputShape }
        func isOutlier(_ sample: Int) -> Bool { sample >= bars.count }
        func label(of sample: Int) -> Int {
            precondition(!isOutlier(sample), "Nobody asks an outlier for its class.")
            return bars.label(of: sample)
        }
        func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
            isOutlier(sample)
                ? noise.copyInput(of: sample - bars.count, into: &destination)
                : bars.copyInput(of: sample, into: &destination)
        }
        func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
            destination.update(repeating: isOutlier(sample) ? weight / 2 : 0)
            if !isOutlier(sample) { destination[label(of: sample)] = 1 }
        }
    }

    private func network(_ activation: ActivationFunction? = .softmax) throws -> Network {
        try Network(
            Sequential {
                Conv2D(filters: 6, kernelSize: 3, activation: .relu)
                Flatten()
                Dense(2, activation: activation)
            }, input: [8, 8, 1], seed: 1)
    }

    /// At a learning rate of nothing, histories tell of the samples alone.
    private func history(
        _ source: any BatchSource, loss: Loss = .sparseCategoricalCrossentropy, labelSmoothing: Float = 0
    ) throws -> History {
        try makeTrainer(
            network(loss.isFromLogits ? nil : .softmax), .sgd(learningRate: 1e-30), loss: loss,
            metrics: [.accuracy, .topKAccuracy(k: 1)],
            configuration: .with(batchSize: 16, labelSmoothing: labelSmoothing)
        ).fit(source, validation: nil, callbacks: [])
    }

    @Test func metricsLeaveOutliersOut() throws {
        let (plain, exposed) = (try history(SampleImages.bars(128)), try history(Exposed()))
        #expect(plain["accuracy"] == exposed["accuracy"])
        #expect(plain["top_1_accuracy"] == exposed["top_1_accuracy"])
        #expect(exposed["accuracy"][0] > 0)
    }

    /// Every loss over classes takes an outlier as the same distribution.
    @Test(arguments: [Float(0), 0.1])
    func theLossIsTheSameInEveryForm(labelSmoothing: Float) throws {
        let forms: [[Loss]] = [
            [.sparseCategoricalCrossentropy, .categoricalCrossentropy],
            [.sparseCategoricalCrossentropyFromLogits, .categoricalCrossentropyFromLogits],
        ]
        let losses = try forms.joined().map {
            try history(Exposed(), loss: $0, labelSmoothing: labelSmoothing)["loss"][0]
        }
        #expect(losses.allSatisfy { abs($0 - losses[0]) < 1e-6 }, "\(losses)")
    }

    /// What outliers add is their weight times their cross-entropy to equal parts.
    @Test func outliersWeighWhatTheirTargetSays() throws {
        func sum(_ weight: Float) throws -> Double {
            let exposed = Exposed(weight: weight)
            return try history(exposed)["loss"][0] * Double(exposed.count)
        }
        let plain = try history(SampleImages.bars(128))["loss"][0] * 128
        let (half, whole) = (try sum(0.5) - plain, try sum(1) - plain)
        #expect(half > 0 && abs(whole - 2 * half) < 1e-4 * whole)
        #expect(abs(try sum(0) - plain) < 1e-4)
    }

    @Test func anExposedNetworkReadsAndDoubts() throws {
        let log2 = 0.6931471805599453
        /// By how much the cross-entropy of noise that was not seen to equal parts is above the least there is.
        func certainty(_ source: any BatchSource) throws -> Double {
            let network = try network()
            let history = try makeTrainer(
                network, .adam(learningRate: 0.01), epochs: 20, batchSize: 16, threads: 2
            ).fit(source, validation: SampleImages.bars(64, seed: 7), callbacks: [])
            #expect(try #require(history.epochs.last?.validationMetrics["accuracy"]) > 0.95)
            let evaluator = Evaluator(
                network, loss: .sparseCategoricalCrossentropy, metrics: [], pool: WorkerPool(threads: 1))
            let noise = SampleImages.noise(64, [8, 8, 1], seed: 9)
            let losses = try (0..<2).map { label in
                try evaluator.evaluate(
                    SampleImages([8, 8, 1], inputs: noise.inputs, labels: noise.inputs.map { _ in label })
                ).loss
            }
            return (losses[0] + losses[1]) / 2 - log2
        }
        let (plain, exposed) = (try certainty(SampleImages.bars(128)), try certainty(Exposed(weight: 1)))
        #expect(exposed < plain / 3, "\(plain) and \(exposed)")
    }

    @Test(arguments: [2, 3])
    func trainsToTheSameBitsOnAnyNumberOfThreads(threads: Int) throws {
        func bits(_ threads: Int) throws -> [String: [UInt32]] {
            let network = try network()
            _ = try makeTrainer(network, .adam(), epochs: 2, batchSize: 9, threads: threads)
                .fit(Exposed(bars: 40, noise: 13), validation: nil, callbacks: [])
            return network.bits
        }
        #expect(try bits(threads) == bits(1))
    }

    @Test func exposureIsForCrossEntropy() throws {
        let error = #expect(throws: TrainingError.self) {
            try makeTrainer(
                network(), loss: .meanSquaredError,
                configuration: TrainingConfiguration { $0.outlierExposure = 0.5 })
        }
        #expect(error?.description == "outlier exposure is 0.5, but must be 0 for the loss meanSquaredError.")
    }

    @Test(arguments: [
        (
            TrainingConfiguration { $0.outlierExposure = -1 },
            "outlier exposure is -1, but must be at least 0."
        ),
        (
            TrainingConfiguration { $0.outlierExposure = .infinity },
            "outlier exposure is inf, but must be at least 0."
        ),
        (TrainingConfiguration { $0.scenes = -3 }, "scenes is -3, but must be 0 to 10000000."),
        (
            TrainingConfiguration { $0.scenes = 9_000_000_000_000 },
            "scenes is 9000000000000, but must be 0 to 10000000."
        ),
    ])
    func settingsOutOfRangeAreRefused(configuration: TrainingConfiguration, sentence: String) throws {
        let error = #expect(throws: TrainingError.self) {
            try makeTrainer(network(), configuration: configuration)
        }
        #expect(error?.description == sentence)
    }
}
