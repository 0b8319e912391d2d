import ArgumentParser
import Compute
import Datasets
import DigitRecognition
import Foundation
import ModelFormats
import NeuralNetworks
import PictureReading
import ReaderTraining
import SyntheticDigits
import Training

/// Trains the network that reads numbers, from MNIST's training images and scenes alone.
@main struct TrainNumbers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train-numbers", abstract: "Train the network that reads whole numbers.")

    @Argument(help: "The folder of MNIST's four files.") var data: String
    @Argument(help: "Where the model goes; written after each epoch.") var output: String
    @Option(help: "Scenes to train on.") var scenes = 60_000
    @Option(help: "Passes over them.") var epochs = 20
    @Option(help: "What all that is random follows from.") var seed: UInt64 = 1
    @Option(help: "Threads to compute with.") var threads = 2

    func run() async throws {
        let store = DatasetStore(directory: URL(fileURLWithPath: data))
        let images = try await store.load(.train, of: .mnist).images
        let digits = SceneDigits(images: images.images, labels: images.labels)
        func generator(stream: Int) -> SceneGenerator {
            SceneGenerator(seed: seed, stream: stream, mix: .numberTraining, digits: digits)
        }
        let strips = TrainingStrip.strips(of: generator(stream: 0), scenes: 0..<scenes, threads: threads)
        let held = TrainingStrip.strips(of: generator(stream: 1), scenes: 0..<2000, threads: threads)
        print("\(strips.count) strips of \(scenes) scenes")

        let configuration = TrainingConfiguration {
            $0.loss = .categoricalCrossentropy
            $0.epochs = epochs
            $0.batchSize = 32
            $0.optimizer = .adam(learningRate: 2e-3)
            $0.schedule = .oneCycle()
            $0.emaMomentum = 0.999
        }
        let network = try Network(
            .numbers, input: [LineStrip.height, StripSource.width, 1], seed: seed)
        let trainer = try Trainer(network, configuration, seed: seed, pool: WorkerPool(threads: threads))
        var information = ModelInformation(
            classNames: (0...9).map(String.init) + ["none"], loss: configuration.loss)
        information.seed = seed
        information.recipe = "numbers"
        information.settings = .init(configuration, leavingOut: [\.loss])
        let progress = Progress(output: output, information: information, held: held)
        let lastDistorted = epochs - Int((Double(epochs) * 0.15).rounded())
        _ = try trainer.fit(
            StripSource(strips, seed: seed, lastDistortedEpoch: lastDistorted),
            validation: StripSource(held, seed: seed), callbacks: [progress])
        progress.save(network, "end")
    }
}

/// Saves and scores the network after each epoch.
private final class Progress: TrainingCallback {
    private let output: String
    private let information: ModelInformation
    private let held: [TrainingStrip]
    private var network: Network?

    init(output: String, information: ModelInformation, held: [TrainingStrip]) {
        self.output = output
        self.information = information
        self.held = held
    }

    func trainingBegan(_ network: Network) { self.network = network }

    func epochEnded(_ result: EpochResult) -> TrainingDecision {
        if let network { save(network, "epoch \(result.epoch): \(result)") }
        return .goOn
    }

    func save(_ network: Network, _ title: String) {
        do {
            try ModelFile.write(network, information, to: output, replacing: true)
        } catch {
            print(error)
        }
        guard let reader = try? NumberNetwork(network) else { return }
        let right = held.count { strip in
            let plane = Plane(
                height: LineStrip.height, width: strip.width, values: strip.ink.map { Float($0) / 255 })
            return NumberDecoder().digits(reader.probabilities(plane)).map(\.value)
                == strip.digits.map(\.value)
        }
        print("\(title): \(right) of \(held.count) strips exact")
        fflush(nil)
    }
}
