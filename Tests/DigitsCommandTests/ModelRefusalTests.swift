import DigitRecognition
import Foundation
import TestSupport
import Testing

/// Model files and requests that `evaluate`, `predict` and `summary` refuse.
@Suite struct ModelRefusalTests {
    private func refusal(
        _ arguments: [String], change: (inout [UInt8]) -> Void = { _ in }
    ) throws -> (exitCode: Int32, errors: String) {
        let command = try commandWithModel(change)
        defer { command.remove() }
        let result = try command.run(arguments)
        #expect(result.output == "")
        return (result.exitCode, result.errors)
    }

    /// A command beside a model file that was changed.
    private func commandWithModel(_ change: (inout [UInt8]) -> Void) throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory)
        let file = command.directory.appending(path: "model.safetensors")
        var bytes = [UInt8](try Data(contentsOf: file))
        change(&bytes)
        try Data(bytes).write(to: file)
        return command
    }

    private static let uses = [
        ["evaluate", "model.safetensors", "--data", "."],
        ["predict", "model.safetensors", "--index", "7", "--data", "."],
        ["summary", "model.safetensors"],
    ]

    @Test(arguments: uses) func aTruncatedModelIsRefused(arguments: [String]) throws {
        let (code, errors) = try refusal(arguments) { $0.removeLast(100) }
        #expect(code == 1)
        #expect(
            errors
                == "digits: error: Cannot use 'model.safetensors' as a safetensors file: 100 bytes of tensor data are "
                + "missing at its end. It is damaged or of another kind; get it again or write it anew.\n")
    }

    @Test(arguments: uses) func aFlippedBitIsRefused(arguments: [String]) throws {
        let (code, errors) = try refusal(arguments) { $0[$0.count - 5] ^= 4 }
        #expect(code == 1)
        #expect(
            errors
                == "digits: error: model.safetensors has changed since it was written: its content does not match its "
                + "checksum. Restore it from a copy or train again; if the change is meant, allow it with "
                + "--allow-changes (in Swift, allowingChanges: true).\n")
    }

    @Test(arguments: uses) func aChangeThatIsMeantIsAllowed(arguments: [String]) throws {
        let command = try commandWithModel { $0[$0.count - 5] ^= 4 }
        defer { command.remove() }
        let result = try command.run(arguments + ["--allow-changes"])
        #expect(result.exitCode == 0, "\(result.errors)")
    }

    @Test(arguments: uses) func aFileOfAnotherKindIsRefused(arguments: [String]) throws {
        let (code, errors) = try refusal(arguments) { $0 = Array("<!DOCTYPE html>".utf8) }
        #expect(code == 1)
        #expect(
            errors.hasPrefix(
                "digits: error: Cannot use 'model.safetensors' as a safetensors file: its header "))
        #expect(errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: uses) func anEmptyFileIsRefused(arguments: [String]) throws {
        let (code, errors) = try refusal(arguments) { $0 = [] }
        #expect(code == 1)
        #expect(errors.contains("it has 0 bytes, fewer than the 8 of the header's length"))
    }

    @Test(arguments: uses) func weightsOfAnotherArchitectureAreRefused(arguments: [String]) throws {
        // The description is changed in place: 10 units become 11.
        let (code, errors) = try refusal(arguments) { bytes in
            let sought = Array(#"\"units\":10"#.utf8)
            guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: sought) }) else {
                return
            }
            bytes[start + sought.count - 1] = UInt8(ascii: "1")
        }
        #expect(code == 1)
        #expect(
            errors.hasPrefix(
                "digits: error: model.safetensors holds weights that do not fit its architecture: dense1.weight has "
            ))
        #expect(errors.hasSuffix("Train or fetch the model again.\n"))
    }

    @Test func aMissingModelIsRefused() throws {
        let (code, errors) = try refusal(["evaluate", "nothing.safetensors"])
        #expect(code == 1)
        #expect(
            errors
                == "digits: error: Cannot read 'nothing.safetensors': No such file or directory. Check the path.\n"
        )
    }

    @Test func anImageThatDoesNotExistIsRefused() throws {
        let (code, errors) = try refusal(["predict", "model.safetensors", "--index", "200", "--data", "."])
        #expect(code == 64)
        #expect(
            errors
                == "digits: error: There is no picture 200: the test split of Fashion-MNIST has 200, "
                + "numbered 0 to 199.\n")
    }

    @Test func predictWithoutAnImageIsMisuse() throws {
        let (code, errors) = try refusal(["predict", "model.safetensors"])
        #expect(code == 64)
        #expect(
            errors.hasPrefix(
                "digits: error: No picture is named. Give its number, as in --index 7, or --all.\n"))
    }

    @Test(arguments: [["summary"], ["summary", "model.safetensors", "--recipe", "notebook"]])
    func summaryNeedsOneSubject(arguments: [String]) throws {
        let (code, errors) = try refusal(arguments)
        #expect(code == 64)
        #expect(
            errors.hasPrefix(
                "digits: error: Give either a model file or --recipe with a name, such as --recipe notebook.\n"
            ))
    }

    @Test(arguments: [
        (
            [28, 28, 1], ["a", "b"],
            "The model tells apart a, b, but the classes of Fashion-MNIST are T-shirt/top, Trouser, Pullover, Dress, "
                + "Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot. Use a model that was trained on Fashion-MNIST."
        ),
        (
            [8, 8, 1], FabricatedModel.fashionClasses,
            "The model takes pictures of 8×8×1, but those of Fashion-MNIST are 28×28×1. "
                + "Use a model that was trained on pictures of that size."
        ),
    ])
    func aModelForOtherDataIsRefused(axes: [Int], classes: [String], message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory, input: Shape(axes), classNames: classes)
        for arguments in Self.uses.dropLast() {
            let result = try command.run(arguments)
            #expect(result.exitCode == 1)
            #expect(result.errors.hasSuffix("digits: error: \(message)\n"))
        }
    }
}
