import Compute
import Foundation
import Imaging
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// A run that goes on from a copy of its state ends with the same bits as one that was never interrupted.
struct TrainingStateTests {
    /// 44 images in batches of 8: five whole batches and one of four images in each epoch.
    private static let training = SampleImages.bars(44)
    private static let validation = SampleImages.bars(20, seed: 9)
    private static let stepsPerEpoch = 6

    private static let configurations: [(name: String, configuration: TrainingConfiguration)] = [
        (
            "adam, average, schedule",
            TrainingConfiguration {
                $0.optimizer = .adamW(learningRate: 0.01, weightDecay: 0.1)
                $0.emaMomentum = 0.9
                $0.schedule = .cosine().warmedUp(epochs: 1)
                $0.labelSmoothing = 0.1
                $0.globalClipNorm = 1
            }
        ),
        (
            "early stopping",
            TrainingConfiguration {
                $0.optimizer = .sgd(learningRate: 0.5, momentum: 0.9)
                $0.earlyStopping = 1
            }
        ),
        ("rmsprop", TrainingConfiguration { $0.optimizer = .rmsprop(learningRate: 0.01, momentum: 0.5) }),
    ].map { name, configuration in
        var configuration = configuration
        configuration.epochs = 4
        configuration.batchSize = 8
        configuration.metrics = [.accuracy, .topKAccuracy(k: 1)]
        return (name, configuration)
    }

    private func makeNetwork() throws -> Network {
        try Network(
            Sequential {
                Conv2D(filters: 4, kernelSize: 3, useBias: false)
                Dropout(0.2)
                BatchNorm()
                Activation(.relu)
                Flatten()
                Dropout(0.3)
                Dense(2, activation: .softmax)
            }, input: [8, 8, 1], seed: 3)
    }

    private func trainer(
        _ configuration: TrainingConfiguration, goingOnFrom state: TrainingState? = nil, threads: Int = 1
    ) throws -> Trainer {
        try Trainer(
            goingOnFrom: state ?? TrainingState(makeNetwork(), configuration), seed: 5,
            pool: WorkerPool(threads: threads))
    }

    /// A state as a file would give it back: floats by name, and text.
    private func stored(_ state: TrainingState, _ configuration: TrainingConfiguration) throws
        -> TrainingState
    {
        let text = try JSONEncoder().encode(state.record)
        return TrainingState(
            try makeNetwork(), configuration, buffers: state.buffers.mapValues { $0.copy() },
            record: try JSONDecoder().decode(TrainingState.Record.self, from: text))
    }

    /// What a run ends with, times aside.
    private struct Outcome: Equatable {
        let bits: [String: [UInt32]]
        let best: [String: [UInt32]]?
        let epochs: [[Double]]
        let ending: History.Ending
        let seen: [Int]

        init(_ history: History, _ state: TrainingState, _ counter: EpochCounter) {
            bits = state.network.bits
            best = state.bestNetwork?.bits
            epochs = history.epochs.map {
                [Double($0.epoch), $0.loss, $0.metrics["accuracy"]!, $0.validationLoss!]
            }
            ending = history.ending
            seen = counter.memory
        }
    }

    @Test(arguments: 0..<configurations.count)
    func aRunGoesOnFromAnyOfItsStates(row: Int) throws {
        let configuration = Self.configurations[row].configuration
        let (training, validation) = (Distorted(base: Self.training), Self.validation)
        let whole = try trainer(configuration)
        let counter = EpochCounter()
        let history = try whole.fit(training, validation: validation, callbacks: [counter])
        let expected = Outcome(history, whole.state, counter)

        // After no batch, in the middle of an epoch, before and after its end, and in a later epoch.
        let epoch = Self.stepsPerEpoch + 1
        for steps in [0, 1, 4, epoch - 1, epoch, epoch + 3, 2 * epoch - 1, 2 * epoch] {
            let first = try trainer(configuration, threads: 2)
            let loop = try first.loop(training, validation: validation, callbacks: [EpochCounter()])
            for _ in 0..<steps where first.state.progress.ending == nil { try loop.advance() }
            let copy = first.state.copy()
            let read = try stored(first.state, configuration)
            // What the first one does afterwards is no business of the copies.
            _ = try loop.run()
            for state in [copy, read] {
                let counter = EpochCounter()
                let second = try trainer(configuration, goingOnFrom: state)
                let history = try second.fit(training, validation: validation, callbacks: [counter])
                let outcome = Outcome(history, second.state, counter)
                #expect(outcome == expected, "\(Self.configurations[row].name), after \(steps) advances")
            }
        }
    }

    /// A field that is left out of a state would show here: each of them matters for some run.
    @Test(arguments: ["parameters", "optimizer.first", "optimizer.second", "average"])
    func everyBufferMatters(name: String) throws {
        let configuration = Self.configurations[0].configuration
        let whole = try trainer(configuration)
        _ = try whole.fit(Distorted(base: Self.training), validation: Self.validation, callbacks: [])
        let state = try state(of: configuration, after: 4)
        try spoil(name, of: state)
        let second = try trainer(configuration, goingOnFrom: state)
        _ = try second.fit(Distorted(base: Self.training), validation: Self.validation, callbacks: [])
        #expect(second.state.network.bits != whole.state.network.bits)
    }

