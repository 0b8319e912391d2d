import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits train` on data that the test writes. The last tenth of them is for validation.
@Suite struct TrainCommandTests {
    private let fabricated = ["--dataset", "fashion-mnist", "--data", "data"]
    private let small = ["--recipe", "lenet5", "--validation-split", "0.1"]

    private func commandWithData() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeBothSplits(to: command.directory.appending(path: "data"))
        return command
    }

    private func runFiles(_ command: BuiltCommand) throws -> [String] {
        try command.files().filter { $0.hasPrefix("runs/") }
    }

    private func object(_ line: Substring) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func aRunLeavesModelsHistoryAndSettingsAndSaysSo() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--epochs", "2", "--threads", "2"] + small + fabricated)
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines[0]
                == "Settings: recipe lenet5; data fashion-mnist; epochs 2; batch size 32; adam, learning rate 0.001; "
                + "validation split 0.1; normalization unit-range; seed 1; threads 2")
        #expect(lines[1].hasPrefix("Training images: accuracy 100.00% (540/540), loss 0."))
        #expect(lines[2].hasPrefix("Test images:     accuracy 100.00% ± 0.94 (200/200), loss 0."))
        #expect(lines[3].hasPrefix("Trained in ") && lines[3].hasSuffix(" images/s."))
        #expect(lines[6] == "  runs/lenet5-0001/model.safetensors  the model after the last epoch")
        #expect(
            lines[7]
                == "  runs/lenet5-0001/best.safetensors   the model after epoch 2, which had the smallest val_loss"
        )

        let errors = result.errors.split(separator: "\n").filter { !$0.hasPrefix("digits: warning: ") }
        #expect(errors.count == 4)
        #expect(errors[0].hasPrefix("Epoch 1/2  ") && errors[0].contains("  val_accuracy "))
        #expect(errors[1].hasPrefix("Epoch 2/2  "))
        #expect(
            errors[2]
                == "Next: digits evaluate runs/lenet5-0001/model.safetensors --dataset fashion-mnist --data data"
        )

        let names = [
            "best.safetensors", "curves.svg", "history.csv", "model.safetensors", "settings.json",
        ]
        #expect(try runFiles(command) == ["runs/lenet5-0001"] + names.map { "runs/lenet5-0001/\($0)" })
        let history = try String(
            contentsOf: command.directory.appending(path: "runs/lenet5-0001/history.csv"), encoding: .utf8)
        let rows = history.split(separator: "\n")
        #expect(rows[0] == "epoch,loss,accuracy,val_loss,val_accuracy,images,seconds,images_per_second")
        #expect(rows.count == 3)
        #expect(lines[9] == "  runs/lenet5-0001/curves.svg         the same as a figure")
        let curves = try String(
            contentsOf: command.directory.appending(path: "runs/lenet5-0001/curves.svg"), encoding: .utf8)
        for text in [
            "<title id=\"figure-title\">Training of lenet5 on Fashion-MNIST</title>",
            "Loss and accuracy over 2 epochs.",
            "<title>Loss, validation</title>", "<title>Accuracy, training</title>",
            "<title>Best epoch: 2</title>",
        ] {
            #expect(curves.contains(text), "\(text)")
        }
    }

    @Test func theModelSaysWhereItComesFromAndSettingsRepeatTheRun() throws {
        let command = try commandWithData()
        defer { command.remove() }
        #expect(
            try command.run(
                ["train", "--epochs", "1", "--seed", "5", "--quiet", "--output", "deep/first"] + small
                    + fabricated
            ).exitCode == 0)
        let first = command.directory.appending(path: "deep/first")
        let model = try Model(contentsOf: first.appending(path: "model.safetensors").path)
        #expect(model.information.recipe == "lenet5")
        #expect(model.information.seed == 5)
        #expect(model.information.dataset?.name == "fashion-mnist")
        #expect(model.information.accuracy?.split == "test")
        #expect(model.information.accuracy?.count == 200)
        let best = try Model(contentsOf: first.appending(path: "best.safetensors").path)
        #expect(best.information.accuracy?.split == "validation")
        #expect(best.information.accuracy?.count == 60)

        let settings = try object(
            String(contentsOf: first.appending(path: "settings.json"), encoding: .utf8)[...])
        #expect(settings["dataset_sha256"] as? String == model.information.dataset?.sha256)
        #expect(settings["package_version"] as? String == model.information.packageVersion)
        let replay = try #require(settings["command"] as? String).split(separator: " ").dropFirst().map(
            String.init)
        #expect(
            try command.run(replay + ["--data", "data", "--threads", "1", "--output", "again"]).exitCode == 0)
        let again = try Data(contentsOf: command.directory.appending(path: "again/model.safetensors"))
        #expect(
            try Data(contentsOf: first.appending(path: "model.safetensors")) == again,
            "Equal settings give equal files, for any number of threads.")
    }

    @Test func jsonEventsHaveTheirFields() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--json", "--epochs", "2"] + small + fabricated)
        #expect(result.exitCode == 0)
        let events = try result.output.split(separator: "\n").map(object)
        try #require(events.count == 3)
        for (index, event) in events.prefix(2).enumerated() {
            #expect(event["event"] as? String == "epoch")
            #expect(event["epoch"] as? Int == index + 1)
            #expect(
                event.keys.sorted() == [
                    "accuracy", "epoch", "event", "images_per_second", "loss", "seconds", "val_accuracy",
                    "val_loss",
                ])
            let seconds = try #require(event["seconds"] as? Double)
            let rate = try #require(event["images_per_second"] as? Double)
            #expect(abs(seconds * rate - 540) < 1)
        }
        let last = events[2]
        #expect(last["event"] as? String == "finished")
        #expect(last["model"] as? String == "runs/lenet5-0001/model.safetensors")
        #expect(last["history"] as? String == "runs/lenet5-0001/history.csv")
        #expect(last["curves"] as? String == "runs/lenet5-0001/curves.svg")
        #expect(last["test_accuracy"] as? Double == 1)
        #expect(last["train_accuracy"] as? Double == 1)
        #expect(last["parameters"] as? Int == 44_426)
        #expect(
            last.keys.sorted() == [
                "curves", "event", "history", "images_per_second", "model", "parameters", "seconds",
                "test_accuracy", "test_loss",
                "train_accuracy",
            ])
        #expect(result.errors.contains("recipe lenet5; data fashion-mnist; epochs 2"))
    }

    @Test func aReportOfTheTestImagesIsWrittenBesideTheModel() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--json", "--report", "--epochs", "2"] + small + fabricated)
        #expect(result.exitCode == 0, "\(result.errors)")
        let last = try object(try #require(result.output.split(separator: "\n").last))
        #expect(last["report"] as? String == "runs/lenet5-0001/report.html")

        let numbers = try command.numbers("runs/lenet5-0001")
        #expect(numbers["accuracy"] as? Double == last["test_accuracy"] as? Double)
        #expect(numbers["split"] as? String == "test")
        #expect((numbers["history"] as? [[String: Any]])?.count == 2)
        let text = try command.page("runs/lenet5-0001").wholeText
        #expect(text.contains("Fashion-MNIST test images"))
        // The command on the page makes the same report again.
        let again = try command.run(
            ["evaluate", "runs/lenet5-0001/model.safetensors", "--data", "data", "--report", "again"])
        #expect(again.exitCode == 0, "\(again.errors)")
        #expect(try command.page("again").wholeText == text)
    }

    @Test func quietPrintsTheResultAlone() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--quiet", "--epochs", "1"] + small + fabricated)
        #expect(result.exitCode == 0)
        #expect(result.output.hasPrefix("Training images: accuracy "))
        #expect(result.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("digits: warning: ") })
    }

    @Test func quietJSONIsTheResultAlone() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--quiet", "--json", "--epochs", "2"] + small + fabricated)
        #expect(result.exitCode == 0)
        let events = try result.output.split(separator: "\n").map(object)
        #expect(events.map { $0["event"] as? String } == ["finished"])
        #expect(result.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("digits: warning: ") })
    }

    @Test func theChartStandsOnceInAFile() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--plot", "--epochs", "2"] + small + fabricated)
        #expect(result.exitCode == 0)
        let lines = result.errors.split(separator: "\n").filter { !$0.hasPrefix("digits: warning: ") }
        #expect(lines.count == 2 + 14 + 2)
        #expect(lines[1].hasPrefix("Epoch 2/2  "))
        #expect(lines[2] == "* training  o validation, by epoch")
        #expect(lines[3].hasPrefix("Loss  * 0."))
        #expect(lines[4...13].allSatisfy { $0.count <= 80 })
        #expect(lines[16].hasPrefix("Next: "))
        #expect(!result.output.contains("by epoch"))
    }

    @Test func runsAreNumberedAndNeverShareAFolder() throws {
        let command = try commandWithData()
        defer { command.remove() }
        try FileManager.default.createDirectory(
            at: command.directory.appending(path: "runs/lenet5-0041"), withIntermediateDirectories: true)
        #expect(
            try command.run(["train", "--quiet", "--epochs", "1"] + small + fabricated).exitCode == 0)
        #expect(try runFiles(command).contains("runs/lenet5-0042/model.safetensors"))
    }

    @Test(arguments: EndingSignals.all)
    func interruptionKeepsWhatThereIs(number: Int32) throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["train", "--json", "--report", "--epochs", "1000"] + small + fabricated,
            interferingAt: "Epoch 1/1000"
        ) { kill($0.processIdentifier, number) }
        #expect(result.exitCode == 128 + number)
        let events = try result.output.split(separator: "\n").map(object)
        let last = try #require(events.last)
        #expect(last["event"] as? String == "interrupted")
        #expect(last["model"] as? String == "runs/lenet5-0001/model.safetensors")
        let epochs = try #require(last["epochs"] as? Int)
        #expect(epochs == events.count - 1 && epochs >= 1)
        #expect(result.errors.contains("digits: Interrupted after \(epochs) of 1000 epochs. "))
        let part = "which includes part of epoch \(epochs + 1), is in"
        #expect(
            result.errors.contains(part) || result.errors.contains("The model as it was then is in"),
            "The signal may come between two epochs.")
        let run = command.directory.appending(path: "runs/lenet5-0001")
        for file in ["model", "best"] {
            #expect(throws: Never.self) {
                try Model(contentsOf: run.appending(path: "\(file).safetensors").path)
            }
        }
        let history = try String(contentsOf: run.appending(path: "history.csv"), encoding: .utf8)
        #expect(history.split(separator: "\n").count == 1 + epochs)
        #expect(result.errors.contains("history.csv, its curves in runs/lenet5-0001/curves.svg."))
        #expect(
            result.errors.hasSuffix(
                "\nThere is no report; 'digits evaluate runs/lenet5-0001/model.safetensors --dataset fashion-mnist "
                    + "--data data --report report' writes one of the model as it is.\n"))
        let curves = try String(contentsOf: run.appending(path: "curves.svg"), encoding: .utf8)
        #expect(curves.contains("over \(epochs) epoch"))
    }

    @Test func forceTakesAnEarlierRunsPlace() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let train =
            ["train", "--recipe", "lenet5", "--epochs", "1", "--quiet", "--output", "run"] + fabricated
        let first = try command.run(train + ["--validation-split", "0.1", "--members", "2", "--report"])
        #expect(first.exitCode == 0, "\(first.errors)")
        try command.write("mine", as: "run/notes.txt")
        try command.write("mine", as: "run/member-2/notes.txt")
        #expect(try command.run(train).exitCode == 1)
        #expect(try command.run(train + ["--force"]).exitCode == 0)
        // What is not a run's stays, and nothing of the first run is taken for the second's.
        let names = [
            "curves.svg", "history.csv", "member-2", "member-2/notes.txt", "model.safetensors", "notes.txt",
            "settings.json",
        ]
        #expect(try command.files().filter { $0.hasPrefix("run/") } == names.map { "run/\($0)" })
    }

    /// What a link leads to is not this command's, and nothing is lost before that is known.
    @Test func aRunIsNotReplacedThroughALink() throws {
        let command = try commandWithData()
        defer { command.remove() }
        try command.write("mine", as: "other/best.safetensors")
        try command.write("{}", as: "run/settings.json")
        try command.write("old", as: "run/model.safetensors")
        try FileManager.default.createSymbolicLink(
            at: command.directory.appending(path: "run/member-1"),
            withDestinationURL: command.directory.appending(path: "other"))
        let result = try command.run(
            ["train", "--epochs", "1", "--output", "run", "--force"] + small + fabricated)
        #expect(result.exitCode == 1 && result.errors.contains("run/member-1"), "\(result.errors)")
        for (name, text) in [("other/best.safetensors", "mine"), ("run/model.safetensors", "old")] {
            #expect(try Data(contentsOf: command.directory.appending(path: name)) == Data(text.utf8))
        }
    }

    @Test func interruptionTellsWhichMembersAreComplete() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["train", "--epochs", "5", "--members", "60", "--output", "run"] + small + fabricated,
            interferingAt: "Member 3 of 60"
        ) { $0.interrupt() }
        #expect(result.exitCode == 130)
        let last = result.errors.split(separator: "\n").suffix(2)
        let words = try #require(last.first).split(separator: " ")
        let count = try #require(Int(words[2]))
        #expect(count >= 2)
        #expect(last.first == "The first \(count) of 60 members are complete.")
        #expect(
            last.last
                == "Next: digits average run/member-{1..\(count)}/model.safetensors --output ensemble.safetensors"
        )
        for member in 1...count {
            let model = command.directory.appending(path: "run/member-\(member)/model.safetensors")
            #expect(throws: Never.self) { try Model(contentsOf: model.path) }
        }
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "This system has no /dev/full."))
    func anOutputThatFailsLosesNoModel() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["train", "--json", "--epochs", "9"] + small + fabricated, outputPath: "/dev/full")
        #expect(result.exitCode == 1)
        #expect(
            result.errors.hasSuffix(
                "digits: error: The output could not be written: No space left on device. "
                    + "The model after epoch 1 is in runs/lenet5-0001/model.safetensors.\n"))
        let names = [
            "best.safetensors", "curves.svg", "history.csv", "model.safetensors", "settings.json",
        ]
        #expect(try runFiles(command) == ["runs/lenet5-0001"] + names.map { "runs/lenet5-0001/\($0)" })
        #expect(throws: Never.self) {
            try Model(
                contentsOf: command.directory.appending(path: "runs/lenet5-0001/model.safetensors").path)
        }
    }

    @Test(arguments: [
        ("best.safetensors", " is in runs/lenet5-0001/model.safetensors."),
        ("curves.svg", " is in runs/lenet5-0001/model.safetensors."),
        ("history.csv", " is in runs/lenet5-0001/model.safetensors."),
        ("model.safetensors", "The model could not be saved."),
    ])
    func oneFileThatCannotBeWrittenKeepsNoOtherFromBeingWritten(blocked: String, end: String) throws {
        let command = try commandWithData()
        defer { command.remove() }
        let run = command.directory.appending(path: "runs/lenet5-0001")
        let result = try command.run(
            ["train", "--epochs", "1000"] + small + fabricated, interferingAt: "Epoch 1/1000"
        ) { _ in
            // A folder in the file's place; the run may write the file between the two steps.
            let place = run.appending(path: blocked)
            for _ in 0..<1000 {
                try? FileManager.default.removeItem(at: place)
                if (try? FileManager.default.createDirectory(
                    at: place, withIntermediateDirectories: false)) != nil
                {
                    break
                }
            }
        }
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("digits: error: Cannot put in place 'runs/lenet5-0001/\(blocked)': "))
        #expect(result.errors.contains("\nTraining stopped. The model "))
        #expect(result.errors.hasSuffix("\(end)\n"))
        for name in ["best.safetensors", "curves.svg", "history.csv", "model.safetensors"] {
            var isDirectory: ObjCBool = false
            #expect(
                FileManager.default.fileExists(
                    atPath: run.appending(path: name).path, isDirectory: &isDirectory))
            #expect(isDirectory.boolValue == (name == blocked))
        }
    }

    @Test func interruptionAfterTrainingTellsHowToGetTheScores() throws {
        let command = try commandWithData()
        defer { command.remove() }
        // A large network on one thread, so that scoring the training images leaves the time to interrupt it.
        let result = try command.run(
            [
                "train", "--recipe", "accurate", "--epochs", "1", "--schedule", "constant", "--closing", "0",
                "--threads", "1",
            ] + fabricated, interferingAt: "Epoch 1/1"
        ) { $0.interrupt() }
        #expect(result.exitCode == 130)
        #expect(
            result.errors.hasSuffix(
                "digits: Interrupted after training was complete; only the scores are missing. "
                    + "The model is in runs/accurate-0001/model.safetensors, "
                    + "the history in runs/accurate-0001/history.csv, its curves in runs/accurate-0001/curves.svg.\n"
                    + "Next: digits evaluate runs/accurate-0001/model.safetensors --dataset fashion-mnist --data data\n"
            ))
    }

    @Test func aNetworkThatHasLearnedNothingIsToldToHave() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["train", "--learning-rate", "100", "--epochs", "2", "--quiet"] + small + fabricated)
        #expect(result.exitCode == 0)
        // There are as many images of each class, and all are taken for one.
        #expect(result.output.contains("Test images:     accuracy 10.00% ± 4.19 (20/200)"))
        #expect(
            result.errors.hasSuffix(
                "digits: warning: The network has learned nothing: 10.00% of the test images are read right, and 10.00% "
                    + "would be by always saying T-shirt/top. Try a smaller --learning-rate than 100, or more --epochs.\n"
            ), "\(result.errors)")
    }

    @Test func aLossThatIsNoNumberEndsTheRunAndKeepsAGoodModel() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--learning-rate", "1e30"] + small + fabricated)
        #expect(result.exitCode == 1)
        #expect(
            result.errors.hasSuffix(
                "digits: error: The loss became infinite or not a number in epoch 1 at step 2, and training stopped; "
                    + "the last good parameters are kept. Try a smaller learning rate. "
                    + "The last good model is in runs/lenet5-0001/model.safetensors.\n"))
        let evaluation = try command.run(
            ["evaluate", "runs/lenet5-0001/model.safetensors", "--json", "--data", "data"])
        let score = try object(evaluation.output[...])
        #expect(score["loss"] is Double, "The model that was kept gives a finite loss.")
        #expect(try runFiles(command).contains("runs/lenet5-0001/history.csv"))
    }
}
