import Assessment
import Datasets
import DigitRecognition
import Evaluation
import Files
import Imaging
import NetworkTestSupport
import TestSupport
import Testing
import TrainingRuns

/// Whole runs on a few synthetic digits: what is told, what is left, and what ends them.
struct TrainingRunTests {
    private static let files = [
        "best.safetensors", "curves.svg", "history.csv", "model.safetensors", "settings.json",
    ]

    private let source = SyntheticSource(trainingCount: 160, testCount: 40)
    private let temporary: TemporaryFolder
    private let folder: RunFolder

    init() throws {
        temporary = try TemporaryFolder()
        folder = try RunFolder(named: temporary.file("run"))
    }

    /// 120 images to train on in batches of 32, and 40 for validation.
    private func settings(_ change: (inout RunSettings) -> Void = { _ in }) -> RunSettings {
        var settings = RunSettings(recipe: .lenet5, dataset: source.description, seed: 3, threads: 2)
        settings.configuration.epochs = 2
        settings.configuration.validationSplit = 0.25
        change(&settings)
        return settings
    }

    /// Runs until an event of a text.
    private func run(_ settings: RunSettings, stopAt stop: String) async throws -> RunOutcome {
        var isStopRequested = false
        return try TrainingRun(settings, in: folder).run(
            on: try await source.load(), onEvent: { if $0.text == stop { isStopRequested = true } },
            isStopRequested: { isStopRequested })
    }

    @Test func aRunGivesAModelItsScoresAndItsFiles() async throws {
        let data = try await source.load()
        var events: [String] = []
        let run = TrainingRun(settings(), in: folder, command: { "train --seed \($0.seed)" })
        let outcome = try run.run(on: data) { event throws in
            events.append(event.text)
            if case .epochEnded(let result) = event {
                #expect(try temporary.paths.contains("run/history.csv") == (result.epoch > 1))
            }
            if case .epochSaved(let result) = event {
                #expect(History(csv: try temporary.text("run/history.csv"))?.epochs.last == result)
            }
        }

        let batches = { (epoch: Int) in [String](repeating: "batch of epoch \(epoch)", count: 4) }
        #expect(
            events == ["training, 120 images, 2 epochs"] + batches(1) + ["epoch 1", "epoch 1 saved"]
                + batches(2) + ["epoch 2", "epoch 2 saved", "training ended", "scoring 120, 40"])
        #expect(try temporary.paths == ["run"] + Self.files.map { "run/\($0)" })

