import Compute
import Foundation
import Imaging
import NeuralNetworks
import Testing
import Training

/// Every setting is recorded, read back, in a range, and off by default.
struct TrainingConfigurationTests {
    /// Each property is something else than its default; `everyPropertyDiffers` sees to it.
    private static let everything = TrainingConfiguration {
        $0.optimizer = .rmsprop(learningRate: 0.25, rho: 0.5, momentum: 0.125, epsilon: 0.0625)
        $0.loss = .meanSquaredError
        $0.metrics = [.topKAccuracy(k: 3), .accuracy]
        $0.epochs = 7
        $0.batchSize = 8
        $0.shuffles = false
        $0.validationSplit = 0.3
        $0.augmentation = Augmentation(rotation: 10, shift: 1.5)
        $0.closingFraction = 0.4
        $0.schedule = .step(epochs: 2, factor: 0.5).warmedUp(epochs: 0.1)
        $0.labelSmoothing = 0.1
        $0.outlierExposure = 0.5
        $0.scenes = 1000
        $0.globalClipNorm = 1.5
        $0.emaMomentum = 0.999
        $0.earlyStopping = 3
        $0.minimumDelta = 1e-3
        $0.timeLimit = .milliseconds(1500)
    }

    /// What does not fit together is taken apart, so that each part can be checked.
    private static let parts: [TrainingConfiguration] = {
        var first = everything
        first.labelSmoothing = 0
        first.outlierExposure = 0
        first.emaMomentum = 0
        first.closingFraction = 0
        var second = everything
        second.loss = .categoricalCrossentropy
        second.timeLimit = nil
        second.earlyStopping = nil
        return [first, second]
    }()

    @Test func everyPropertyDiffersFromItsDefault() {
        let usual = Mirror(reflecting: TrainingConfiguration()).children
        for (own, usual) in zip(Mirror(reflecting: Self.everything).children, usual) {
            #expect("\(own.value)" != "\(usual.value)", "Give \(own.label ?? "") another value above.")
        }
    }

    /// A property without a setting would be lost.
    @Test func noPropertyIsForgotten() throws {
        for part in Self.parts {
            #expect(try TrainingConfiguration.Record(part).configuration() == part)
            #expect(
                try JSONDecoder().decode(TrainingConfiguration.self, from: JSONEncoder().encode(part)) == part
            )
        }
        let known = TrainingConfiguration.Record(Self.everything)
        #expect(known[\.labelSmoothing] == 0.1 && known[\.timeLimit] == .milliseconds(1500))
    }

    @Test(arguments: [
        Optimizer.sgd(learningRate: 1, momentum: 0.5, nesterov: true),
        .adam(learningRate: 1, beta1: 0.5, beta2: 0.25, epsilon: 0.125),
        .adamW(learningRate: 1, weightDecay: 0.5, beta1: 0.25, beta2: 0.125, epsilon: 2),
        .rmsprop(learningRate: 1, rho: 0.5, momentum: 0.25, epsilon: 0.125), .adam(), .adamW(), .sgd(),
        .rmsprop(),
    ])
    func noNumberOfAnOptimizerIsForgotten(optimizer: Optimizer) throws {
        let configuration = TrainingConfiguration { $0.optimizer = optimizer }
        #expect(try TrainingConfiguration.Record(configuration).configuration() == configuration)
    }

    @Test func defaultsAreOffAndNotRecorded() throws {
        #expect(
            TrainingConfiguration.Record(TrainingConfiguration()).texts == [
                "epochs": "1", "batch_size": "32", "optimizer": "adam", "learning_rate": "0.001",
                "loss": "sparseCategoricalCrossentropy", "validation_split": "0.0",
            ])
        try TrainingConfiguration().check()
    }

    @Test func namesAreUnique() {
        let settings = TrainingConfiguration.settings
        #expect(Set(settings.map(\.name)).count == settings.count)
        #expect(Set(settings.map(\.title)).count == settings.count)
        #expect(settings.allSatisfy { $0.summary.hasSuffix(".") })
    }

    /// What files of the first version have.
    @Test func oldRecordsAreRead() throws {
        let configuration = try TrainingConfiguration.Record([
            "optimizer": "adamw", "learning_rate": "0.001", "epochs": "2", "batch_size": "32",
            "validation_split": "0.95", "schedule": "one-cycle:0.2,warm-up:0.5", "weight_decay": "0.01",
            "label_smoothing": "0.1", "global_clipnorm": "1.0", "ema_momentum": "0.9",
            "augmentation": "shift:1", "closing_fraction": "0.5",
        ]).configuration()
        #expect(configuration.optimizer == .adamW(weightDecay: 0.01))
        #expect(configuration.schedule == .oneCycle(rise: 0.2).warmedUp(epochs: 0.5))
        #expect(configuration.globalClipNorm == 1 && configuration.emaMomentum == 0.9)
        #expect(configuration.augmentation == Augmentation(shift: 1) && configuration.closingFraction == 0.5)
    }

    @Test(arguments: [
        (["epochs": "0"], "epochs is 0, but must be at least 1."),
        (["label_smoothing": "much"], "label smoothing is much, but must be at least 0 and below 1."),
        (["optimizer": "adamm"], "optimizer is adamm, but must be a known one."),
        (["metrics": "accuracy,f1"], "metrics is accuracy,f1, but must be a known one."),
        (["epochz": "3"], "There is no setting epochz, which is recorded as 3."),
        (
            ["optimizer": "adam", "momentum": "0.9"],
            "There is no setting momentum of the optimizer adam, which is recorded as 0.9."
        ),
        (
            ["optimizer": "sgd", "weight_decay": "0.1"],
            "There is no setting weight decay of the optimizer sgd, which is recorded as 0.1."
        ),
        (["members": "many"], "members is many, but must be at least 2."),
        (["members": "1"], "members is 1, but must be at least 2."),
        (["optimizer": "sgd", "nesterov": "0.5"], "nesterov is 0.5, but must be 0 or 1."),
    ])
    func recordsThatAreWrongAreRefused(texts: [String: String], sentence: String) throws {
        let error = #expect(throws: TrainingError.self) {
            try TrainingConfiguration.Record(texts).configuration()
        }
        #expect(error?.description == sentence)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(TrainingConfiguration.self, from: JSONEncoder().encode(texts))
        }
    }

    /// A file may claim anything.
    @Test func aValueOutOfRangeIsNotReadFromARecord() {
        #expect(TrainingConfiguration.Record(["validation_split": "1.5"])[\.validationSplit] == nil)
        #expect(TrainingConfiguration.Record(["validation_split": "0.5"])[\.validationSplit] == 0.5)
        #expect(TrainingConfiguration.Record()[\.validationSplit] == nil)
    }

    /// Adam has no momentum, SGD has.
    @Test func aNumberIsReadForTheOptimizerThatIsRecorded() {
        let record = TrainingConfiguration.Record(["optimizer": "sgd", "momentum": "0.5"])
        #expect(record[\.optimizer.kind] == .sgd)
        #expect(record[\.optimizer["momentum"]] == 0.5)
        #expect(TrainingConfiguration.Record(["momentum": "0.5"])[\.optimizer["momentum"]] == nil)
    }

    @Test func aRecordOfAnAverageIsAConfigurationToo() throws {
        let configuration = TrainingConfiguration { $0.epochs = 3 }
        var record = TrainingConfiguration.Record(configuration)
        #expect(record.members == nil)
        record.members = 6
        #expect(record.texts["members"] == "6")
        #expect(try record.configuration() == configuration)
        record.members = nil
        #expect(record == TrainingConfiguration.Record(configuration))
    }
}
