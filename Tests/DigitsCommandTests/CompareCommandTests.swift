import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits compare` with models and data that the test writes.
@Suite struct CompareCommandTests {
    /// `model.safetensors` reads every picture as the first class, `other.safetensors` as the second.
    private func commandWithModels() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory)
        let model = try Model(contentsOf: command.directory.appending(path: "model.safetensors").path)
        model.network.setParameter("dense1.bias", to: (0..<10).map { $0 == 1 ? 1 : 0 })
        try model.save(to: command.directory.appending(path: "other.safetensors").path)
        return command
    }

    @Test func differenceIsToldWithTestAndInterval() throws {
        let command = try commandWithModels()
        defer { command.remove() }
        let result = try command.run(["compare", "model.safetensors", "other.safetensors", "--data", "."])
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "Fashion-MNIST test images, 200 for both models")
        #expect(lines[1] == "A: accuracy 10.00% ± 4.19 (20/200), model.safetensors")
        #expect(lines[2] == "B: accuracy 10.00% ± 4.19 (20/200), other.safetensors")
        // 20 on either side: z · √41 / 202.
        #expect(lines[3] == "B less A: 0.00 points, 95% interval -6.21 to +6.21")
        #expect(
            lines[4]
                == "Right in A alone: 20, in B alone: 20. McNemar's exact test: p = 1.0000. "
                + "So large a difference may well be chance.")
        #expect(lines[6] == "They disagree on 200 pictures:")
        #expect(lines[7].hasPrefix("  picture 0: label "))
        #expect(lines[7].hasSuffix("A reads T-shirt/top, B reads Trouser"))
        #expect(lines[27] == "  and 180 more, which --json lists")
    }

    @Test func aModelDoesNotDifferFromItself() throws {
        let command = try commandWithModels()
        defer { command.remove() }
        let result = try command.run(["compare", "model.safetensors", "model.safetensors", "--data", "."])
        #expect(result.exitCode == 0)
        #expect(result.output.hasSuffix("\nThey read every picture alike.\n"))
    }

    @Test func comparisonAsJSON() throws {
        let command = try commandWithModels()
        defer { command.remove() }
        let result = try command.run(
            ["compare", "model.safetensors", "other.safetensors", "--data", ".", "--json"])
        #expect(result.exitCode == 0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(object["count"] as? Int == 200)
        #expect(object["only_first_right"] as? Int == 20)
        #expect(object["p"] as? Double == 1)
        let disagreements = try #require(object["disagreements"] as? [[String: Int]])
        #expect(disagreements.count == 200)
        #expect(disagreements[0]["first"] == 0 && disagreements[0]["second"] == 1)
    }

    @Test func aModelThatDoesNotFitIsNamed() throws {
        let command = try commandWithModels()
        defer { command.remove() }
        let folder = command.directory.appending(path: "small")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FabricatedModel.write(to: folder, input: [14, 14, 1])
        let result = try command.run(
            ["compare", "model.safetensors", "small/model.safetensors", "--data", "."])
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("small/model.safetensors: The model takes pictures of"))
        #expect(result.output == "")
    }
}
