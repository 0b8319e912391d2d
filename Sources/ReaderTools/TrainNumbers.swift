import ArgumentParser
import Compute
import DigitRecognition
import Foundation
import ModelFormats
import NeuralNetworks
import PictureReading
import ReaderTraining
import SyntheticDigits
import Training

/// Trains the network that reads numbers, from MNIST's training images and scenes alone.
struct TrainNumbers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train the network that reads whole numbers.")

    @OptionGroup var options: ToolOptions
    @Argument(help: "Where the model goes; written after each epoch.") var output: String
    @Option(help: "Scenes to train on.") var scenes = 60_000
    @Option(help: "Passes over them.") var epochs = 20
    @Option(help: "What all that is random follows from.") var seed: UInt64 = 1

    func run() async throws {
        let images = try await options.load(.train)
        let digits = SceneDigits(images: images.images, labels: images.labels)
        func generator(stream: Int) -> SceneGenerator {
            SceneGenerator(seed: seed, stream: stream, mix: .numberTraining, digits: digits)
        }
        let strips = TrainingStrip.strips(
            of: generator(stream: 0), scenes: 0..<scenes, threads: options.threads)
        let held = TrainingStrip.strips(of: generator(stream: 1), scenes: 0..<2000, threads: options.threads)
        print("\(strips.count) strips of \(scenes) scenes")

        let configuration = TrainingConfiguration {
            $0.loss = .categoricalCrossentropy
            $0.epochs = epochs
            $0.batchSize = 32
            $0.optimizer = .adam(learningRate: 2e-3)
            $0.closingFraction = 0.15
            $0.schedule = .oneCycle()
            $0.emaMomentum = 0.999
        }
        let network = try Network(
            .numbers, input: [LineStrip.height, StripSource.width, 1], seed: seed)
        let trainer = try Trainer(
            network, configuration, seed: seed, pool: WorkerPool(threads: options.threads))
        var information = ModelInformation(
            classNames: DigitImage.classNames + ["none"], loss: configuration.loss)
        information.seed = seed
        information.recipe = "numbers"
        information.settings = .init(configuration, leavingOut: [\.loss])
        let progress = Progress(output: output, information: information, held: held)
        _ = try trainer.fit(
            StripSource(strips, seed: seed, lastDistortedEpoch: configuration.lastDistortedEpoch),
            validation: StripSource(held, seed: seed), callbacks: [progress])
        try progress.outcome.get()
        try progress.save(network, "end")
    }
}

/// Saves and scores the network after each epoch.
private final class Progress: TrainingCallback {
    private let output: String
    private let information: ModelInformation
    private let held: [TrainingStrip]
    private var network: Network?
    /// An error ends the training.
    private(set) var outcome = Result<Void, any Error>.success(())

    init(output: String, information: ModelInformation, held: [TrainingStrip]) {
        self.output = output
        self.information = information
        self.held = held
    }

    func trainingBegan(_ network: Network) { self.network = network }

    func epochEnded(_ result: EpochResult) -> TrainingDecision {
        outcome = Result {
            if let network { try save(network, "epoch \(result.epoch): \(result)") }
        }
        if case .failure = outcome { return .stop }
        return .goOn
    }

    func save(_ network: Network, _ title: String) throws {
        try ModelFile.write(network, information, to: output, replacing: true)
        let reader = try NumberNetwork(network)
        let right = held.count { strip in
            NumberDecoder().digits(reader.probabilities(strip.plane)).map(\.value)
                == strip.digits.map(\.value)
        }
        print("\(title): \(right) of \(held.count) strips exact")
        fflush(nil)
    }
}
