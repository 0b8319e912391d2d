import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits evaluate --mnist-c` and `digits data corrupt` with a model and data that the test writes.
@Suite struct CorruptionCommandTests {
    private func commandWithModel() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory)
        return command
    }

    private static let evaluate = ["evaluate", "model.safetensors", "--data", ".", "--mnist-c"]

    @Test func aTableFollowsTheEvaluation() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(Self.evaluate)
        #expect(result.exitCode == 0)
        let plain = try command.run(["evaluate", "model.safetensors", "--data", "."])
        #expect(result.output.hasPrefix(plain.output + "\nCorruption      Accuracy   Read right\n"))
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        // Everything is read as the first class.
        let row = try #require(lines.firstIndex { $0.hasPrefix("Shot noise") })
        #expect(lines[row].hasPrefix("Shot noise        10.00%           20   ██▍"))
        #expect(lines[row + 14].hasPrefix("Canny edges       10.00%           20   ██▍"))
        #expect(
            lines[row + 16]
                == "MNIST-C, 200 images each: mean accuracy 10.00%, 10.00% on images as they are")
        #expect(lines[row...].allSatisfy { $0.count <= 80 })
    }

    @Test func theJSONHasEachCorruptionAndIsThatOfTheReport() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(Self.evaluate + ["--json", "--report", "report"])
        #expect(result.exitCode == 0)
        let printed = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let scores = try #require(printed["mnist_c"] as? [String: Any])
        #expect(scores["count"] as? Int == 200)
        let mean = try #require(scores["mean_accuracy"] as? Double)
        #expect(abs(mean - 0.1) < 1e-12)
        let corruptions = try #require(scores["corruptions"] as? [[String: Any]])
        #expect(corruptions.count == 15)
        #expect(corruptions[10]["name"] as? String == "fog" && corruptions[10]["correct"] as? Int == 20)
        let reported = try #require(try command.numbers("report")["mnist_c"])
        #expect(
            try JSONSerialization.data(withJSONObject: reported, options: .sortedKeys)
                == JSONSerialization.data(withJSONObject: scores, options: .sortedKeys))
    }

    @Test func picturesAreWrittenByCorruptionAndLabel() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run([
            "data", "corrupt", "new/c", "--dataset", "fashion-mnist", "--data", ".", "--count", "12",
            "--corruption", "stripe",
            "--corruption", "fog",
        ])
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output == "Wrote 24 pictures into new/c.\n")
        #expect(result.errors.hasSuffix("Next: digits read --single new/c/stripe/0\n"))
        let files = try command.files().filter { $0.hasSuffix(".png") }
        #expect(files.count == 24)
        #expect(files.contains("new/c/fog/1/00011.png") && files.contains("new/c/stripe/9/00009.png"))
        // Of picture 11 the first 12 rows are ink; at the sides of a stripe the others are.
        let data = try Data(contentsOf: command.directory.appending(path: "new/c/stripe/1/00011.png"))
        let image = try ImageDecoder().decode([UInt8](data)).image
        #expect(image.shape == ImageShape(height: 28, width: 28))
        #expect(image[0, 0] == 0 && image[0, 7] == 255 && image[12, 6] == 255 && image[12, 20] == 0)
        #expect(image[11, 21] == 0 && image[27, 27] == 255)
    }

    @Test(arguments: [
        (["--corruption", "frog"], "did you mean 'fog'?"),
        (
            ["--corruption", "fog", "--corruption", "fog"],
            "--corruption names the same one twice. Name each once."
        ),
        (["--count", "0"], "--count must be at least 1, not 0."),
        (["--count", "10001"], "There is no picture 10000: the test split of Fashion-MNIST has 10,000"),
    ])
    func whatCannotBeWrittenIsRefused(options: [String], sentence: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(
            ["data", "corrupt", "new", "--dataset", "fashion-mnist", "--data", "."] + options)
        #expect(result.exitCode != 0 && result.output == "")
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(try command.files() == [])
    }

    @Test func aFileIsNoFolder() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(["data", "corrupt", "model.safetensors"])
        #expect(result.exitCode == 1)
        #expect(
            result.errors
                == "digits: error: 'model.safetensors' is no folder, and this command writes into one. "
                + "Name a folder that is empty or does not exist.\n")
    }

    @Test func aFolderThatHoldsSomethingIsKept() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(["data", "corrupt", "."])
        #expect(result.exitCode == 1)
        #expect(
            result.errors
                == "digits: error: '.' is not empty, and this command overwrites nothing. "
                + "Name a folder that is empty or does not exist, or add --force to replace what is there.\n")
    }
}
