import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits train` with schedules, smoothing, clipping, averages and ends of its own.
@Suite struct TrainFeatureTests {
    private let data = ["--dataset", "fashion-mnist", "--data", "data"]
    private let small = ["--recipe", "lenet5", "--validation-split", "0.1"]

    private func commandWithData() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeBothSplits(to: command.directory.appending(path: "data"))
        return command
    }

    @Test func settingsAreTheModelsTheRunsAndTheReplays() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let features = [
            "--schedule", "one-cycle:0.2,warm-up:0.5", "--weight-decay", "0.01", "--label-smoothing", "0.1",
            "--clip-norm", "1", "--ema", "0.9", "--augmentation", "shift:1", "--closing", "0.5",
        ]
        let result = try command.run(
            ["train", "--epochs", "2", "--output", "first", "--threads", "2"] + features + small + data)
        #expect(result.exitCode == 0)
        #expect(
            result.output.hasPrefix(
                "Settings: recipe lenet5; data fashion-mnist; epochs 2; batch size 32; adamw, learning rate 0.001; "
                    + "augmentation shift:1; closing 0.5; schedule one-cycle:0.2,warm-up:0.5; weight decay 0.01; label smoothing 0.1; clip norm 1; ema 0.9; "
                    + "validation split 0.1; normalization unit-range; seed 1; threads 2\n"))
        #expect(
            result.output.contains("  first/model.safetensors  the average of the models after each step\n"))

        let model = try Model(contentsOf: command.directory.appending(path: "first/model.safetensors").path)
        #expect(
            model.information.settings.texts == [
                "optimizer": "adamw", "learning_rate": "0.001", "epochs": "2", "batch_size": "32",
                "validation_split": "0.1", "schedule": "one-cycle:0.2,warm-up:0.5", "weight_decay": "0.01",
                "label_smoothing": "0.1", "global_clipnorm": "1.0", "ema_momentum": "0.9",
                "augmentation": "shift:1", "closing_fraction": "0.5",
            ])
        let settings = try #require(
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: command.directory.appending(path: "first/settings.json")))
                as? [String: Any])
        #expect(settings["schedule"] as? String == "one-cycle:0.2,warm-up:0.5")
        #expect(settings["weight_decay"] as? Double == 0.01)
        #expect(settings["label_smoothing"] as? Double == 0.1)
        #expect(settings["global_clipnorm"] as? Double == 1)
        #expect(settings["ema_momentum"] as? Double == 0.9)
        #expect(settings["closing_fraction"] as? Double == 0.5)
        #expect(settings["optimizer"] as? String == "adamw")

        let replay = try #require(settings["command"] as? String).split(separator: " ").dropFirst().map(
            String.init)
        let again = try command.run(
            replay + ["--data", "data", "--threads", "1", "--output", "again", "--quiet"])
        #expect(again.exitCode == 0)
        let models = try ["first", "again"].map {
            try Data(contentsOf: command.directory.appending(path: "\($0)/model.safetensors"))
        }
        #expect(models[0] == models[1], "Equal settings give equal files, for any number of threads.")
    }

    @Test(arguments: [
        (
            ["--optimizer", "sgd", "--learning-rate", "0.05", "--loss", "mean_squared_error"],
            "sgd, learning rate 0.05; loss meanSquaredError; ", "sgd"
        ),
        (["--recipe", "fast", "--optimizer", "RMSprop"], "rmsprop, learning rate 0.001; ", "rmsprop"),
        // The recipe's other numbers stay.
        (["--recipe", "fast", "--optimizer", "adamw"], "adamw, learning rate 0.01; ", "adamw"),
    ])
    func optimizerAndLossAreChosenAndRepeated(options: [String], text: String, name: String) throws {
        let command = try commandWithData()
        defer { command.remove() }
        let recipe = options.contains("--recipe") ? [] : ["--recipe", "lenet5"]
        let result = try command.run(
            ["train", "--epochs", "1", "--output", "first"] + recipe + options + data)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.contains(text), "\(result.output)")
        let settings = try #require(
            try JSONSerialization.jsonObject(with: Data(command.text("first/settings.json").utf8))
                as? [String: Any])
        #expect(settings["optimizer"] as? String == name)
        let replay = try #require(settings["command"] as? String).split(separator: " ").dropFirst().map(
            String.init)
        let again = try command.run(replay + ["--data", "data", "--output", "again", "--quiet"])
        #expect(again.exitCode == 0, "\(again.errors)")
        let models = try ["first", "again"].map {
            try Data(contentsOf: command.directory.appending(path: "\($0)/model.safetensors"))
        }
        #expect(models[0] == models[1])
    }

    @Test func earlyStoppingEndsWithTheBestModel() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["train", "--epochs", "9", "--learning-rate", "0.02", "--early-stopping", "1", "--json"] + small
                + data)
        #expect(result.exitCode == 0)
        let events = try result.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let losses = events.compactMap { $0["val_loss"] as? Double }
        let best = try #require(losses.firstIndex(of: losses.min()!))
        #expect(losses.count == best + 2 && losses.count < 9)
        // The kept model is the best epoch's: equal weights, and another score beside them.
        let run = command.directory.appending(path: "runs/lenet5-0001")
        let kept = try Model(contentsOf: run.appending(path: "model.safetensors").path).network
        let bestKept = try Model(contentsOf: run.appending(path: "best.safetensors").path).network
        for slot in kept.layout.slots { #expect(kept[slot.name] == bestKept[slot.name]) }
        #expect(
            try Model(contentsOf: run.appending(path: "model.safetensors").path).information.settings.texts[
                "early_stopping"]
                == "1")
    }

    @Test func aTimeLimitEndsARunInItsMiddleWithAScore() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["train", "--epochs", "100000", "--time-limit", "1s"] + small + data)
        #expect(result.exitCode == 0)
        #expect(result.output.contains("; time limit 1s; "))
        #expect(result.output.contains("model.safetensors  the model at the time limit\n"))
        let rows = try command.text("runs/lenet5-0001/history.csv").split(separator: "\n").map {
            $0.split(separator: ",")
        }
        let column = try #require(rows[0].firstIndex(of: "images"))
        let images = rows.dropFirst().compactMap { Int($0[column]) }
        #expect(images.count == rows.count - 1 && images.dropLast().allSatisfy { $0 == 540 })
        let last = try #require(images.last)
        #expect((1...540).contains(last))
        #expect(result.output.contains("Test images:     accuracy "))
    }

    @Test func aTimeLimitUnderOneStepIsTold() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--time-limit", "0.001ms", "--quiet"] + small + data)
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(
            result.errors.contains(
                "digits: error: The time limit is 1e-06 s, but the first step alone took "))
        #expect(result.errors.hasSuffix(" s; give more time or use smaller batches.\n"))
    }

    @Test(
        arguments: [
            (
                ["--optimizer", "adamx"],
                "The value 'adamx' is invalid for '--optimizer <optimizer>': did you mean 'adam'?"
            ),
            (
                ["--loss", "hinge"],
                "The value 'hinge' is invalid for '--loss <loss>': "
                    + "expected one of sparseCategoricalCrossentropy, categoricalCrossentropy, meanSquaredError"
            ),
            (
                ["--optimizer", "sgd", "--weight-decay", "0.01"],
                "--weight-decay is for Adam, but the training is with sgd. Leave the option out, or add --optimizer adamw."
            ),
            (
                ["--schedule", "cosin"],
                "The value 'cosin' is invalid for '--schedule <schedule>': did you mean 'cosine'?"
            ),
            (
                ["--schedule", "xyzzy"],
                "The value 'xyzzy' is invalid for '--schedule <schedule>': "
                    + "expected one of constant, step:10:0.5, exponential:0.9, cosine, one-cycle"
            ),
            (
                ["--schedule", "step:10"],
                "The value 'step:10' is invalid for '--schedule <schedule>': "
                    + "expected something such as step:10:0.5 or step:10:0.5,warm-up:1"
            ),
            (
                ["--schedule", "step:10:0.5"],
                "The schedule step:10:0.5 needs more than 10 epochs to take effect, but the run has 5; "
                    + "train for more epochs or shorten the schedule."
            ),
            (
                ["--schedule", "exponential:2"],
                "--schedule has factor 2, but must be above 0 and at most 1."
            ),
            (
                ["--schedule", "cosine", "--time-limit", "60s"],
                "The schedule cosine needs to know the run's length, which a time limit leaves open; give epochs alone, "
                    + "or a schedule that goes by epochs (constant, step, exponential)."
            ),
            (
                ["--time-limit", "soon"],
                "The value 'soon' is invalid for '--time-limit <time>': expected a time above 0 such as 60s, 1.5min or 1h"
            ),
            (
                ["--time-limit", "0s"],
                "The value '0s' is invalid for '--time-limit <time>': expected a time above 0 such as 60s, 1.5min or 1h"
            ),
            (
                ["--closing", "1", "--augmentation", "standard"],
                "--closing is 1, but must be at least 0 and below 1."
            ),
            (
                ["--closing", "0.2"],
                "--closing ends augmentation before the last epochs, but there is none. "
                    + "Add --augmentation standard, or leave the option out."
            ),
            (
                ["--closing", "0.2", "--augmentation", "damage:0.4"],
                "--closing ends augmentation before the last epochs, but there is only damage, which goes on. "
                    + "Add --augmentation standard, or leave the option out."
            ),
            (
                ["--closing", "0.2", "--augmentation", "standard", "--time-limit", "60s"],
                "--closing counts from the end of the run, which a time limit leaves open. Leave one of the two out."
            ),
            (["--label-smoothing", "1"], "--label-smoothing is 1, but must be at least 0 and below 1."),
            (["--clip-norm", "-1"], "--clip-norm is -1, but must be a number above 0."),
            (["--ema", "1"], "--ema is 1, but must be at least 0 and below 1."),
            (["--weight-decay", "-0.1"], "--weight-decay is -0.1, but must be at least 0 and below 1."),
            (
                ["--early-stopping", "3"],
                "--early-stopping goes by val_loss, and there are no validation images. Add --validation-split 0.1."
            ),
            (
                ["--early-stopping", "0", "--validation-split", "0.1"],
                "--early-stopping is 0, but must be at least 1 epoch."
            ),
            (
                ["--early-stopping", "1", "--validation-split", "0.1", "--ema", "0.9"],
                "Early stopping keeps the best epoch's parameters and an average (EMA) replaces them at the end; "
                    + "use one of the two."
            ),
        ] as [([String], String)])
    func whatMakesNoSenseIsMisuse(arguments: [String], message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["train"] + arguments)
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(
            result.errors == "digits: error: \(message)\nSee 'digits train --help' for more information.\n")
        #expect(try command.files() == [])
    }
}
