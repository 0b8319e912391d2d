import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits explain` with models and data that the test writes.
@Suite struct ExplainCommandTests {
    private func commandWithModel() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory)
        return command
    }

    /// Dense weights of 1 for Trouser, -1 for Dress and 0 for the others: each pixel of ink adds as much to their logits.
    private func setTwoClasses(in command: BuiltCommand) throws {
        let path = command.directory.appending(path: "model.safetensors").path
        let model = try Model(contentsOf: path)
        model.network.setParameter(
            "dense1.weight", to: (0..<10 * 784).map { [1: 1, 3: -1][$0 / 784] ?? 0 })
        try model.save(to: path)
    }

    @Test func whatSpeaksForAndAgainstAClassIsDrawn() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try setTwoClasses(in: command)
        // Picture 3 has four full rows: 112 pixels of ink.
        // Three panels of 25 columns and the room between them are a line.
        let full = String(repeating: "@", count: 25)
        let blank = String(repeating: " ", count: 25)
        for (name, rows, sum) in [
            ("Trouser", "\(full)  \(full)", "112.000"), ("Dress", "\(full)  \(blank)  \(full)", "-112.000"),
        ] {
            let result = try command.run(
                ["explain", "model.safetensors", "--index", "3", "--class", name, "--data", "."])
            #expect(result.exitCode == 0)
            let lines = result.output.split(separator: "\n")
            #expect(lines[0] == "Fashion-MNIST test picture 3, label Dress")
            #expect(
                lines[1]
                    == "Read as Trouser (100.00%). What speaks for \(name) and against it:")
            #expect(lines[2] == rows)
            #expect(result.output.contains("on one scale; white is 1.000."))
            #expect(
                result.output.contains("They sum to \(sum); the picture's logit is \(sum) above a blank's."))
            #expect(!result.output.contains("Grad-CAM"), "The model has no convolution.")
        }
    }

    @Test func anExplanationIsWrittenAsAFigure() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try setTwoClasses(in: command)
        let result = try command.run(
            ["explain", "model.safetensors", "--index", "3", "--output", "why.svg", "--data", "."])
        #expect(result.exitCode == 0)
        #expect(result.output == "")
        #expect(result.errors.hasSuffix("Wrote why.svg\n"))
        let document = try String(contentsOf: command.directory.appending(path: "why.svg"), encoding: .utf8)
        for text in ["gradient", "gradient × input", "integrated gradients", "for Trouser"] {
            #expect(document.contains(">\(text)</text>"), "\(text)")
        }
    }

    @Test(arguments: [
        (["--class", "Dres"], 64, "Unknown class 'Dres'. Did you mean 'Dress'?"),
        (["--index", "10000"], 64, "There is no picture 10000"),
        (["--output", "why.jpg"], 64, "its name must end in .png, .svg or .pdf."),
        (["--output", "no/such/why.svg"], 1, "no/such"),
    ])
    func whatCannotBeIsToldInASentence(arguments: [String], exitCode: Int32, sentence: String) throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let index = arguments.contains("--index") ? [] : ["--index", "3"]
        let result = try command.run(
            ["explain", "model.safetensors", "--data", "."] + index + arguments)
        #expect(result.exitCode == exitCode)
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(result.output == "")
    }

    @Test func anImageMustBeNamed() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(["explain", "model.safetensors", "--data", "."])
        #expect(result.exitCode == 64)
        #expect(result.errors.contains("No picture is named. Give its number, as in --index 7."))
    }
}