    /// They are what a run that diverges goes back to.
    @Test func theLastGoodParametersMatter() throws {
        let configuration = Self.configurations[0].configuration
        let state = try state(of: configuration, after: 4)
        let good = state.network.bits
        try spoil("last_good", of: state)
        state.network.parameters.pointer[0] = .nan
        state.network.parametersChanged()
        let diverging = try trainer(configuration, goingOnFrom: state)
        #expect(throws: TrainingError.lossNotFinite(epoch: 1, step: 5)) {
            try diverging.fit(Distorted(base: Self.training), validation: Self.validation, callbacks: [])
        }
        #expect(diverging.state.network.bits != good)
        #expect(diverging.state.network.parameters.floats.allSatisfy { $0.isFinite })
    }

    /// They are what a run that stops early ends with.
    @Test func theBestParametersMatter() throws {
        let configuration = Self.configurations[1].configuration
        let state = try state(of: configuration, after: Self.stepsPerEpoch + 1)
        let expected = try #require(state.copy().bestNetwork?.bits)
        try spoil("best", of: state)
        #expect(state.bestNetwork?.bits != expected)
    }

    /// A state after some steps, or an epoch's end among them.
    private func state(of configuration: TrainingConfiguration, after steps: Int) throws -> TrainingState {
        let trainer = try trainer(configuration)
        let loop = try trainer.loop(
            Distorted(base: Self.training), validation: Self.validation, callbacks: [])
        for _ in 0..<steps { try loop.advance() }
        return trainer.state.copy()
    }

    private func spoil(_ name: String, of state: TrainingState) throws {
        let buffer = try #require(state.buffers[name])
        for index in 0..<buffer.count { buffer.pointer[index] += 0.01 }
        state.network.parametersChanged()
    }

    /// What callbacks are told of is done, so that a copy made there goes on behind it.
    @Test func aCopyMadeInACallbackGoesOn() throws {
        let configuration = Self.configurations[0].configuration
        let training = Distorted(base: Self.training)
        let first = try trainer(configuration)
        let copier = Copier(first.state)
        let history = try first.fit(training, validation: Self.validation, callbacks: [copier])
        let copied = try #require(copier.copied)
        let second = try trainer(configuration, goingOnFrom: copied)
        let rest = try second.fit(training, validation: Self.validation, callbacks: [])
        #expect(second.state.network.bits == first.state.network.bits)
        #expect(rest.epochs.map(\.loss) == history.epochs.map(\.loss))
    }

    @Test func aCallbackForgetsWhenItIsGivenToAnotherRun() throws {
        let configuration = Self.configurations[2].configuration
        let counter = EpochCounter()
        for _ in 0..<2 {
            _ = try trainer(configuration).fit(
                Self.training, validation: Self.validation, callbacks: [counter])
            #expect(counter.memory == [1, 2, 3, 4])
        }
    }

    @Test func aMemoryOfAnotherTypeIsRefused() throws {
        let configuration = Self.configurations[2].configuration
        for stores in [false, true] {
            let first = try trainer(configuration)
            let loop = try first.loop(
                Self.training, validation: Self.validation, callbacks: [EpochCounter()])
            try loop.advance()
            let state = stores ? try stored(first.state, configuration) : first.state.copy()
            let second = try trainer(configuration, goingOnFrom: state)
            #expect(throws: TrainingError.unreadableMemory(callback: "epoch counter")) {
                try second.fit(Self.training, validation: Self.validation, callbacks: [Impostor()])
            }
        }
    }

    /// Remembers the epochs that it was told of.
    private final class EpochCounter: RememberingCallback {
        let memoryName = "epoch counter"
        var memory: [Int] = []

        func trainingBegan(_ network: Network) { memory = [] }

        func epochEnded(_ result: EpochResult) -> TrainingDecision {
            memory.append(result.epoch)
            return .goOn
        }
    }

    /// Has the counter's name, but remembers something else.
    private final class Impostor: RememberingCallback {
        let memoryName = "epoch counter"
        var memory = "nothing"
    }

    /// Copies the state when it is told of the second epoch.
    private final class Copier: TrainingCallback {
        private let state: TrainingState
        private(set) var copied: TrainingState?

        init(_ state: TrainingState) { self.state = state }

        func epochEnded(_ result: EpochResult) -> TrainingDecision {
            if result.epoch == 2 { copied = state.copy() }
            return .goOn
        }
    }

    /// Moved images, others in each epoch.
    private struct Distorted: BatchSource {
        let base: SampleImages
        let augmenter = Augmenter(
            Augmentation(shift: 2, noise: 0.1), shape: ImageShape(height: 8, width: 8), seed: 5)

        var count: Int { base.count }
        var inputShape: Shape { base.inputShape }
        func label(of sample: Int) -> Int { base.label(of: sample) }

        func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
            base.copyInput(of: sample, into: &destination)
        }

        func copyTrainingInput(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
            let image = Image(height: 8, width: 8, pixels: base.inputs[sample].map { UInt8($0 * 255) })
            let moved = augmenter.applied(to: image, sample: sample, epoch: epoch)
            for (index, byte) in moved.pixels.enumerated() { destination[index] = Float(byte) / 255 }
        }
    }
}
