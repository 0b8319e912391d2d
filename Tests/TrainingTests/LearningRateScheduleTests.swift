import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// Schedules against Keras's, by hand, as text, and in a run.
struct LearningRateScheduleTests {
    @Test(arguments: [
        "step:3:0.5", "exponential:0.9", "cosine", "cosine:0.1", "cosine,warm-up:2", "one-cycle",
    ])
    func sharesAreKeras(text: String) throws {
        let expected = try GoldenFile.training().values("\(text).shares")
        let schedule = try #require(LearningRateSchedule(text))
        #expect(expected.count == 120)
        for (step, share) in expected.enumerated() {
            let own = schedule.share(atStep: step, stepsPerEpoch: 12, epochs: 10)
            #expect(abs(own - share) < 1e-12, "\(text), step \(step): \(own), not \(share)")
        }
    }

    @Test func constantIsExactlyTheLearningRate() {
        #expect(
            (0..<50).allSatisfy {
                LearningRateSchedule.constant.share(atStep: $0, stepsPerEpoch: 5, epochs: 10) == 1
            })
    }

    /// Warm-up of 3 steps, then halved after each epoch of 2 steps.
    @Test func theFormBeginsAfterTheWarmUp() {
        let schedule = LearningRateSchedule.step(epochs: 1, factor: 0.5).warmedUp(epochs: 1.5)
        let shares = (0..<8).map { schedule.share(atStep: $0, stepsPerEpoch: 2, epochs: 4) }
        #expect(shares == [0.25, 0.5, 0.75, 1, 1, 0.5, 0.5, 0.25])
    }

    @Test func oneCycleIsHighestAfterItsRise() {
        let shares = (0..<100).map {
            LearningRateSchedule.oneCycle(rise: 0.2).share(atStep: $0, stepsPerEpoch: 10, epochs: 10)
        }
        #expect(abs(shares[0] - 0.04) < 1e-12)
        #expect(shares[20] == 1)
        #expect(shares.indices.dropFirst().allSatisfy { (shares[$0] > shares[$0 - 1]) == ($0 <= 20) })
        #expect(shares[99] < 0.001 && shares[99] > 4e-6)
    }

    // MARK: - Text

    @Test(arguments: [
        ("constant", LearningRateSchedule.constant),
        ("constant,warm-up:0.5", .constant.warmedUp(epochs: 0.5)),
        ("step:10:0.5", .step(epochs: 10, factor: 0.5)), ("exponential:0.95", .exponential(factor: 0.95)),
        ("cosine", .cosine()), ("cosine:0.01", .cosine(final: 0.01)), ("one-cycle", .oneCycle()),
        ("one-cycle:0.2,warm-up:1", .oneCycle(rise: 0.2).warmedUp(epochs: 1)),
    ])
    func textIsReadAndWritten(text: String, schedule: LearningRateSchedule) {
        #expect(LearningRateSchedule(text) == schedule)
        #expect(schedule.description == text)
    }

    @Test(arguments: [
        "", "linear", "step", "step:10", "step:10:0.5:1", "step:ten:0.5", "exponential", "constant:1",
        "cosine:",
        "cosine,warm-up", "cosine,warm-up:", "cosine,warm-up:1,warm-up:1", "warm-up:1", "cosine,cold:1", ",",
        "cosine,",
    ])
    func otherTextIsNoSchedule(text: String) {
        #expect(LearningRateSchedule(text) == nil)
    }

    @Test func offeredFormsAreSchedules() {
        #expect(LearningRateSchedule.textForms.allSatisfy { LearningRateSchedule($0)?.description == $0 })
    }

    // MARK: - Refusals

    @Test(arguments: [
        (
            "step:10:0.5",
            "The schedule step:10:0.5 needs more than 10 epochs to take effect, but the run has 5; train for more epochs "
                + "or shorten the schedule."
        ),
        (
            "step:4:0.5,warm-up:1",
            "The schedule step:4:0.5,warm-up:1 needs more than 5 epochs to take effect, but the run has 5; train for more "
                + "epochs or shorten the schedule."
        ),
        (
            "cosine,warm-up:5",
            "The schedule cosine,warm-up:5 needs more than 5 epochs to take effect, but the run has 5; train for more "
                + "epochs or shorten the schedule."
        ),
        ("step:0:0.5", "schedule's step length is 0, but must be above 0 epochs."),
        ("step:1:0", "schedule's factor is 0, but must be above 0 and at most 1."),
        ("exponential:1.5", "schedule's factor is 1.5, but must be above 0 and at most 1."),
        ("exponential:nan", "schedule's factor is nan, but must be above 0 and at most 1."),
        ("cosine:1", "schedule's final share is 1, but must be at least 0 and below 1."),
        ("one-cycle:0", "schedule's rise is 0, but must be above 0 and below 1."),
        ("cosine,warm-up:-1", "schedule's warm-up is -1, but must be at least 0 epochs."),
        ("cosine,warm-up:inf", "schedule's warm-up is inf, but must be at least 0 epochs."),
    ])
    func schedulesThatMakeNoSenseAreRefused(text: String, sentence: String) throws {
        let schedule = try #require(LearningRateSchedule(text))
        let error = #expect(throws: TrainingError.self) {
            try makeTrainer(
                makeClassifier([3], classes: 2), configuration: .with(epochs: 5, schedule: schedule))
        }
        #expect(error?.description == sentence)
    }

    @Test(arguments: ["step:4:0.5", "cosine,warm-up:4.9", "exponential:1", "constant"])
    func schedulesThatJustFitAreTaken(text: String) throws {
        try #require(LearningRateSchedule(text)).check(epochs: 5)
    }

    // MARK: - In a run

    /// With a gradient of 1 at each step, plain descent moves by the learning rate.
    @Test(arguments: [
        Optimizer.sgd(learningRate: 0.1), .rmsprop(learningRate: 0.1), .adam(learningRate: 0.1),
    ])
    func eachStepHasItsLearningRate(optimizer: Optimizer) throws {
        let recorder = CallbackRecorder()
        let network = try makeClassifier([3], classes: 10)
        let schedule = LearningRateSchedule.exponential(factor: 0.25)
        _ = try makeTrainer(
            network, optimizer, configuration: .with(epochs: 2, batchSize: 3, schedule: schedule)
        ).fit(SampleImages.noise(6, [3]), validation: nil, callbacks: [recorder])
        #expect(recorder.progress.map(\.learningRate) == [0.1, 0.05, 0.025, 0.0125])
    }

    @Test func plainDescentMovesByTheLearningRate() throws {
        // One weight, input 1, target 1, squared error: each step multiplies the error 1 - w by 1 - 2 · rate.
        let network = try makeClassifierOfOneWeight()
        let schedule = LearningRateSchedule.step(epochs: 1, factor: 0.5)
        _ = try makeTrainer(
            network, .sgd(learningRate: 0.25), loss: .meanSquaredError,
            configuration: .with(epochs: 3, batchSize: 1, schedule: schedule)
        ).fit(SampleImages([1], inputs: [[1]], labels: [0]), validation: nil, callbacks: [])
        #expect(network["dense1.weight"] == [1 - 0.5 * 0.75 * 0.875])
    }

    /// A run that something else ends may be given as many epochs as there are numbers.
    @Test func asManyEpochsAsThereAreNumbersAreNoOverflow() {
        for schedule in [LearningRateSchedule.constant, .cosine(), .oneCycle()] {
            let share = schedule.share(atStep: 1000, stepsPerEpoch: 1875, epochs: .max)
            #expect(share.isFinite && share > 0)
        }
    }
}
