import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// Early stopping and the time limit.
struct EndingTests {
    private let training = SampleImages.noise(20, [4], classes: 3, seed: 1)
    private let validation = SampleImages.noise(15, [4], classes: 3, seed: 2)

    /// With large steps the loss goes up and down.
    private func run(
        _ callbacks: [any TrainingCallback], epochs: Int = 12, isValidated: Bool = true,
        patience: Int? = nil, minimumDelta: Double = 0,
        configuration: TrainingConfiguration? = nil
    ) throws -> (network: Network, history: History) {
        let network = try makeClassifier([4], classes: 3)
        var configuration = configuration ?? .with(epochs: epochs, batchSize: 4)
        configuration.earlyStopping = patience
        configuration.minimumDelta = minimumDelta
        let history = try makeTrainer(network, .sgd(learningRate: 1), configuration: configuration).fit(
            training, validation: isValidated ? validation : nil, callbacks: callbacks)
        return (network, history)
    }

    // MARK: - Early stopping

    @Test(arguments: [true, false])
    func trainingStopsWhenPatienceEndsAndTheBestParametersAreBack(isValidated: Bool) throws {
        let all = try run([], isValidated: isValidated).history
        let losses = all[isValidated ? "val_loss" : "loss"]
        for patience in 1...4 {
            // By the definition: the first epoch whose last `patience` epochs brought nothing.
            var best = 0
            var last = losses.count
            for epoch in losses.indices {
                if losses[epoch] < losses[best] { best = epoch }
                if epoch - best >= patience {
                    last = epoch + 1
                    break
                }
            }
            let (network, history) = try run([], isValidated: isValidated, patience: patience)
            #expect(history.epochs.count == last)
            #expect(history.ending == (last - 1 - best >= patience ? .earlyStopping : .finished))
            #expect(history.bestEpoch?.epoch == best + 1)
            let short = try run([], epochs: best + 1, isValidated: isValidated)
            #expect(network.bits == short.network.bits)
        }
        #expect(
            losses.firstIndex(of: losses.min()!)! < losses.count - 1, "The best epoch must not be the last.")
    }

    @Test func anImprovementUnderTheDeltaIsNone() throws {
        let (network, history) = try run([], patience: 2, minimumDelta: 1000)
        #expect(history.epochs.count == 3)
        #expect(history.ending == .earlyStopping)
        #expect(network.bits == (try run([], epochs: 1).network.bits))
    }

    @Test func aStopByAnotherCallbackRestoresTheBestToo() throws {
        let losses = try run([]).history["val_loss"]
        let worse = try #require((1..<losses.count).first { losses[$0] > losses[..<$0].min()! })
        let best = losses[..<worse].firstIndex(of: losses[..<worse].min()!)!
        let (network, history) = try run(
            [CallbackRecorder(stoppingAfter: .epoch(worse + 1))], patience: 100)
        #expect(history.ending == .stopped)
        #expect(network.bits == (try run([], epochs: best + 1).network.bits))
    }

    @Test func earlyStoppingAndAnAverageAreNotForOneRun() throws {
        let error = #expect(throws: TrainingError.self) {
            try run([], patience: 1, configuration: .with(emaMomentum: 0.9))
        }
        #expect(
            error?.description
                == "Early stopping keeps the best epoch's parameters and an average (EMA) replaces them at the end; "
                + "use one of the two.")
    }

    // MARK: - Time limit

    @Test func theFirstBatchAfterTheLimitIsTheLast() throws {
        // The third batch, which is in the middle of the first epoch, is made to end after the limit.
        let recorder = CallbackRecorder()
        let slow = SlowCallback(batch: 3, wait: .milliseconds(500))
        let (_, history) = try run(
            [recorder, slow], configuration: .with(epochs: 3, batchSize: 4, timeLimit: .milliseconds(400))
        )
        #expect(recorder.events == [.batch(1, 4), .batch(1, 8), .batch(1, 12), .validation(1), .epoch(1)])
        #expect(history.ending == .timeLimit)
        #expect(history.epochs.map(\.epoch) == [1])
        #expect(history["val_loss"].count == 1, "What there is of the epoch is scored.")
    }

    @Test func aLimitThatPassesAtAnEpochsEndLeavesTheOthersOut() throws {
        let slow = SlowCallback(batch: 5, wait: .milliseconds(500))
        let (network, history) = try run(
            [slow], configuration: .with(epochs: 3, batchSize: 4, timeLimit: .milliseconds(400)))
        #expect(history.ending == .timeLimit)
        #expect(history.epochs.count == 1)
        #expect(network.bits == (try run([], epochs: 1).network.bits))
    }

    @Test func aLimitThatIsNotReachedEndsNothing() throws {
        let (network, history) = try run(
            [], configuration: .with(epochs: 2, batchSize: 4, timeLimit: .seconds(3600)))
        #expect(history.ending == .finished)
        #expect(network.bits == (try run([], epochs: 2).network.bits))
    }

    @Test func aLimitUnderOneStepIsTold() throws {
        let error = #expect(throws: TrainingError.self) {
            try run([], configuration: .with(batchSize: 4, timeLimit: .nanoseconds(1)))
        }
        guard case .timeLimitUnderOneStep(let limit, let step) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(limit == 1e-9 && step > limit)
        #expect(
            TrainingError.timeLimitUnderOneStep(limit: 0.5, step: 1.23456).description
                == "The time limit is 0.5 s, but the first step alone took 1.235 s; give more time or use smaller batches."
        )
    }
}

/// Takes its time after one batch.
private final class SlowCallback: TrainingCallback {
    private let batch: Int
    private let wait: Duration
    private var batches = 0

    init(batch: Int, wait: Duration) {
        self.batch = batch
        self.wait = wait
    }

    func batchEnded(_ progress: TrainingProgress) -> TrainingDecision {
        batches += 1
        if batches == batch {
            let end = ContinuousClock.now + wait
            while ContinuousClock.now < end {}
        }
        return .goOn
    }
}
