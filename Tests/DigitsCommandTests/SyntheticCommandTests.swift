import DigitRecognition
import Foundation
import TestSupport
import Testing

/// Commands on synthetic digits. No variable and no folder leads to other data, and a proxy that nobody runs stands for a
/// machine without network.
@Suite struct SyntheticCommandTests {
    private let noNetwork = [
        "https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9", "no_proxy": "",
    ]
    private let synthetic = ["--dataset", "synthetic"]
    private let few = ["--dataset", "synthetic", "--synthetic-count", "320", "--synthetic-seed", "7"]

    @Test func imagesAreShownWithoutAnyFile() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(
            ["show", "--grid", "1x4"] + synthetic,
            environment: noNetwork.merging(["DIGITS_DATA": "nowhere"]) { $1 })
        #expect(result.exitCode == 0)
        #expect(result.output.contains("The first 4 test pictures of Synthetic digits, as stored"))
        #expect(result.errors.hasPrefix("Next: digits show --index 7 --normalization l2 --dataset synthetic"))
        #expect(try command.files() == [])
    }

    @Test func theCountIsThatOfTheTrainingImages() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let arguments = ["show", "--split", "train", "--index"]
        #expect(try command.run(arguments + ["319"] + few).exitCode == 0)
        let result = try command.run(arguments + ["320"] + few)
        #expect(result.exitCode == 64)
        #expect(
            result.errors.hasPrefix(
                "digits: error: There is no picture 320: the train split of Synthetic digits has 320, numbered 0 to 319."
            ))
        #expect(try command.run(["show", "--index", "9999"] + few).exitCode == 0)
    }

    @Test func seedsDrawOtherImages() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        func image(_ seed: String) throws -> String {
            try command.run(["show", "--index", "0", "--synthetic-seed", seed] + synthetic).output
        }
        #expect(try image("1") == image("1"))
        #expect(try image("1") == command.run(["show", "--index", "0"] + synthetic).output)
        #expect(try image("1") != image("2"))
    }

    @Test func aModelIsTrainedScoredAndAsked() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let trained = try command.run(
            ["train", "--recipe", "lenet5", "--epochs", "1", "--output", "run"] + few, environment: noNetwork)
        #expect(trained.exitCode == 0)
        #expect(trained.output.contains("data synthetic;"))
        #expect(trained.output.contains("/10,000)"))
        let model = try Model(contentsOf: command.directory.appending(path: "run/model.safetensors").path)
        #expect(model.information.dataset?.name == "synthetic")
        #expect(model.information.dataset?.sha256.count == 64)
        let settings = try String(
            contentsOf: command.directory.appending(path: "run/settings.json"), encoding: .utf8)
        #expect(settings.contains("--dataset synthetic --synthetic-seed 7 --synthetic-count 320 --epochs 1"))

        // Without a name, the model's data are meant.
        for verb in [["evaluate"], ["predict", "--index", "7"], ["explain", "--index", "7"]] {
            let result = try command.run(
                [verb[0], "run/model.safetensors"] + verb.dropFirst(), environment: noNetwork)
            #expect(result.exitCode == 0)
            #expect(result.output.contains("Synthetic digits test"))
        }
        let misled = try command.run(["evaluate", "run/model.safetensors", "--data", "folder"])
        #expect(misled.exitCode == 64)
        #expect(
            misled.errors.hasPrefix(
                "digits: error: --data names a folder, but synthetic digits are drawn, not read. "))
    }

    // MARK: digits data

    @Test func thereIsNothingToFetch() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["data", "fetch"] + synthetic, environment: noNetwork)
        #expect(result.exitCode == 0)
        #expect(
            result.output == "Synthetic digits are drawn whenever they are used; there is nothing to fetch.\n"
        )
        #expect(result.errors == "Next: digits show --grid 4x8 --dataset synthetic\n")
        #expect(try command.files() == [])
    }

    @Test func theyAreInNoFolder() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["data", "where"] + synthetic)
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(
            result.errors
                == "digits: error: The data set synthetic lies in no files: it is drawn anew whenever it is loaded. Just load it.\n"
        )
    }

    @Test func verifyPrintsTheHashesOfWhatIsDrawn() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["data", "verify"] + few)
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines.allSatisfy { $0.wholeMatch(of: /(t10k|train)-\S+: drawn, SHA-256 [0-9a-f]{64}/) != nil })
    }

    // MARK: Refusals

    @Test(arguments: [
        (
            ["--dataset", "synthetic", "--data", "folder"],
            "--data names a folder, but synthetic digits are drawn, not read. "
        ),
        (
            ["--synthetic-seed", "3"],
            "--synthetic-seed says how synthetic digits are drawn. Add --dataset synthetic"
        ),
        (
            ["--dataset", "kmnist", "--synthetic-count", "3"],
            "--synthetic-count says how synthetic digits are drawn. Add --dataset synthetic"
        ),
        (
            ["--dataset", "synthetic", "--synthetic-count", "0"],
            "--synthetic-count is 0, but must be 1 to 1,000,000."
        ),
        (["--dataset", "syntetic"], "Unknown data set 'syntetic'. Did you mean 'synthetic'?"),
    ])
    func whatMakesNoSenseIsRefused(arguments: [String], message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        for verb in [["show"], ["train"], ["data", "where"], ["data", "fetch"], ["data", "verify"]] {
            let result = try command.run(verb + arguments, environment: noNetwork)
            #expect(result.exitCode == 64)
            #expect(result.errors.hasPrefix("digits: error: \(message)"))
        }
        #expect(try command.files() == [])
    }

    // MARK: The notebook without data

    @Test func theNotebookGoesOnWithSyntheticDigits() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(
            ["notebook", "--epochs", "1", "--output", "run"], environment: noNetwork)
        #expect(result.exitCode == 0)
        let warnings = result.errors.split(separator: "\n").filter { $0.hasPrefix("digits: ") }
        #expect(
            warnings == [
                "digits: warning: MNIST is not on this machine and could not be downloaded; synthetic digits take its place."
            ])
        #expect(
            result.output.hasPrefix(
                "1. The data: Synthetic digits\n60,000 training and 10,000 test images.\n"))
        #expect(result.output.contains("data synthetic;"))
        #expect(
            result.errors.contains("Next: digits evaluate run/model.safetensors --dataset synthetic\n"))
        let model = try Model(contentsOf: command.directory.appending(path: "run/model.safetensors").path)
        #expect(model.information.dataset?.name == "synthetic")
    }

    @Test(arguments: [["--dataset", "mnist"], ["--dataset", "kmnist"]])
    func theNotebookFailsWhereADataSetWasNamed(arguments: [String]) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["notebook"] + arguments, environment: noNetwork)
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("could not be downloaded."))
        #expect(!result.errors.contains("take its place"))
        #expect(result.output == "")
        #expect(try command.files().allSatisfy { !$0.hasPrefix("runs/") }, "No empty run is left.")
    }

    @Test func theNotebookFailsWhereAFolderWasNamed() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let named = try command.run(["notebook", "--data", "nowhere"], environment: noNetwork)
        #expect(named.exitCode == 1)
        #expect(named.errors.contains("nowhere lacks train-images-idx3-ubyte.gz"))
        let fromEnvironment = try command.run(
            ["notebook"], environment: noNetwork.merging(["DIGITS_DATA": "nowhere"]) { $1 })
        #expect(fromEnvironment.exitCode == 1)
        #expect(fromEnvironment.errors.contains("DIGITS_DATA"))
    }
}
