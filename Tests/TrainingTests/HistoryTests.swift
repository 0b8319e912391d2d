import Compute
import NetworkTestSupport
import NeuralNetworks
import PlainText
import Testing
import Training

/// The record of a run, from runs.
struct HistoryTests {
    private func run(
        epochs: Int = 3, isValidated: Bool = true, stoppingAfter last: CallbackRecorder.Event? = nil,
        optimizer: Optimizer = .sgd()
    ) throws -> (history: History, trainer: Trainer, validation: SampleImages) {
        let validation = SampleImages.noise(15, [4], classes: 3, seed: 2)
        let trainer = try makeTrainer(
            makeClassifier([4], classes: 3), optimizer, metrics: [.topKAccuracy(k: 2), .accuracy],
            epochs: epochs,
            batchSize: 4)
        let history = try trainer.fit(
            SampleImages.noise(20, [4], classes: 3, seed: 1), validation: isValidated ? validation : nil,
            callbacks: [CallbackRecorder(stoppingAfter: last)])
        return (history, trainer, validation)
    }

    @Test func quantitiesAreFoundByTheirKerasNames() throws {
        let history = try run().history
        #expect(history["loss"] == history.epochs.map(\.loss))
        #expect(history["accuracy"] == history.epochs.map { $0.metrics["accuracy"]! })
        #expect(history["val_loss"] == history.epochs.map { $0.validationLoss! })
        #expect(
            history["val_top_2_accuracy"] == history.epochs.map { $0.validationMetrics["top_2_accuracy"]! })
        #expect(history["loss"].count == 3)
        #expect(history["nonsense"].isEmpty && history["val_nonsense"].isEmpty)
        #expect(try run(isValidated: false).history["val_loss"].isEmpty)
    }

    @Test func csvHasALineForEachEpoch() throws {
        let history = try run().history
        let lines = history.csv.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(
            lines[0]
                == "epoch,loss,accuracy,top_2_accuracy,val_loss,val_accuracy,val_top_2_accuracy,images,"
                + "seconds,images_per_second")
        #expect(lines.count == 5 && lines[4].isEmpty)
        let names = lines[0].split(separator: ",").map(String.init)
        for (line, epoch) in zip(lines[1...3], history.epochs) {
            let values = line.split(separator: ",").map { Double($0)! }
            #expect(values.first == Double(epoch.epoch))
            for (name, value) in zip(names, values).dropFirst().dropLast(3) {
                #expect(value == history[name][epoch.epoch - 1], "\(name) in epoch \(epoch.epoch)")
            }
            #expect(values.suffix(3) == [20, epoch.seconds, epoch.imagesPerSecond])
        }
    }

    @Test func csvWithoutValidationHasNoColumnsOfIt() throws {
        let csv = try run(epochs: 1, isValidated: false).history.csv
        #expect(csv.hasPrefix("epoch,loss,accuracy,top_2_accuracy,images,seconds,images_per_second\n1,"))
    }

    @Test(arguments: [true, false]) func csvIsReadBackAsTheSameHistory(isValidated: Bool) throws {
        let history = try run(isValidated: isValidated).history
        #expect(History(csv: history.csv)?.epochs == history.epochs)
        #expect(History(csv: History().csv)?.epochs == [])
    }

    @Test(arguments: [
        "", "a,b\n1,2\n", "epoch,loss,seconds,images_per_second\n1,0.5,1\n",
        "epoch,loss,seconds,images_per_second\n1,none,1,1\n", "epoch,loss\n1,0.5\n",
        "epoch,loss,seconds,images_per_second\n2,0.5,1,1\n", "epoch,loss,loss\n1,2,3\n",
    ])
    func whatIsNoHistoryIsNotRead(csv: String) { #expect(History(csv: csv) == nil) }

    @Test func aNumberThatIsNotFiniteIsRead() throws {
        let csv = "epoch,loss,accuracy,seconds,images_per_second\n1,nan,0.5,1,2\n"
        let epoch = try #require(History(csv: csv)?.epochs.first)
        #expect(epoch.loss.isNaN && epoch.metrics == ["accuracy": 0.5] && epoch.imagesPerSecond == 2)
        #expect(epoch.images == 2, "Older files do not tell it.")
    }

    @Test func aHistoryWithoutEpochsIsEmpty() throws {
        let (history, trainer, _) = try run(stoppingAfter: .batch(1, 4))
        #expect(history.epochs.isEmpty)
        #expect(history.bestEpoch == nil)
        #expect(history["loss"].isEmpty)
        #expect(history.csv == "epoch,loss\n")
        #expect(trainer.state.bestNetwork == nil)
    }

    /// With large steps the loss goes up and down, so that the best epoch is neither the first nor the last.
    @Test func bestEpochHasTheSmallestValidationLossAndTheBestNetworkIsIts() throws {
        let (history, trainer, validation) = try run(epochs: 12, optimizer: .sgd(learningRate: 1))
        let losses = history["val_loss"]
        let place = try #require(losses.firstIndex(of: losses.min()!))
        #expect((1..<11).contains(place), "The run must have its best epoch in the middle: \(losses)")
        #expect(history.bestEpoch == history.epochs[place])

        let best = try #require(trainer.state.bestNetwork)
        let evaluation = try Evaluator(
            best, loss: .sparseCategoricalCrossentropy, metrics: [], pool: WorkerPool(threads: 1)
        ).evaluate(validation)
        #expect(evaluation.loss == losses[place])
        #expect(best.bits != trainer.state.network.bits)
    }

    @Test func withoutValidationTheTrainingLossDecides() throws {
        let (history, _, _) = try run(epochs: 12, isValidated: false, optimizer: .sgd(learningRate: 1))
        let losses = history["loss"]
        #expect(history.bestEpoch?.loss == losses.min())
    }

    @Test func progressIsALineForEachEpoch() throws {
        var lines: [String] = []
        let validation = SampleImages.noise(15, [4], classes: 3, seed: 2)
        let history = try makeTrainer(
            makeClassifier([4], classes: 3), metrics: [.topKAccuracy(k: 2), .accuracy], epochs: 2
        ).fit(
            SampleImages.noise(20, [4], classes: 3, seed: 1), validation: validation,
            callbacks: [ProgressLines { lines.append($0) }])
        func text(_ name: String, loss: Double, _ metrics: [String: Double]) -> String {
            "  \(name)loss \(NumberText.fixed(loss, decimals: 4))  \(name)accuracy "
                + NumberText.percent(metrics["accuracy"]!)
                + "  \(name)top_2_accuracy \(NumberText.percent(metrics["top_2_accuracy"]!))"
        }
        let expected = history.epochs.map { epoch -> String in
            let start = "Epoch \(epoch.epoch)/2  \(NumberText.duration(epoch.seconds))"
            let scores = text("", loss: epoch.loss, epoch.metrics)
            return start + scores
                + text("val_", loss: epoch.validationLoss!, epoch.validationMetrics)
        }
        #expect(lines == expected)
    }

    @Test func progressIsOneWord() throws {
        let callbacks: [any TrainingCallback] = [.progress]
        #expect(callbacks[0] is ProgressLines)
    }
}
