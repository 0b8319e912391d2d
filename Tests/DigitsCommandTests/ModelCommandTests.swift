import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits evaluate`, `predict` and `summary` with a model and data that the test writes.
@Suite struct ModelCommandTests {
    private func commandWithModel() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory)
        return command
    }

    @Test func evaluationAsJSON() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(["evaluate", "model.safetensors", "--data", ".", "--json"])
        #expect(result.exitCode == 0)
        // All classes are equally probable: the first wins, and the loss is ln 10.
        #expect(
            result.output.hasPrefix(
                #"{"dataset":"fashion-mnist","split":"test","count":200,"correct":20,"accuracy":0.1,"loss":2.30258"#
            ))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let interval = try #require(object["accuracy_interval"] as? [String: Double])
        #expect(abs(try #require(interval["low"]) - 0.065_7) < 1e-4)
        #expect(
            object["confusion"] as? [[Int]]
                == Array(repeating: [20] + Array(repeating: 0, count: 9), count: 10))
        let classes = try #require(object["classes"] as? [[String: Any]])
        #expect(classes.compactMap { $0["name"] as? String } == FabricatedModel.fashionClasses)
        #expect(classes.compactMap { $0["recall"] as? Double } == [1] + Array(repeating: 0, count: 9))
        #expect(classes[0]["precision"] as? Double == 0.1)
        #expect(classes.allSatisfy { $0["support"] as? Int == 20 })
    }

    @Test func evaluationAsTextHasTheConfusionMatrix() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(["evaluate", "model.safetensors", "--data", "."])
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "Fashion-MNIST test images: accuracy 10.00% ± 4.19 (20/200), loss 2.3026")
        #expect(lines[2] == "Columns: predicted class. Rows: true class. Recall and precision in %.")
        #expect(lines[5].hasPrefix("0 T-shirt/top"))
        #expect(lines[5].hasSuffix("100.0"))
        #expect(
            lines[17]
                == "Most often misread: Trouser as T-shirt/top (20), Pullover as T-shirt/top (20), "
                + "Dress as T-shirt/top (20), Coat as T-shirt/top (20), Sandal as T-shirt/top (20).")
        #expect(result.errors.hasSuffix("Next: digits predict model.safetensors --index 7 --data .\n"))
    }

    @Test func predictionAsJSON() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(
            ["predict", "model.safetensors", "--index", "7", "--index", "20", "--data", ".", "--json"])
        #expect(result.exitCode == 0)
        let tenths = "[" + Array(repeating: "0.1", count: 10).joined(separator: ",") + "]"
        #expect(
            result.output
                == #"[{"index":7,"digit":0,"confidence":0.1,"probabilities":\#(tenths),"label":7},"#
                + #"{"index":20,"digit":0,"confidence":0.1,"probabilities":\#(tenths),"label":0}]"# + "\n")
    }

    @Test func rangesAndAllAreReadInOneGo() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        func numbers(_ arguments: [String]) throws -> [Int] {
            let result = try command.run(
                ["predict", "model.safetensors", "--data", ".", "--json"] + arguments)
            #expect(result.exitCode == 0, "\(result.errors)")
            let objects = try #require(
                try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
            for object in objects { #expect(object["label"] as? Int == (object["index"] as? Int ?? -1) % 10) }
            return objects.compactMap { $0["index"] as? Int }
        }
        #expect(try numbers(["--index", "3-6,42", "--index", "0"]) == [3, 4, 5, 6, 42, 0])
        #expect(try numbers(["--all"]) == Array(0..<200))

        let beyond = try command.run([
            "predict", "model.safetensors", "--data", ".", "--index", "150-999999999999",
        ])
        #expect(beyond.exitCode == 64)
        #expect(beyond.errors.contains("There is no picture 200: the test split"))
        let both = try command.run(["predict", "model.safetensors", "--all", "--index", "1"])
        #expect(
            both.errors.hasPrefix("digits: error: --index and --all exclude each other. Give one of them.\n"))
    }

    @Test func predictionAsTextShowsImageBarsAndTruth() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(
            ["predict", "model.safetensors", "--index", "7", "--index", "20", "--data", "."])
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "Fashion-MNIST test picture 7, label Sneaker")
        #expect(lines[1] == String(repeating: "@", count: 28))
        #expect(lines.contains("T-shirt/top ███                             10.00%"))
        #expect(lines.contains("Read as T-shirt/top: wrong, the label is Sneaker."))
        #expect(lines.contains("Read as T-shirt/top: right."))
        #expect(result.errors.hasSuffix("Next: digits evaluate model.safetensors --data .\n"))
    }

    @Test func aRunsFolderMeansItsModel() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory.appending(path: "runs/first"))
        for (verb, options) in [
            ("evaluate", []), ("predict", ["--index", "7"]), ("explain", ["--index", "7"]),
        ] {
            let named = try command.run([verb, "runs/first/model.safetensors", "--data", "."] + options)
            #expect(named.exitCode == 0, "\(named.errors)")
            for folder in ["runs/first", "runs/first/", "./runs/first"] {
                let result = try command.run([verb, folder, "--data", "."] + options)
                #expect(result.exitCode == 0 && result.output == named.output, "\(result.errors)")
            }
        }
        let other = try command.run(["evaluate", "runs"])
        #expect(other.exitCode == 1)
        #expect(
            other.errors
                == "digits: error: There is no model in the folder 'runs': it lacks model.safetensors. "
                + "Name a run's folder or a model file.\n")
    }

    @Test func summaryOfARecipeEndsWithItsParameters() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["summary", "--recipe", "notebook"])
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.contains("conv1      Conv2D      26×26×64              640     2,560"))
        #expect(
            Array(lines.suffix(2)) == ["All trainable, 324,264 bytes", "81,066 parameters"])
        #expect(result.errors == "Next: digits train --recipe notebook\n")
    }

    @Test func summaryTellsWhatIsNotTrained() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 2, kernelSize: 3)
            BatchNorm()
            Flatten()
            Dense(10, activation: .softmax)
        }
        try model.save(to: command.directory.appending(path: "model.safetensors").path)
        let result = try command.run(["summary", "model.safetensors"])
        #expect(result.exitCode == 0)
        // The running mean and variance of two filters.
        #expect(
            result.output.hasSuffix(
                "\n13,554 trainable, 4 not trainable, 54,232 bytes\n13,558 parameters\n"))
    }

    /// What a file says of itself may be meant for the terminal.
    @Test func namesInAModelFileCannotCommandTheTerminal() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeTestSplit(to: command.directory)
        let names = FabricatedModel.fashionClasses.map { "\u{1B}]0;\($0)\u{7}\u{9B}2J\nforged" }
        try FabricatedModel.write(to: command.directory, classNames: names)
        for arguments in [
            ["summary", "model.safetensors"],
            ["predict", "model.safetensors", "--index", "7", "--data", "."],
            ["explain", "model.safetensors", "--index", "7", "--data", "."],
            ["explain", "model.safetensors", "--index", "7", "--class", "x", "--data", "."],
        ] {
            let result = try command.run(arguments)
            let text = result.output + result.errors
            #expect(text.contains("\\u{9B}2J"), "\(arguments)")
            #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
        }
        let summary = try command.run(["summary", "model.safetensors"]).output
        #expect(!summary.split(separator: "\n").contains { $0.hasPrefix("forged") })
    }

    @Test func summaryOfAModelNeedsNothingButTheFile() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedModel.write(to: command.directory)
        let result = try command.run(["summary", "model.safetensors"])
        #expect(result.exitCode == 0)
        for line in [
            "Recipe         fabricated", "Normalization  unit-range", "Seed           7",
            "Loss           sparseCategoricalCrossentropy",
            "Trained on     fashion-mnist, SHA-256 \(String(repeating: "ab", count: 32))",
            "Accuracy       10.00% ± 0.59 (1,000/10,000) on the test images",
            "Written by     digits \(ModelInformation.currentVersion)",
        ] {
            #expect(result.output.contains(line + "\n"))
        }
        #expect(result.output.hasSuffix("\n7,850 parameters\n"))
    }
}
