import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits calibrate` with data that the test writes and models whose temperature is known.
@Suite struct CalibrateCommandTests {
    /// A command with both splits and `model.safetensors`, which reads eight of ten classes right and always has the logit
    /// 10 for the class that it reads and 0 for the nine others.
    ///
    /// It is as sure as it is right if `e^(10/T) / (e^(10/T) + 9) = 0.8`: T = 10 / ln 36 = 2.7905….
    /// - Parameter read: The class that the pictures of each class are read as.
    private func commandWithModel(
        reading read: (Int) -> Int = { $0 < 8 ? $0 : $0 - 8 },
        change: (inout ModelInformation) -> Void = { _ in }
    ) async throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeBothSplits(to: command.directory)
        let model = try Model(input: [28, 28, 1], classNames: FabricatedModel.fashionClasses) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        // Row 2c + 2 has ink in the pictures of the classes c - 1 and c alone, so that alternating signs tell classes apart.
        var weight = [Float](repeating: 0, count: 10 * 784)
        for shown in 0..<10 {
            for row in 0...shown {
                weight[read(shown) * 784 + (2 * row + 2) * 28] += (shown - row).isMultiple(of: 2) ? 10 : -10
            }
        }
        model.network.setParameter("dense1.weight", to: weight)
        let data = try await FashionMNIST.load(from: command.directory)
        var information = model.information
        information.settings.texts["validation_split"] = "0.1"
        information.dataset = .init(name: data.name, sha256: data.sha256)
        change(&information)
        try ModelFile.write(
            model.network, information, to: command.directory.appending(path: "model.safetensors").path,
            replacing: false)
        return command
    }

    private func bytes(_ name: String, of command: BuiltCommand) throws -> Data {
        try Data(contentsOf: command.directory.appending(path: name))
    }

    private func temperature(_ name: String, of command: BuiltCommand) throws -> Double? {
        try Model(contentsOf: command.directory.appending(path: name).path).information.temperature
    }

    private let calibrate = ["calibrate", "model.safetensors", "--data", "."]
    private let expected = 10 / log(36.0)

    /// Expects a refusal of exit code 1 that leaves the model's file as it is and nothing beside it.
    private func expectRefusal(
        _ arguments: [String], by command: BuiltCommand, _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (before, files) = (try bytes("model.safetensors", of: command), try command.files())
        let result = try command.run(arguments)
        #expect(result.exitCode == 1, sourceLocation: sourceLocation)
        #expect(result.output == "", sourceLocation: sourceLocation)
        #expect(
            result.errors.hasSuffix("digits: error: \(message)\n"), "\(result.errors)",
            sourceLocation: sourceLocation)
        #expect(try bytes("model.safetensors", of: command) == before, sourceLocation: sourceLocation)
        #expect(try command.files() == files, sourceLocation: sourceLocation)
    }

    @Test func theTemperatureIsToldAndKeptInTheFile() async throws {
        let command = try await commandWithModel()
        defer { command.remove() }
        let files = try command.files()
        let result = try command.run(calibrate)
        #expect(result.exitCode == 0)
        #expect(
            result.output == """
                Temperature 2.7906: the model was too sure of what it read.
                Fitted on the last 60 of 600 training images of Fashion-MNIST.

                Images          Calibration error   Mean log-likelihood
                ───────────────────────────────────────────────────────
                60 validation   19.96% → 0.00%      -2.0004 → -0.9398
                200 test        19.96% → 0.00%      -2.0004 → -0.9398

                What is read stays the same. Written to model.safetensors.

                """)
        #expect(result.errors.hasSuffix("Next: digits evaluate model.safetensors --data .\n"))
        #expect(try command.files() == files)
        let kept = try #require(try temperature("model.safetensors", of: command))
        // The probabilities that it was fitted on are rounded to Float.
        #expect(abs(kept - expected) < 1e-5)

        let prediction = try command.run(
            ["predict", "model.safetensors", "--index", "3", "--data", ".", "--json"])
        let objects = try #require(
            try JSONSerialization.jsonObject(with: Data(prediction.output.utf8)) as? [[String: Any]])
        #expect(objects[0]["digit"] as? Int == 3)
        #expect(abs(try #require(objects[0]["confidence"] as? Double) - 0.8) < 1e-5)
        let summary = try command.run(["summary", "model.safetensors"])
        #expect(summary.output.contains("\nTemperature    2.7906\n"))
    }

    @Test func anotherFileLeavesTheModelAsItWas() async throws {
        let command = try await commandWithModel()
        defer { command.remove() }
        let before = try bytes("model.safetensors", of: command)
        let result = try command.run(calibrate + ["--output", "calibrated.safetensors"])
        #expect(result.exitCode == 0)
        #expect(result.output.hasSuffix("Written to calibrated.safetensors.\n"))
        #expect(try bytes("model.safetensors", of: command) == before)
        #expect(try temperature("calibrated.safetensors", of: command) != nil)
        let after = try bytes("calibrated.safetensors", of: command)

        try expectRefusal(
            calibrate + ["--output", "calibrated.safetensors"], by: command,
            "'calibrated.safetensors': File exists. Choose another name, or add --force to replace it."
        )
        #expect(try bytes("calibrated.safetensors", of: command) == after)
    }

    @Test func calibrationAsJSON() async throws {
        let command = try await commandWithModel(change: { $0.temperature = 1.5 })
        defer { command.remove() }
        let result = try command.run(calibrate + ["--json"])
        #expect(result.exitCode == 0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(object["model"] as? String == "model.safetensors")
        #expect(object["dataset"] as? String == "fashion-mnist")
        #expect(abs(try #require(object["temperature"] as? Double) - expected) < 1e-5)
        #expect(object["former_temperature"] as? Double == 1.5)
        for (name, count) in [("validation", 60), ("test", 200)] {
            let images = try #require(object[name] as? [String: Any])
            #expect(images["count"] as? Int == count)
            let before = try #require(images["before"] as? [String: Double])
            // Without any temperature, not with the former one.
            #expect(abs(try #require(before["calibration_error"]) - 0.199_59) < 1e-5)
            #expect(abs(try #require(before["log_likelihood"]) + 2.000_409) < 1e-5)
            let after = try #require(images["after"] as? [String: Double])
            #expect(try #require(after["calibration_error"]) < 1e-5)
            #expect(abs(try #require(after["log_likelihood"]) + 0.939_848) < 1e-5)
        }
    }

    @Test func aLinkToAModelStaysALink() async throws {
        let command = try await commandWithModel()
        defer { command.remove() }
        let link = command.directory.appending(path: "link.safetensors").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "model.safetensors")
        let result = try command.run(["calibrate", "link.safetensors", "--data", "."])
        #expect(result.exitCode == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "model.safetensors")
        #expect(try temperature("model.safetensors", of: command) != nil)
    }

    @Test func aModelWithoutImagesLeftIsToldWhatToDo() async throws {
        let advice =
            "Train one with --validation-split 0.1, or calibrate this one with --validation-split 0.1 on images "
            + "that it may know by heart."
        for (split, reason) in [
            (
                "0.0",
                "The model was trained on every training image, so that none is left to calibrate it on."
            ),
            (nil, "The file does not say which training images the model was not trained on."),
            ("1.5", "The file does not say which training images the model was not trained on."),
        ] {
            let command = try await commandWithModel(change: { $0.settings.texts["validation_split"] = split }
            )
            defer { command.remove() }
            try expectRefusal(calibrate, by: command, "\(reason) \(advice)")
        }
    }

    @Test func imagesOfTheTrainingAreTakenWithAWarning() async throws {
        for (recorded, typed, warning) in [
            ("0.0", "0.05", "The model was trained on these images; "),
            (nil, "0.05", "The model may have been trained on these images; "),
            ("0.01", "0.05", "The model was trained on some of these images; "), ("0.1", "0.05", nil),
        ] {
            let command = try await commandWithModel(change: {
                $0.settings.texts["validation_split"] = recorded
            })
            defer { command.remove() }
            let result = try command.run(calibrate + ["--validation-split", typed])
            #expect(result.exitCode == 0)
            #expect(result.output.contains("\nFitted on the last 30 of 600 training images"))
            let warnings = result.errors.split(separator: "\n").filter { $0.contains("too sure") }
            if let warning {
                #expect(
                    warnings == [
                        "digits: warning: \(warning)after a fit on images that it knows by heart it stays too sure."
                    ])
            } else {
                #expect(warnings.isEmpty)
            }
        }
    }

    /// With a logit of 1 the model is less sure than the eight of ten that it reads right.
    @Test func imagesOfTheTrainingMakeNoModelSurer() async throws {
        let command = try await commandWithModel(change: {
            $0.settings.texts["validation_split"] = "0.0"
        })
        defer { command.remove() }
        try setLogit(1, in: command)
        let message =
            "The model reads images that it was trained on so well that it would become surer still "
            + "(temperature 0.2791), which says nothing of others; nothing was written. "
            + "Train one with --validation-split 0.1 and calibrate that."
        try expectRefusal(calibrate + ["--validation-split", "0.1"], by: command, message)
    }

    /// Scales the model's weights, so that the class that it reads has another logit.
    private func setLogit(_ logit: Float, in command: BuiltCommand) throws {
        let path = command.directory.appending(path: "model.safetensors").path
        let model = try Model(contentsOf: path)
        let weights = try #require(model.network["dense1.weight"])
        model.network.setParameter("dense1.weight", to: weights.map { $0 * logit / 10 })
        try model.save(to: path)
    }

    @Test func otherDataAreRefused() async throws {
        let command = try await commandWithModel(change: {
            $0.dataset?.sha256 = String(repeating: "ab", count: 32)
        })
        defer { command.remove() }
        let data = try await FashionMNIST.load(from: command.directory)
        try expectRefusal(
            calibrate, by: command,
            "The model was trained on other data of the name fashion-mnist: its file says SHA-256 abababababab…, "
                + "but the data here have \(data.sha256.prefix(12))…. Name the folder with the data that it was "
                + "trained on with --data.")
        try expectRefusal(
            calibrate + ["--dataset", "kmnist"], by: command,
            "The model was trained on fashion-mnist, not on kmnist. It can be calibrated on images of the data set "
                + "that it was trained on.")
    }

    @Test func dataThatNobodyNamedAreTakenWithAWarning() async throws {
        let command = try await commandWithModel(change: { $0.dataset = nil })
        defer { command.remove() }
        let result = try command.run(calibrate + ["--dataset", "fashion-mnist"])
        #expect(result.exitCode == 0)
        #expect(
            result.errors.contains(
                "digits: warning: The file does not say which data the model was trained on; it is taken for "
                    + "fashion-mnist.\n"))
    }

    @Test func aModelWithoutMistakesIsNotCalibrated() async throws {
        let command = try await commandWithModel(reading: { $0 })
        defer { command.remove() }
        try expectRefusal(
            calibrate, by: command,
            "No temperature is best: the predictions are so good that even one under 0.01 fits better. "
                + "Fit on more samples, with mistakes among them.")
    }

    @Test(arguments: [
        (["--validation-split", "0"], "--validation-split is 0.0, but must be above 0 and below 1."),
        (["--validation-split", "1"], "--validation-split is 1.0, but must be above 0 and below 1."),
        (["--validation-split", "nan"], "--validation-split is nan, but must be above 0 and below 1."),
        (["--output", ""], "--output is empty. Name a file, or leave the option out."),
    ])
    func settingsOutOfRangeAreMisuse(arguments: [String], message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(calibrate + arguments)
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(
            result.errors
                == "digits: error: \(message)\nSee 'digits calibrate --help' for more information.\n")
    }
}