        #expect(outcome.modelState == .lastEpoch && outcome.members == 1)
        #expect(outcome.training.count == 120 && outcome.test.count == 40)
        #expect(try outcome.test == ModelAssessment(of: outcome.model, on: data.test))
        #expect(outcome.seconds > 0 && outcome.imagesPerSecond > 0)
        let saved = try Model(contentsOf: outcome.folder.model)
        #expect(saved.network.bits == outcome.model.network.bits)
        #expect(saved.information.accuracy?.correct == outcome.test.confusion.correct)
        #expect(saved.information.dataset?.sha256 == data.sha256)
        let best = try Model(contentsOf: outcome.folder.bestModel)
        #expect(best.information.accuracy?.split == "validation" && outcome.bestEpoch != nil)
        #expect(try temporary.text("run/settings.json").contains("\"command\": \"train --seed 3\""))
    }

    @Test func anEnsembleHasARunOfEachMember() async throws {
        let settings = settings {
            $0.members = 2
            $0.augmentations = [.none, .standard]
        }
        var members: [String] = []
        let outcome = try TrainingRun(settings, in: folder).run(on: try await source.load()) { event in
            if case .memberBegan = event { members.append(event.text) }
        }
        #expect(members == ["member 1, seed 3, in member-1", "member 2, seed 4, in member-2"])
        #expect(
            try temporary.paths == ["run"]
                + ["member-1", "member-2"].flatMap { member in
                    ["run/\(member)"] + Self.files.map { "run/\(member)/\($0)" }
                } + ["run/model.safetensors", "run/settings.json"])
        #expect(try !temporary.text("run/member-1/settings.json").contains("augmentation"))
        #expect(try temporary.text("run/member-2/settings.json").contains("\"augmentation\": "))
        #expect(try !temporary.text("run/settings.json").contains("command"))

        #expect(outcome.modelState == .averageOfMembers && outcome.members == 2)
        #expect(outcome.bestEpoch == nil)
        let trained = try [1, 2].map {
            try Model(contentsOf: "\(folder.path)/member-\($0)/model.safetensors")
        }
        #expect(trained.map(\.information.seed) == [3, 4])
        #expect(try Model(averaging: trained).network.bits == outcome.model.network.bits)
        #expect(outcome.test.count == 40)
    }

    @Test(arguments: [
        ("epoch 1 saved", nil, "The model as it was then is in"),
        ("batch of epoch 2", 2, "The model as it was then, which includes part of epoch 2, is in"),
    ])
    func anInterruptedRunTellsWhatThereIs(stop: String, unfinishedEpoch: Int?, words: String) async throws {
        let error = await #expect(throws: RunError.self) { try await run(settings(), stopAt: stop) }
        guard case .interrupted(let interruption) = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        #expect(!interruption.isTrained && interruption.epochs.map(\.epoch) == [1])
        #expect(interruption.unfinishedEpoch == unfinishedEpoch && interruption.bestEpoch?.epoch == 1)
        #expect("\(interruption)".hasPrefix("Interrupted after 1 of 2 epochs. \(words) \(folder.model), "))
        #expect(try temporary.paths == ["run"] + Self.files.map { "run/\($0)" })
        let isBest =
            try Model(contentsOf: folder.model).network.bits
            == Model(contentsOf: folder.bestModel).network.bits
        #expect(isBest == (unfinishedEpoch == nil), "The model is the one of the moment.")
    }

    /// Early stopping goes back to the best epoch by its own rule, and everything else names the same one.
    @Test(arguments: [0, 1000.0])
    func theBestEpochIsTheOneThatIsNamed(minimumDelta: Double) async throws {
        let settings = settings {
            $0.configuration.epochs = 3
            $0.configuration.earlyStopping = 5
            $0.configuration.minimumDelta = minimumDelta
        }
        let outcome = try TrainingRun(settings, in: folder).run(on: try await source.load())
        let losses = try #require(History(csv: try temporary.text("run/history.csv")))["val_loss"]
        try #require(losses[1] < losses[0], "Later epochs have to be better, if not by 1000.")
        let best = minimumDelta == 0 ? losses.firstIndex(of: losses.min()!)! + 1 : 1
        #expect(outcome.modelState == .bestEpoch(best, of: 3) && outcome.bestEpoch?.epoch == best)
        #expect(try Model(contentsOf: folder.bestModel).network.bits == outcome.model.network.bits)
    }

    @Test func aTimeLimitIsSaid() async throws {
        let settings = settings {
            $0.configuration.epochs = 100_000
            $0.configuration.timeLimit = .milliseconds(300)
        }
        let outcome = try TrainingRun(settings, in: folder).run(on: try await source.load())
        #expect(outcome.modelState == .timeLimit)
    }

    @Test func anEnsembleThatIsInterruptedBeforeItsScoreHasAllMembers() async throws {
        let error = await #expect(throws: RunError.self) {
            try await run(settings { $0.members = 2 }, stopAt: "scoring 120, 40")
        }
        guard case .interrupted(let interruption) = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        #expect(interruption.isTrained && interruption.completeMembers == 2)
        #expect(try temporary.paths.contains("run/model.safetensors"))
    }

    /// Whatever a listener throws, and whenever: complete epochs are saved.
    @Test(arguments: [("batch of epoch 2", 1), ("epoch 2", 2), ("training ended", 2)])
    func aListenersErrorEndsTheRunAndLosesNothing(event: String, epochs: Int) async throws {
        let data = try await source.load()
        #expect(throws: Objection()) {
            try TrainingRun(settings(), in: folder).run(on: data) { told in
                if told.text == event { throw Objection() }
            }
        }
        #expect(History(csv: try temporary.text("run/history.csv"))?.epochs.count == epochs)
        #expect(try Model(contentsOf: folder.model).network.layout.count > 0)
    }

    /// A listener that objects to everything does not hide why training failed.
    @Test func aListenersErrorHidesNoOther() async throws {
        let data = try await source.load()
        let error = #expect(throws: RunError.self) {
            try TrainingRun(settings { $0.configuration.optimizer = .sgd(learningRate: 1e30) }, in: folder)
                .run(
                    on: data
                ) { told in if told.text == "training ended" { throw Objection() } }
        }
        guard case .lossNotFinite = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        #expect(try temporary.paths.contains("run/model.safetensors"))
    }

    @Test func imagesThatAreNotTheSettingsAreRefusedBeforeAnythingIsWritten() async throws {
        let data = try await source.load()
        let empty = LoadedSplit(
            images: try LabeledImages(
                images: ImageCollection(shape: data.test.images.shape, bytes: [][...]), labels: [],
                classNames: data.test.classNames), fileHashes: [:])
        let train = LoadedSplit(images: data.train, fileHashes: [:])
        let others = try [
            ImageDataset(name: "others", train: train, test: train),
            ImageDataset(name: data.name, train: train, test: empty),
            ImageDataset(name: data.name, train: empty, test: train),
        ]
        for other in others {
            #expect(throws: (any Error).self) { try TrainingRun(settings(), in: folder).run(on: other) }
        }
        #expect(try temporary.paths == ["run"])
    }

    private struct Objection: Error, Equatable {}

    @Test func anInterruptionAfterTrainingLeavesTheTrainedModel() async throws {
        let error = await #expect(throws: RunError.self) {
            try await run(settings { $0.configuration.emaMomentum = 0.9 }, stopAt: "scoring 120, 40")
        }
        guard case .interrupted(let interruption) = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        #expect(interruption.isTrained && interruption.epochs.count == 2)
        let model = try Model(contentsOf: folder.model)
        #expect(model.information.accuracy == nil)
        let whole = try TrainingRun(
            settings { $0.configuration.emaMomentum = 0.9 }, in: RunFolder(named: temporary.file("whole"))
        ).run(on: try await source.load())
        #expect(whole.modelState == .averageOfSteps)
        #expect(whole.model.network.bits == model.network.bits)
    }

    @Test func anInterruptedEnsembleTellsWhichMembersAreComplete() async throws {
        let error = await #expect(throws: RunError.self) {
            try await run(settings { $0.members = 3 }, stopAt: "member 2, seed 4, in member-2")
        }
        guard case .interrupted(let interruption) = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        #expect(interruption.completeMembers == 1 && interruption.unfinishedEpoch == 1)
        #expect(interruption.settings.seed == 4 && interruption.settings.members == 1)
        #expect(interruption.folder.path == "\(folder.path)/member-2")
        #expect(try temporary.paths.contains("run/member-1/model.safetensors"))
        #expect(try !temporary.paths.contains("run/model.safetensors"))
    }

    @Test func aLossThatIsNoNumberKeepsAGoodModel() async throws {
        let settings = settings { $0.configuration.optimizer = .adam(learningRate: 1e30) }
        let data = try await source.load()
        let error = #expect(throws: RunError.self) { try TrainingRun(settings, in: folder).run(on: data) }
        guard case .lossNotFinite(.lossNotFinite(epoch: 1, _), let path) = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        #expect(path == folder.model)
        #expect(try Model(contentsOf: path).evaluate(data.test).loss.isFinite)
    }

    @Test func anErrorOfTheListenerEndsTheRunAfterItsEpochWasSaved() async throws {
        struct Enough: Error {}
        let data = try await source.load()
        #expect(throws: Enough.self) {
            try TrainingRun(settings(), in: folder).run(on: data) { event in
                if case .epochSaved = event { throw Enough() }
            }
        }
        #expect(try temporary.paths == ["run"] + Self.files.map { "run/\($0)" })
        #expect(History(csv: try temporary.text("run/history.csv"))?.epochs.count == 1)
    }

    @Test func aFileThatCannotBeWrittenEndsTheRunAndKeepsNoOtherFromBeingWritten() async throws {
        let data = try await source.load()
        let error = #expect(throws: RunError.self) {
            try TrainingRun(settings(), in: folder).run(on: data) { event in
                // A folder in the file's place.
                if case .epochEnded = event { try temporary.write("", as: "run/history.csv/blocked") }
            }
        }
        guard case .notSaved(let reasons, epoch: 1, let path) = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        #expect(reasons.count == 1 && (reasons.first as? FileError)?.path == folder.history)
        #expect(path == folder.model)
        #expect(throws: Never.self) { try Model(contentsOf: folder.model) }
        #expect(try temporary.names == ["run"])
    }

    @Test func aRunOverwritesNoOther() async throws {
        try temporary.write("mine", as: "run/settings.json")
        let data = try await source.load()
        let error = #expect(throws: FileError.self) { try TrainingRun(settings(), in: folder).run(on: data) }
        #expect(error?.reason == .alreadyExists && error?.path == folder.settings)
        #expect(try temporary.text("run/settings.json") == "mine")
        #expect(try temporary.paths == ["run", "run/settings.json"])
    }

    @Test(
        arguments: [
            ("members", 0, [], 1), ("members", Ensemble.mostMembers + 1, [], 1), ("epochs", 1, [], 0),
            ("number of augmentations", 1, [.none], 1),
        ] as [(String, Int, [Augmentation], Int)])
    func settingsOutOfTheirRangeAreRefusedAtOnce(
        name: String, members: Int, furtherAugmentations: [Augmentation], epochs: Int
    ) async throws {
        let settings = settings {
            $0.members = members
            $0.augmentations += furtherAugmentations
            $0.configuration.epochs = epochs
        }
        let data = try await source.load()
        let error = #expect(throws: TrainingError.self) {
            try TrainingRun(settings, in: folder).run(on: data)
        }
        guard case .badSetting(name, _, _) = error else {
            Issue.record("The run ended with \(String(describing: error)).")
            return
        }
        folder.discardIfEmpty()
        #expect(try temporary.names == [])
    }
}

extension RunEvent {
    /// The event in a few words.
    fileprivate var text: String {
        switch self {
        case .memberBegan(let number, let seed, let folder):
            "member \(number), seed \(seed), in \(folder.path.split(separator: "/").last ?? "")"
        case .trainingBegan(let imageCount, let epochs): "training, \(imageCount) images, \(epochs) epochs"
        case .batchEnded(let progress): "batch of epoch \(progress.epoch)"
        case .epochEnded(let result): "epoch \(result.epoch)"
        case .epochSaved(let result): "epoch \(result.epoch) saved"
        case .trainingEnded: "training ended"
        case .scoringBegan(let trainingCount, let testCount): "scoring \(trainingCount), \(testCount)"
        }
    }
}
