import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits train` with recipes, augmentation and several members; `digits show --augmented`; `digits models`.
@Suite struct RecipeCommandTests {
    private let data = ["--dataset", "fashion-mnist", "--data", "data"]
    private let small = ["--validation-split", "0.1", "--epochs", "2", "--threads", "2"]

    private func commandWithData() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeBothSplits(to: command.directory.appending(path: "data"))
        return command
    }

    private func settings(_ command: BuiltCommand, _ folder: String) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: command.directory.appending(path: "\(folder)/settings.json")))
                as? [String: Any])
    }

    private func replay(_ command: BuiltCommand, _ folder: String, to other: String) throws {
        let words = try #require(try settings(command, folder)["command"] as? String)
            .split(separator: " ").dropFirst().map(String.init)
        let result = try command.run(
            words + ["--data", "data", "--threads", "1", "--output", other, "--quiet"])
        #expect(result.exitCode == 0, "\(result.errors)")
        let models = try [folder, other].map {
            try Data(contentsOf: command.directory.appending(path: "\($0)/model.safetensors"))
        }
        #expect(models[0] == models[1], "Equal settings give equal files, for any number of threads.")
    }

    @Test func aRecipesSettingsAreUsedToldAndRepeated() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["train", "--recipe", "tiny", "--output", "tiny"] + small + data)
        #expect(result.exitCode == 0)
        let recipe = Recipe.tiny
        #expect(
            result.output.hasPrefix(
                "Settings: recipe tiny; data fashion-mnist; epochs 2; batch size \(recipe.configuration.batchSize); adam, "
                    + "learning rate \(recipe.configuration.optimizer.learningRate); augmentation \(recipe.configuration.augmentation); schedule \(recipe.configuration.schedule); "
                    + "ema 0.999; validation split 0.1; normalization unit-range; seed 1; threads 2\n"))
        let written = try settings(command, "tiny")
        #expect(written["augmentation"] as? String == "\(recipe.configuration.augmentation)")
        #expect(written["schedule"] as? String == "\(recipe.configuration.schedule)")
        #expect(written["members"] as? Int == 1)
        let model = try Model(contentsOf: command.directory.appending(path: "tiny/model.safetensors").path)
        #expect(model.network.description == recipe.network)
        #expect(model.information.settings.texts["augmentation"] == "\(recipe.configuration.augmentation)")
        try replay(command, "tiny", to: "again")
    }

    @Test func aRecipesWarmUpGoesWithTheRunsLength() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["train", "--recipe", "tiny", "--epochs", "1", "--output", "short"] + data)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(
            result.errors.contains(
                "The recipe's schedule cosine,warm-up:1 is cosine,warm-up:0.5 in so short a run.\n"))
        #expect(try settings(command, "short")["schedule"] as? String == "cosine,warm-up:0.5")
        try replay(command, "short", to: "again")
    }

    /// Closing epochs go with the augmentation.
    @Test(arguments: [("tiny", "0.01", ""), ("accurate", "0.003", " --closing 0")])
    func whatARecipeHasCanBeLeftOut(recipe: String, rate: String, closing: String) throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            [
                "train", "--recipe", recipe, "--augmentation", "none", "--schedule", "constant", "--ema", "0",
                "--output", "plain",
            ] + small + data)
        #expect(result.exitCode == 0)
        #expect(result.output.contains("adam, learning rate \(rate); validation split 0.1;"))
        let written = try settings(command, "plain")
        #expect(
            written["augmentation"] == nil && written["schedule"] == nil && written["ema_momentum"] == nil)
        #expect(written["closing_fraction"] == nil)
        #expect(
            try #require(written["command"] as? String).hasSuffix(
                " --augmentation none\(closing) --schedule constant --ema 0"))
        try replay(command, "plain", to: "again")
    }

    @Test func membersAreTrainedFromSeedsOfTheirOwnAndAveraged() throws {
        let command = try commandWithData()
        defer { command.remove() }
        // The average replaces the last epoch's parameters, in the members' files too.
        let short =
            ["--recipe", "lenet5", "--epochs", "1", "--validation-split", "0.1", "--ema", "0.9"] + data
        let result = try command.run(
            [
                "train", "--members", "2", "--seed", "5", "--augmentation", "shift:1/rotation:5",
                "--output", "pair",
            ] + short)
        #expect(result.exitCode == 0)
        #expect(result.output.hasPrefix("Settings: recipe lenet5; members 2; data fashion-mnist;"))
        #expect(result.output.contains("  pair/model.safetensors  the average of the 2 members\n"))
        #expect(result.output.contains("  pair/member-1 …         the run of each member\n"))
        #expect(result.errors.contains("Member 1 of 2, seed 5\n"))
        #expect(result.errors.contains("Member 2 of 2, seed 6\n"))

        let alone = try command.run(
            ["train", "--seed", "6", "--augmentation", "rotation:5", "--output", "alone", "--quiet"] + short)
        #expect(alone.exitCode == 0)
        func model(_ path: String) throws -> Model {
            try Model(contentsOf: command.directory.appending(path: path).path)
        }
        let (second, same) = (
            try model("pair/member-2/model.safetensors"), try model("alone/model.safetensors")
        )
        for slot in same.network.layout.slots {
            #expect(second.network[slot.name] == same.network[slot.name])
        }
        let ensemble = try model("pair/model.safetensors")
        #expect(
            ensemble.network["ensemble1.2.dense3.bias"] == same.network["dense3.bias"])
        #expect(ensemble.information.accuracy?.count == 200)
        #expect(
            ensemble.information.settings.texts["augmentation"] == nil, "It differs from member to member.")
        #expect(ensemble.information.settings.texts["epochs"] == "1")
        #expect(ensemble.information.recipe == "lenet5")
        try replay(command, "pair", to: "again")

        for words in [["evaluate"], ["predict", "--index", "7"], ["summary"], ["explain", "--index", "7"]] {
            let options = words == ["summary"] ? [] : ["--data", "data"]
            let used = try command.run(
                [words[0], "pair/model.safetensors"] + words.dropFirst() + options)
            #expect(used.exitCode == 0, "\(words): \(used.errors)")
        }
    }

    @Test func modelsAreAveragedIntoOneFile() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let models = ["accurate", "tiny"]
        for model in models {
            let path = command.directory.appending(path: "\(model).safetensors").path
            try #require(PretrainedModel.named(model)).model().save(to: path)
        }
        let words = ["average", "accurate.safetensors", "tiny"]
        let result = try command.run(words + ["--output", "both.safetensors"])
        #expect(result.exitCode == 0)
        #expect(result.output.hasPrefix("Wrote both.safetensors, the average of 2 models, "))
        let both = try Model(contentsOf: command.directory.appending(path: "both.safetensors").path)
        #expect(both.network.description.layers.count == 1)
        #expect(both.information.settings.members == 2)
        #expect(both.information.recipe == nil, "They are of two recipes.")

        func refusal(_ arguments: [String], _ code: Int32, _ message: String) throws {
            let result = try command.run(arguments)
            #expect(result.exitCode == code)
            #expect(result.errors.hasPrefix("digits: error: \(message)"), "\(result.errors)")
        }
        try refusal(
            words + ["--output", "both.safetensors"], 1,
            "'both.safetensors': File exists. Choose another name, or add --force to replace it.")
        let forced = try command.run(words + ["--output", "both.safetensors", "--force"])
        #expect(forced.exitCode == 0, "\(forced.errors)")
        try refusal(words, 64, "No file is named for the new model.")
        try refusal(["average", "tiny", "--output", "x"], 64, "An average needs at least two models.")
        try FabricatedModel.write(to: command.directory)
        try refusal(
            ["average", "tiny", "model.safetensors", "--output", "x"], 1,
            "These models cannot be averaged. Ensemble, member 2: The classes are other ones than the first member's;"
        )
        #expect(try !command.files().contains("x"))
    }

    @Test func membersAreEventsOfTheirOwn() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            [
                "train", "--members", "2", "--recipe", "lenet5", "--epochs", "1", "--validation-split",
                "0.1", "--json",
            ]
                + data)
        #expect(result.exitCode == 0)
        let events = try result.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(
            events.compactMap { $0["event"] as? String } == [
                "member", "epoch", "member", "epoch", "finished",
            ])
        #expect(events[2]["member"] as? Int == 2 && events[2]["seed"] as? String == "2")
        #expect(events[4]["members"] as? Int == 2)
    }

    @Test(arguments: Recipe.all.map(\.name))
    func recipesAreSummarized(name: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let recipe = try #require(Recipe.named(name))
        let result = try command.run(["summary", "--recipe", name])
        #expect(result.exitCode == 0)
        #expect(result.output.hasPrefix("Recipe \(name): \(recipe.summary)\nTraining: "))
        #expect(result.output.contains("batch size \(recipe.configuration.batchSize);"))
        #expect(
            recipe.configuration.augmentation == .none
                || result.output.contains("augmentation \(recipe.configuration.augmentation)"))
    }

    // MARK: - Shown

    @Test func augmentedImagesAreDrawnBesideTheStoredOne() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let arguments = ["show", "--augmented", "--augmentation", "shift:3", "--index", "3", "--grid", "1x4"]
        #expect(try command.run(arguments + data).exitCode == 64, "A grid and indices exclude each other.")

        let result = try command.run(
            ["show", "--augmented", "--augmentation", "shift:3", "--grid", "1x4"] + data)
        #expect(result.exitCode == 0)
        #expect(
            result.output.hasPrefix(
                "Fashion-MNIST, test pictures as stored, and in epoch 1 to 3 with augmentation shift:3, seed 1\n"
            ))
        #expect(result.output.contains("epoch 3"))
        #expect(result.errors.contains("Next: digits train --augmentation shift:3"))

        // The seed counts, and figures show the same pictures.
        func figure(_ name: String, _ more: [String]) throws -> Data {
            let result = try command.run(
                ["show", "--augmented", "--index", "3", "--output", name] + more + data)
            #expect(result.exitCode == 0)
            return try Data(contentsOf: command.directory.appending(path: name))
        }
        let first = try figure("a.svg", [])
        #expect(try figure("b.svg", ["--seed", "1"]) == first)
        #expect(try figure("c.svg", ["--seed", "2"]) != first)
        let text = String(decoding: first, as: UTF8.self)
        #expect(text.components(separatedBy: "<image ").count == 1 + 8)
        #expect(text.contains(">epoch 7</text>"))
    }

    @Test(arguments: [
        (
            ["--augmentation", "standard"],
            "--augmentation says how pictures are distorted. Add --augmented, or leave it out."
        ),
        (
            ["--seed", "3"],
            "--seed says which pictures are chosen or how they are distorted. Add --random or --augmented, or leave it out."
        ),
        (["--index", "7", "--class", "1"], "--index and --class exclude each other. Give one of them."),
        (["--index", "7", "--random"], "--index and --random exclude each other. Give one of them."),
        (
            ["--augmented", "--normalization", "l2"],
            "--augmented and --normalization exclude each other. Give one of them."
        ),
        (
            ["--augmented", "--grid", "3x1"],
            "--augmented needs a grid of at least 2 columns, one for the picture as stored, not 1."
        ),
        (["--augmented", "--augmentation", "noise:2"], "--augmentation has noise 2, but must be 0 to 1."),
    ])
    func whatCannotBeShownIsMisuse(arguments: [String], message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["show"] + arguments)
        #expect(result.exitCode == 64)
        #expect(
            result.errors == "digits: error: \(message)\nSee 'digits show --help' for more information.\n")
    }

    // MARK: - Shipped models

    @Test func shippedModelsAreListed() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["models"])
        #expect(result.exitCode == 0)
        for model in PretrainedModel.all {
            #expect(result.output.contains("\n\(model.name) "))
            #expect(result.output.contains(model.summary))
            #expect(result.output.contains("  digits train --recipe \(model.name) --seed "))
        }
        #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "A terminal's width.")
        let json = try command.run(["models", "--json"])
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect(list.compactMap { $0["name"] as? String } == PretrainedModel.all.map(\.name))
        for model in list {
            #expect(model["test_count"] as? Int == 10_000)
            #expect(try #require(model["test_correct"] as? Int) > 9_900)
            #expect(try #require(model["bytes"] as? Int) < 1_000_000)
        }
        #expect(try command.files() == [])
    }

    /// Synthetic digits need no files.
    private let synthetic = ["--dataset", "synthetic"]

    @Test func withoutAModelTheShippedOneReads() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let unnamed = try command.run(["predict", "--index", "7", "--json"] + synthetic)
        #expect(unnamed.exitCode == 0)
        let named = try command.run(["predict", "accurate", "--index", "7", "--json"] + synthetic)
        #expect(named.output == unnamed.output)
        let tiny = try command.run(["predict", "tiny", "--index", "7", "--json"] + synthetic)
        #expect(tiny.exitCode == 0 && tiny.output != unnamed.output)
        let text = try command.run(["predict", "--index", "7"] + synthetic)
        #expect(text.errors.hasSuffix("Next: digits evaluate accurate --dataset synthetic\n"))
        #expect(try command.run(["explain", "--index", "7"] + synthetic).exitCode == 0)
    }

    @Test func aShippedModelIsHiddenByNothingOfItsName() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let shipped = try command.run(["summary", "tiny"]).output
        #expect(shipped.contains("\nRecipe         tiny\n"))
        try FabricatedModel.write(to: command.directory.appending(path: "tiny"))
        #expect(try command.run(["summary", "tiny"]).output == shipped)
        let inFolder = try command.run(["summary", "./tiny"])
        #expect(inFolder.exitCode == 0, "\(inFolder.errors)")
        #expect(
            inFolder.output.hasPrefix("Model          ./tiny/model.safetensors\nRecipe         fabricated\n"))
    }

    @Test(
        arguments: [
            (
                ["evaluate", "acurate"],
                "There is neither a file 'acurate' nor a shipped model of that name. Did you mean 'accurate'?\n",
                1
            ),
            (
                ["summary", "xyzzy"],
                "There is neither a file 'xyzzy' nor a shipped model of that name. Shipped are: accurate, tiny, reader.\n",
                1
            ),
            (
                ["predict", "7"],
                "No picture is named. Did you mean '--index 7'?\nSee 'digits predict --help' for more information.\n",
                64
            ),
            (
                ["explain", "12"],
                "No picture is named. Did you mean '--index 12'?\nSee 'digits explain --help' for more information.\n",
                64
            ),
            (
                ["calibrate"],
                "No model is named. Name a model file or a run's folder, such as runs/first.\n"
                    + "See 'digits calibrate --help' for more information.\n", 64
            ),
            (
                ["calibrate", "accurate"],
                "The model accurate is part of the program and cannot be changed. Name a model file, or a new one with --output.\n"
                    + "See 'digits calibrate --help' for more information.\n", 64
            ),
        ] as [([String], String, Int32)])
    func wordsThatAreNoModelAreToldSo(arguments: [String], message: String, code: Int32) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(arguments)
        #expect(result.exitCode == code)
        #expect(result.output == "")
        #expect(result.errors == "digits: error: \(message)")
        #expect(try command.files() == [])
    }
}
